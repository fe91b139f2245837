// Runs snippets with the tools of their languages: all of one language one after the other, from their files in a folder, to
// what each prints.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const has = (command, ...options) => spawnSync(command, options, { stdio: 'ignore' }).status === 0;

/** What programs print one after the other, with a NUL behind each. */
async function printed(command, ...options) {
  const { stdout } = await run(command, options, { maxBuffer: 1e8 });
  return stdout.split('\0').slice(0, -1);
}

const curl = {
  isThere: () => has('curl', '--version') && has('bash', '-c', ':'),
  file: (number) => `${number}.sh`,
  async run(files) {
    const outputs = [];
    for (const [number, file] of files.entries()) outputs.push((await run(number % 2 ? 'bash' : 'sh', [file])).stdout);
    return outputs;
  },
};

const javascript = {
  isThere: () => true,
  file: (number) => `${number}.mjs`,
  async run(files, folder) {
    const all = join(folder, 'all.mjs');
    await writeFile(all, "for (const file of process.argv.slice(2)) {\n  await import(file);\n  console.log('\\0');\n}\n");
    return printed(process.execPath, all, ...files);
  },
};

const python = {
  isThere: () => has('python3', '--version'),
  file: (number) => `${number}.py`,
  async run(files, folder) {
    const all = join(folder, 'all.py');
    await writeFile(all, 'import sys\n\nfor file in sys.argv[1:]:\n    exec(compile(open(file, encoding="utf-8").read(), file, "exec"), {})\n    print("\\0")\n');
    if (!has('python3', '-c', 'import requests')) await writeFile(join(folder, 'requests.py'), REQUESTS);
    return printed('python3', all, ...files);
  },
};

/** As much of the library as snippets use. */
const REQUESTS = `from urllib.request import Request, urlopen


class Response:
    def __init__(self, answer):
        self.status_code, self.text = answer.status, answer.read().decode()


def request(method, url, headers={}, data=None):
    made = Request(url, data, headers, method=method)
    if data is not None and not made.has_header("Content-type"):
        made.add_unredirected_header("Content-type", "")
    return Response(urlopen(made))


def function(method):
    return lambda url, **options: request(method, url, **options)


get, head, post, put, patch, delete = map(function, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
`;

const java = {
  isThere: () => has('java', '-version') && Number(/\d+/.exec(spawnSync('javac', ['-version'], { encoding: 'utf8' }).stdout)) >= 17,
  file: (number) => `p${number}/Any.java`,
  text: (text, number) => `package p${number}; ${text}`,
  async run(files, folder) {
    const all = join(folder, 'All.java');
    await writeFile(all, ALL_JAVA);
    await run('javac', ['-d', folder, '-Xlint:all', '-Werror', all, ...files]);
    return printed('java', '-cp', folder, 'All', String(files.length));
  },
};

const ALL_JAVA = `class All {
    public static void main(String[] args) throws Exception {
        for (int number = 0; number < Integer.parseInt(args[0]); number++) {
            var main = Class.forName("p" + number + ".Main").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
            System.out.println("\\0");
        }
    }
}
`;

const go = {
  isThere: () => has('go', 'version') && !spawnSync('gofmt', { stdio: 'ignore' }).error,
  file: (number) => `p${number}/main.go`,
  text: (text, number) => text.replace(/^package main$/m, `package p${number}`).replace(/^func main\(\)/m, 'func Main()'),
  async run(files, folder) {
    assert.equal((await run('gofmt', ['-l', ...files])).stdout, '', 'not as gofmt writes it');
    const imports = files.map((_, number) => `\t"snippets/p${number}"\n`);
    const calls = files.map((_, number) => `\tp${number}.Main()\n\tos.Stdout.WriteString("\\x00")\n`);
    await writeFile(join(folder, 'main.go'), `package main\n\nimport (\n\t"os"\n${imports.join('')})\n\nfunc main() {\n${calls.join('')}}\n`);
    await writeFile(join(folder, 'go.mod'), 'module snippets\n\ngo 1.19\n');
    await run('go', ['build', '-o', join(folder, 'all'), '.'], { cwd: folder });
    return printed(join(folder, 'all'));
  },
};

export const RUNNERS = { curl, javascript, python, java, go };
