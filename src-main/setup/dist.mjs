// `npm run dist`: packages for Linux under dist/. In: kinds of packages (dir, tar.gz, deb, AppImage), by default all that this
// machine can build; --output <folder>; --quick for a deb that is larger and done sooner. Out: the unpacked folder, the
// packages made of it, and a line on each.
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './child.mjs';
import { checkFuses, nativeLibraries, sizeOf } from './dist-check.mjs';
import { findRuntime } from './dist-runtime.mjs';
import { toolsFor } from './dist-tools.mjs';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { prepare } from './prepare.mjs';

const PACKAGES = ['tar.gz', 'deb', 'AppImage'];
const KINDS = ['dir', ...PACKAGES];
/** Compressing takes a minute or two; a download that stalls would take for ever. */
const LIMIT_MS = 600_000;
/** Of what electron-builder printed, this much is shown when it fails. */
const SHOWN_LINES = 15;
const QUICK = ['-c.deb.compression=gz'];

const say = (line) => void process.stdout.write(`${line}\n`);
const onStderr = (line) => void process.stderr.write(`${line}\n`);
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
const built = (kind, file) =>
  say(`✔ ${kind.padEnd(9)}${mebibytes(sizeOf(file)).padStart(10)}  ${relative(ROOT, file)}`);

async function main() {
  const { output, quick, asked } = readArguments();
  prepare();
  const runtime = await findRuntime(process.env);
  if (runtime.reason !== undefined) throw new Error(`Nothing can be packaged: ${runtime.reason}`);
  say(`With ${runtime.words}.`);
  mkdirSync(output, { recursive: true });
  const options = [...runtime.options, ...(quick ? QUICK : []), `-c.directories.output=${output}`];
  const builder = (args, env) => electronBuilder([...options, ...args], env, join(output, 'electron-builder.log'));
  const unpacked = await buildFolder(output, builder);
  let missed = 0;
  for (const kind of asked.length === 0 ? PACKAGES : PACKAGES.filter((name) => asked.includes(name))) {
    const problem = await buildPackage(kind, output, unpacked, builder);
    if (problem === null) continue;
    // What was not asked for by name is left out where it can't be built.
    const isMissed = problem.failed || asked.includes(kind);
    say(`${isMissed ? '✘' : '–'} ${kind.padEnd(9)}${problem.words}`);
    if (isMissed) missed++;
  }
  return missed === 0 ? 0 : 1;
}

function readArguments() {
  const options = { output: { type: 'string' }, quick: { type: 'boolean', default: false } };
  const { values, positionals: asked } = parseArgs({ allowPositionals: true, options });
  const wrong = asked.find((kind) => !KINDS.includes(kind));
  if (wrong !== undefined) throw new Error(`There is no kind of package '${wrong}'; choose from ${KINDS.join(', ')}.`);
  if (process.platform !== 'linux')
    throw new Error('These packages are built on Linux; here: npx electron-builder --dir');
  return { output: resolve(values.output ?? inRoot('dist')), quick: values.quick, asked };
}

async function buildFolder(output, builder) {
  onStderr('Building the folder.');
  const failure = await builder(['--dir'], {});
  if (failure !== null) throw new Error(`The application could not be packaged:\n${failure}`);
  const folder = join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  tidy(folder);
  built('dir', folder);
  for (const { file, bytes } of nativeLibraries(folder)) say(`${mebibytes(bytes).padStart(21)}  ${file}`);
  say(`  fuses: ${(await checkFuses(join(folder, 'seclyzer'))).join(', ')}`);
  return folder;
}

/** Of a downloaded runtime electron-builder leaves the first two out, of a local one it does not; the third it adds for a deb. */
function tidy(folder) {
  for (const name of ['version', 'resources/default_app.asar', 'resources/apparmor-profile'])
    rmSync(join(folder, name), { force: true });
}

/** @returns {Promise<{ failed: boolean, words: string } | null>} null when it was built */
async function buildPackage(kind, output, unpacked, builder) {
  const tools = await toolsFor(kind, process.env);
  if (tools.reason !== undefined) return { failed: false, words: tools.reason };
  onStderr(`Building ${kind}.`);
  const failure = await builder(['--linux', kind, '--prepackaged', unpacked], tools.env);
  tidy(unpacked);
  if (failure !== null) return { failed: true, words: `electron-builder could not build it:\n${failure}` };
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const name = readdirSync(output).find((file) => file.includes(version) && file.endsWith(`.${kind}`));
  if (name === undefined) return { failed: true, words: `electron-builder left none in ${output}` };
  built(kind, join(output, name));
  return null;
}

/** @returns {Promise<string | null>} the end of what it printed, when it failed */
async function electronBuilder(options, env, log) {
  const file = openSync(log, 'w');
  const args = [inRoot('node_modules', 'electron-builder', 'cli.js'), '--publish', 'never', ...options];
  const stdio = ['ignore', file, file];
  const { code } = await run(projectNode(), args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio,
    timeoutMs: LIMIT_MS,
  });
  closeSync(file);
  const printed = readFileSync(log, 'utf8').trimEnd().split('\n');
  rmSync(log);
  return code === 0 ? null : printed.slice(-SHOWN_LINES).join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  onStderr(error.message);
  process.exitCode = 1;
}
