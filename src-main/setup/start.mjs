// `npm start`: everything from a fresh checkout to the running program. In: arguments of `seclyzer run`, or --hidden. Out: the tray
// application; where Electron can't run, one line why and the same agent and dashboard in the browser.
import { run } from './child.mjs';
import { findElectron } from './electron.mjs';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { withThriftyMalloc } from './thrifty-malloc.mjs';

/** An application that ends this soon with an error has not started. */
const STARTED_AFTER_MS = 5000;
/** Only the browser host has a port, and takes recordings; a role is one of the command line's. */
const BROWSER_ONLY = ['--port', '--replay', '--speed', '--json', '--role'];
/** Only the tray application knows it: it opens no window at a second start. */
const TRAY_ONLY = '--hidden';
/** Ended by arguments that make no sense, which make none in the browser either. */
const MISUSED = 2;

const args = process.argv.slice(2);
// npm runs scripts in the folder of package.json; file names are meant relative to where the command was typed.
const cwd = process.env.INIT_CWD ?? process.cwd();

async function start() {
  prepare();
  if (args.includes('--help') || args.includes('-h')) return runCli();
  // Electron passes over options that it does not know, for they may be Chromium's.
  const checked = args.length === 0 ? 0 : await runCli('--check');
  if (checked !== 0) return checked;
  const asked = args.map((arg) => arg.split('=')[0]).find((arg) => BROWSER_ONLY.includes(arg));
  const electron = asked === undefined ? await findElectron(process.env) : { reason: `it was started with ${asked}` };
  if (electron.program === undefined) return startBrowserHost(electron.reason);
  const startMs = performance.now();
  const env = { ...process.env, ...electron.env };
  const { code, signalled } = await run(electron.program, [ROOT, ...args], { env, cwd });
  if (code === 0 || code === MISUSED || signalled || performance.now() - startMs > STARTED_AFTER_MS) return code;
  return startBrowserHost(`Electron ended at once with code ${code}`);
}

async function startBrowserHost(reason) {
  process.stderr.write(`SecLyzer runs with its dashboard in the browser, without a tray: ${reason}.\n`);
  return runCli();
}

async function runCli(...first) {
  const forCli = [...first, ...args.filter((arg) => arg !== TRAY_ONLY)];
  const env = withThriftyMalloc(process.env);
  return (await run(projectNode(), [inRoot('out', 'main', 'cli.js'), 'run', ...forCli], { cwd, env })).code;
}

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
