// Prism, which answers by a specification alone, as a server on loopback.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const CLI = at('../node_modules/@stoplight/prism-cli/dist/index.js');
const OFFICIAL = at('../../../shared/spec/camara-qod-v0.10.1.yaml');
const OWN = at('../../www/openapi.json');

/** Starts it, if it is installed: `{ url, specification, stop }`. */
export async function startPrism() {
  if (!existsSync(CLI)) return undefined;
  const official = existsSync(OFFICIAL);
  const child = spawn(process.execPath, [CLI, 'mock', '--port', '0', '--host', '127.0.0.1', official ? OFFICIAL : OWN], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Prism ended with ${code}: ${said}`)));
    child.stdout.on('data', (text) => {
      said += text;
      const [, address] = /listening on (http:\/\/[\d.:]+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
  });
  child.stdout.removeAllListeners('data').resume();
  return { url, specification: official ? 'the official YAML' : "this project's OpenAPI document", stop: () => child.kill() };
}
