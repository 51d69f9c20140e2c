// `npm run bench`: everything that `seclyzer bench` measures, and its table into the README. With arguments it is `seclyzer bench` with
// those, and the README stays as it is.
import { run } from './child.mjs';
import { inRoot, projectNode } from './paths.mjs';
import { prepare } from './prepare.mjs';

try {
  prepare();
  const args = process.argv.slice(2);
  const program =
    args.length === 0
      ? [inRoot('src-main', 'evaluate', 'bench-readme.ts')]
      : [inRoot('out', 'main', 'cli.js'), 'bench'];
  process.exitCode = (await run(projectNode(), [...program, ...args])).code;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
