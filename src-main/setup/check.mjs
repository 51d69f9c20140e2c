// `npm run check`: types, lint, format. In: the sources. Out: exit code 0 when all three are clean; else what is wrong.
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { prepare } from './prepare.mjs';

const CHECKS = [
  { name: 'types', script: ['typescript', 'bin', 'tsc'], args: ['-b'] },
  { name: 'lint', script: ['oxlint', 'bin', 'oxlint'], args: ['--deny-warnings'] },
  { name: 'format', script: ['prettier', 'bin', 'prettier.cjs'], args: ['--check', '--log-level=warn', '.'] },
];

/** @returns {Promise<string[]>} the names of the checks that failed */
export async function runChecks() {
  const failed = [];
  for (const { name, script, args } of CHECKS) {
    const { code } = await run(projectNode(), [inRoot('node_modules', ...script), ...args], { cwd: ROOT });
    process.stdout.write(`${code === 0 ? '✔' : '✘'} ${name}\n`);
    if (code !== 0) failed.push(name);
  }
  return failed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare();
  process.exitCode = (await runChecks()).length === 0 ? 0 : 1;
}
