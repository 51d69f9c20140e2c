// Bundles the sources into out/. In: src-*. Out: out/main (ES modules), out/preload (one CommonJS file, as a sandboxed
// preload must be) and out/renderer (the dashboard). Native packages stay outside and are loaded from node_modules. Installs the
// packages first where they are missing.
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { lazyBuiltins } from './builtin-modules.mjs';
import { inRoot } from './paths.mjs';
import { BUILT, ensureInstalled } from './prepare.mjs';

try {
  ensureInstalled();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// One of those packages.
const { build } = await import('esbuild');

/**
 * The engine keeps the text of everything that it has loaded, twice as large where a comment holds a letter beyond Latin: without comments
 * and blanks the agent is 4 MiB smaller and starts sooner. Names and lines stay, for whoever reads where an error comes from.
 */
const SHORT = { minifyWhitespace: true, minifySyntax: true, lineLimit: 120 };
const shared = { bundle: true, absWorkingDir: inRoot(), logLevel: 'warning', legalComments: 'none' };

/** Bundled CommonJS packages ask for Node's modules by `require`, which an ES module does not have by itself. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

for (const folder of ['main', 'preload', 'renderer']) rmSync(inRoot('out', folder), { recursive: true, force: true });

const bundles = [
  build({
    ...shared,
    ...SHORT,
    entryPoints: {
      main: 'src-main/main.ts',
      'agent-host': 'src-main/agent/host-electron.ts',
      cli: 'src-main/cli.ts',
      'soak-inside': 'src-main/evaluate/soak-inside.ts',
    },
    outdir: 'out/main',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // What is imported when needed stays a file of its own that is read when needed.
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    banner: { js: REQUIRE },
    plugins: [lazyBuiltins],
    external: ['electron', 'better-sqlite3', 'onnxruntime-node', 'uiohook-napi', 'wayland-client', 'x11'],
  }),
  build({
    ...shared,
    // One file without packages: it is copied to where root alone may change it.
    entryPoints: ['src-main/syscalls/main.ts'],
    outfile: 'out/main/syscall-helper.mjs',
    format: 'esm',
    platform: 'node',
    target: 'node20',
  }),
  build({
    ...shared,
    entryPoints: ['src-preload/preload.ts'],
    outfile: 'out/preload/preload.cjs',
    format: 'cjs',
    platform: 'node',
    target: 'chrome130',
    external: ['electron'],
  }),
  build({
    ...shared,
    // Each whole in itself: the fleet page is served by viewers alone.
    entryPoints: ['src-renderer/main.tsx', 'src-renderer/fleet.tsx'],
    outdir: 'out/renderer',
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
];
const outcomes = await Promise.allSettled(bundles);
// esbuild has printed what is wrong and where.
if (outcomes.some(({ status }) => status === 'rejected')) process.exit(1);
for (const page of ['index.html', 'fleet.html']) cpSync(inRoot('src-renderer', page), inRoot('out', 'renderer', page));
// The browsable page of the API (agent/publish/api/docs.ts).
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'])
  cpSync(inRoot('node_modules', '@fastify', 'swagger-ui', 'static', file), inRoot('out', 'main', 'swagger-ui', file));
writeFileSync(BUILT, '');
