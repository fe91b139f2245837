// A bridge for tools that speak HTTP: every request goes to `sandbox.handle`, on loopback only. Prints its address.

import { createServer } from 'node:http';
import { createSandbox } from '../../dist/npm/node.js';

const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', operator: { grant: 'synchronous' } });

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { status, headers: fields, body } = sandbox.handle({
    method: request.method,
    url: `http://${request.headers.host}${request.url}`,
    headers,
    body: new Uint8Array(Buffer.concat(parts)),
  });
  response.writeHead(status, fields);
  response.end(body);
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const { address, port } = server.address();
  console.log(`http://${address}:${port}/qod/v0`);
});
