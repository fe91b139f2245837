// An application: a button for more bandwidth, and what became of it.

const sessions = 'https://api.example.com/qod/v0/sessions';
const headers = { 'content-type': 'application/json', authorization: 'Bearer mock_sandbox_access_token' };
const output = document.querySelector('output');

const body = JSON.stringify({
  device: { ipv4Address: { publicAddress: '203.0.113.25', publicPort: 8080 } },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_L',
  duration: 600,
});

document.querySelector('button').addEventListener('click', async () => {
  try {
    const response = await fetch(sessions, { method: 'POST', headers, body });
    const { sessionId, message } = await response.json();
    output.textContent = response.ok ? 'Requested' : message;
    if (response.ok) poll(sessionId);
  } catch {
    output.textContent = 'No connection';
  }
});

async function poll(sessionId) {
  const response = await fetch(`${sessions}/${sessionId}`, { headers });
  output.textContent = response.ok ? (await response.json()).qosStatus : 'Over';
  if (response.ok) setTimeout(poll, 100, sessionId);
}
