// Sessions to measure with, and requests that are made of plain values before the clock is looked at.

export const headers = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

export const SESSIONS = '/qod/v0/sessions';

/** What a session asks for: a device of its own, and `more`. */
export const asked = (n, more) => ({
  device: { phoneNumber: `+1${String(n).padStart(12, '0')}` },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  ...more,
});

export const toCreate = (body) => ({ method: 'POST', url: SESSIONS, headers, body: JSON.stringify(body) });
export const toGet = (id) => ({ method: 'GET', url: `${SESSIONS}/${id}`, headers });
export const toDelete = (id) => ({ method: 'DELETE', url: `${SESSIONS}/${id}`, headers });
export const toExtend = (id) => ({ method: 'POST', url: `${SESSIONS}/${id}/extend`, headers, body: '{"requestedAdditionalDuration":1}' });

/** Makes a request that has to be answered with this status. */
export function answered(sandbox, request, status) {
  const answer = sandbox.handle(request);
  if (answer.status !== status) throw new Error(`${request.method} ${request.url}: ${answer.status} ${answer.body}`);
  return answer;
}

/** The id of a session that is created. */
export const created = (sandbox, body) => idOf(answered(sandbox, toCreate(body), 201));

export const idOf = ({ headers }) => headers.location.slice(headers.location.lastIndexOf('/') + 1);

/** Numbers from 0 to below 1 that are the same in every run. */
export function chance(state = 1) {
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
