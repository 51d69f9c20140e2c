// `npm test`: everything from a fresh checkout to the last test. In: nothing, or the names of the parts to run
// (check, unit, e2e). Out: the tests' output, and as the last line `N passed, N failed, N skipped` over unit and end-to-end tests.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runChecks } from './check.mjs';
import { run } from './child.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { prepare } from './prepare.mjs';

const PARTS = ['check', 'unit', 'e2e'];
const COUNTS = inRoot('out', 'test');
/** Four times as long as they take: a file that has left something open would keep everything waiting for ever. */
const UNIT_LIMIT_MS = 15 * 60_000;
const say = (line) => void process.stdout.write(`${line}\n`);

async function unit() {
  const file = join(COUNTS, 'unit.json');
  const tests = ['src-main', 'src-preload', 'src-renderer', 'e2e'].flatMap(testsIn);
  const reporter = inRoot('src-main', 'setup', 'unit-reporter.mjs');
  // Hundreds of processes load the same modules: the second one finds them compiled.
  const env = { ...process.env, SECLYZER_TEST_COUNTS: file, NODE_COMPILE_CACHE: join(COUNTS, 'code') };
  // Node leaves one core free; much of the time goes by waiting.
  const args = ['--test', '--test-concurrency=4', `--test-reporter=${reporter}`, ...tests];
  const { code } = await run(projectNode(), args, { cwd: ROOT, env, timeoutMs: UNIT_LIMIT_MS });
  return counted(file, code, (counts) => counts);
}

function testsIn(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .toSorted();
}

async function e2e() {
  const file = join(COUNTS, 'e2e.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PATH: pathWithProjectNode() };
  const playwright = inRoot('node_modules', 'playwright', 'cli.js');
  const args = [playwright, 'test', '-c', 'e2e', '--reporter=list,json'];
  const { code } = await run(projectNode(), args, { cwd: ROOT, env });
  return counted(file, code, (report) => {
    for (const { title, reason } of skippedIn(report)) say(`  skipped: ${title} (${reason})`);
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
  });
}

/** A part that ended badly without counting a failure has failed as a whole. */
function counted(file, code, read) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = read(JSON.parse(readFileSync(file, 'utf8')));
  return { ...counts, failed: code === 0 ? counts.failed : Math.max(1, counts.failed) };
}

function skippedIn(suite) {
  const specs = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => ({ title: spec.title, reason: why(annotations) })),
  );
  return [...specs, ...(suite.suites ?? []).flatMap(skippedIn)];
}

const why = (annotations) => annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';

/** The tests start `node` themselves. */
const pathWithProjectNode = () => `${inRoot('node_modules', '.bin')}:${process.env.PATH}`;

async function main(asked) {
  const wrong = asked.find((part) => !PARTS.includes(part));
  if (wrong !== undefined) throw new Error(`There is no part '${wrong}'; choose from ${PARTS.join(', ')}.`);
  const wanted = (part) => asked.length === 0 || asked.includes(part);
  const packages = wanted('unit') || wanted('e2e') ? ensureDebianPackages(say) : null;
  prepare({ say });
  rmSync(COUNTS, { recursive: true, force: true });
  mkdirSync(COUNTS, { recursive: true });
  const unclean = wanted('check') ? await titled('Checks', runChecks) : [];
  await packages;
  const counts = [];
  if (wanted('unit')) counts.push(await titled('Unit tests', unit));
  if (wanted('e2e')) counts.push(await titled('End-to-end tests', e2e));
  const total = (key) => counts.reduce((sum, part) => sum + part[key], 0);
  say('');
  if (unclean.length > 0) say(`Not clean: ${unclean.join(', ')}`);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped'), clean: unclean.length === 0 };
}

function titled(title, part) {
  say(`\n${title}`);
  return part();
}

let outcome;
try {
  outcome = await main(process.argv.slice(2));
} catch (error) {
  say(error.message);
  outcome = { passed: 0, failed: 1, skipped: 0, clean: false };
}
say(`${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`);
process.exitCode = outcome.failed === 0 && outcome.clean ? 0 : 1;
