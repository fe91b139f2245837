// What is asked, three times over: a session with most of what one can have, the look at it, and its end.

export const BASE = 'https://sandbox.example/qod/v0';

export const HEADERS = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

export const REQUEST = JSON.stringify({
  device: {
    phoneNumber: '+123456789',
    ipv4Address: { publicAddress: '203.0.113.0', publicPort: 59765 },
  },
  applicationServer: { ipv4Address: '198.51.100.0/24' },
  devicePorts: { ranges: [{ from: 5010, to: 5020 }], ports: [5060, 5070] },
  applicationServerPorts: { ports: [443, 8443] },
  qosProfile: 'QOS_E',
  duration: 3600,
  webhook: { notificationUrl: 'https://application-server.com/notifications', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
});

/** A round: create, get, delete, by what sends each; `send` returns the answer's body, read as JSON. */
export async function round(send) {
  const { sessionId } = await send('POST', `${BASE}/sessions`, REQUEST);
  const path = `${BASE}/sessions/${sessionId}`;
  const { qosStatus } = await send('GET', path);
  if (qosStatus !== 'REQUESTED') throw new Error(`the session is ${qosStatus}`);
  await send('DELETE', path);
}
