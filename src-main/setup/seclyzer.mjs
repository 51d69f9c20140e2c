// `npm run -s seclyzer -- …`: the command line from a checkout. Prints nothing of its own unless it has to install packages first.
import { run } from './child.mjs';
import { inRoot, projectNode } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { withThriftyMalloc } from './thrifty-malloc.mjs';

const RUN_FOR_LONG = new Set(['run', 'soak']);

try {
  prepare();
  // npm runs scripts in the folder of package.json; file names are meant relative to where the command was typed.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const args = process.argv.slice(2);
  const env = RUN_FOR_LONG.has(args[0]) ? withThriftyMalloc(process.env) : process.env;
  process.exitCode = (await run(projectNode(), [inRoot('out', 'main', 'cli.js'), ...args], { cwd, env })).code;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
