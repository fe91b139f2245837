// Files in and out of the page.

/** What a run is called, by format. */
const NAMES = {
  json: ['run.json', 'application/json'],
  har: ['run.har', 'application/json'],
  ndjson: ['events.ndjson', 'application/x-ndjson'],
  curl: ['run.sh', 'text/x-shellscript'],
  mermaid: ['run.mmd', 'text/plain'],
  vitest: ['run.test.js', 'text/javascript'],
  rust: ['run.rs', 'text/x-rust'],
};

/** Offers a text as a file. */
export function download(text, format) {
  const [name, type] = NAMES[format];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `qod-${name}`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Asks for a file and reads it; nothing if none is chosen. */
export function pick() {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('cancel', () => resolve(undefined));
    input.addEventListener('change', () => input.files[0].text().then(resolve, reject));
    input.click();
  });
}
