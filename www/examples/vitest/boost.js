// An application's code: nothing in it knows of a sandbox.

const sessions = 'https://api.example.com/qod/v0/sessions';

/** Asks for more bandwidth between a device and our server, for an hour. */
export async function boost(publicAddress) {
  const response = await fetch(sessions, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer mock_sandbox_access_token' },
    body: JSON.stringify({
      device: { ipv4Address: { publicAddress, publicPort: 8080 } },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_L',
      duration: 3600,
      webhook: { notificationUrl: 'https://app.example.com/notifications' },
    }),
  });
  if (response.status === 409) throw new Error('this device has its bandwidth already');
  if (!response.ok) throw new Error(`try again later (${response.status})`);
  return (await response.json()).sessionId;
}

/** A webhook's handler: keeps what became of sessions. */
export async function onNotification(request, known) {
  const { data } = await request.json();
  known.set(data.sessionId, data.statusInfo ?? data.qosStatus);
  return new Response(null, { status: 204 });
}
