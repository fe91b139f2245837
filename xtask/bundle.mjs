// node xtask/bundle.mjs FROM TO [--alone ENTRY] ENTRY…: the modules of the folder FROM as they are published, in TO.
// xtask/src/bundle.rs calls it. Rollup decides which modules share a file, esbuild makes them small.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { transform } from 'esbuild';
import { rollup } from 'rollup';

const { values: { alone = [] }, positionals: [from, to, ...entries] } = parseArgs({
  allowPositionals: true,
  options: { alone: { type: 'string', multiple: true } },
});
const root = resolve(from);

/** What has no source that would be worth reading. */
const MADE = /^(?:glue|vendor)\/|^openapi\.js$|^console\.css\.js$/;

/** A module's path in the folder. */
const path = (id) => relative(root, id).split(sep).join('/');

/** The style sheet is a text in a module: what is small there is small within the text. */
const styles = {
  name: 'styles',
  async transform(_, id) {
    if (path(id) !== 'console.css.js') return null;
    const { default: css } = await import(pathToFileURL(id));
    const { code } = await transform(css, { loader: 'css', minify: true });
    return { code: `export default ${JSON.stringify(code.trim())};`, map: { mappings: '' } };
  },
};

/** Every file stands for itself when it is minified: what others import keeps its name. */
const small = {
  name: 'small',
  async renderChunk(code) {
    const { code: minified, map } = await transform(code, { minify: true, format: 'esm', target: 'es2022', charset: 'utf8', sourcemap: true });
    return { code: minified, map };
  },
};

/** What a module brings along without being asked, but not what another entry does. */
function closure(start, info) {
  const seen = new Set();
  const visit = (id) => {
    const module = info(id);
    if (!module || module.isExternal || seen.has(id)) return;
    if (id !== start && isEntry(module)) return;
    seen.add(id);
    module.importedIds.forEach(visit);
  };
  visit(start);
  return seen;
}

/** What is loaded by its name: by pages, or by modules when they need it. */
const isEntry = (module) => module.isEntry || module.dynamicImporters.length > 0;

/**
 * Two files hold what several entries need: `shared` what the elements have in common with others before anything is shown, and
 * `core` what the console has. Each would be several without that, one for each combination of entries.
 */
function grouped() {
  let groups;
  const divide = ({ getModuleIds, getModuleInfo }) => {
    const starts = [...getModuleIds()].filter((id) => !getModuleInfo(id).isExternal && isEntry(getModuleInfo(id)));
    const of = new Map(starts.map((id) => [path(id), closure(id, getModuleInfo)]));
    const common = (name) => [...(of.get(name) ?? [])].filter((id) => [...of].some(([other, all]) => other !== name && all.has(id)));
    return new Map([...common('console.js').map((id) => [id, 'core']), ...common('element.js').map((id) => [id, 'shared'])]);
  };
  return (id, modules) => (groups ??= divide(modules)).get(id);
}

/** Where a chunk goes: entries and what is alone keep their places. */
const place = ({ name, facadeModuleId, moduleIds }) => (facadeModuleId || moduleIds.length === 1 ? path(facadeModuleId ?? moduleIds[0]) : `${name}.js`);

async function bundle(input, manualChunks) {
  const built = await rollup({
    input: Object.fromEntries(input.map((entry) => [entry.replace(/\.js$/, ''), join(root, entry)])),
    external: /^node:/,
    plugins: [styles],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  const { output } = await built.generate({
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: place,
    sourcemap: true,
    sourcemapPathTransform: (source, map) => `sources/${path(resolve(dirname(map), source))}`,
    dir: root,
    manualChunks,
    plugins: [small],
  });
  await built.close();
  return output.filter(({ type }) => type === 'chunk');
}

/** Addresses beside a module are beside the file that it is in only if both are in one folder. */
function ensureBeside({ fileName, modules }) {
  for (const [id, { code }] of Object.entries(modules)) {
    if (code?.includes('import.meta.url') && dirname(path(id)) !== dirname(fileName)) throw new Error(`${path(id)} says import.meta.url, and would be in ${fileName}`);
  }
}

const put = async (name, content) => {
  await mkdir(dirname(join(to, name)), { recursive: true });
  await writeFile(join(to, name), content);
};

const chunks = await bundle(entries, grouped());
for (const entry of alone) chunks.push(...(await bundle([entry])));
const graph = {};
for (const chunk of chunks) {
  const { fileName, imports, map, moduleIds } = chunk;
  if (graph[fileName]) throw new Error(`two files would be ${fileName}`);
  ensureBeside(chunk);
  graph[fileName] = imports.filter((name) => !name.startsWith('node:')).sort();
  const code = chunk.code.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '\n');
  if (moduleIds.every((id) => MADE.test(path(id)))) {
    await put(fileName, code);
    continue;
  }
  await put(fileName, `${code}//# sourceMappingURL=${fileName.split('/').at(-1)}.map\n`);
  await put(`${fileName}.map`, map.toString());
}
// Which file brings along which others.
await put('graph.json', `${JSON.stringify(graph, null, 2)}\n`);
