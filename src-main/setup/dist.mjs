// `npm run dist`: the program as an unpacked folder under dist/. In: arguments for electron-builder, none by default. Takes the
// runtime of ELECTRON_OVERRIDE_DIST_PATH where that is set, else lets electron-builder fetch its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { prepare } from './prepare.mjs';

const asked = process.argv.slice(2);

function localRuntime() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return [];
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  return [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`];
}

try {
  prepare();
  const builder = inRoot('node_modules', 'electron-builder', 'cli.js');
  const targets = asked.length > 0 ? asked : ['--dir'];
  const { code } = await run(projectNode(), [builder, '--publish', 'never', ...localRuntime(), ...targets], {
    cwd: ROOT,
  });
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
