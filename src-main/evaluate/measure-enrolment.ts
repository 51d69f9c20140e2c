// Recordings of typing in; out, how many keystrokes people need until their held-out error is low, what their error is then, and what
// as many for everybody would give.
// Run: node src-main/evaluate/measure-enrolment.ts RECORDINGS_DIR [--choose] [SET ...]
// --choose: the rule, by cross-validation on BB-MAS in two halves of its people. Its recordings are 900 to 2200 keystrokes long, cmu's
// shorter: whoever is not known well enough by then counts with all there is, of a fixed number as of the rule.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LOW_ENOUGH, type EnrolmentRule } from '../agent/learn/enrolment-rule.ts';
import { best, BOUNDS, byNumber, byRule, eerOf, keysOf, RULES, type End } from './enrolment-ends.ts';
import { enrolmentRuns, type EnrolmentRun } from './enrolment-runs.ts';
import { testGroups } from './test-groups.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
const SETS = ['bbmas', 'cmu'];
const CHOSEN_ON = 'bbmas';
const FIXED = [500, 700, 900, 1200, 1500];
const BEFORE = 1500;
/** What a rule may cost beside as many keystrokes for everybody as were asked for before: half a standard error of the mean. */
const MAY_COST = 0.003;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function tell(name: string, ends: readonly End[]): void {
  const keys = ends.map((end) => end.keys).toSorted((a, b) => a - b);
  const at = (share: number): number => keys[Math.round(share * (keys.length - 1))] ?? Number.NaN;
  print(
    `  ${name}: ${keysOf(ends).toFixed(0)} keystrokes (mean; quarters ${at(0.25)}, ${at(0.5)}, ${at(0.75)}), ` +
      `mean EER ${eerOf(ends).toFixed(4)}, recording too short for ${ends.filter(({ short }) => short).length}`,
  );
}

function choose(runs: readonly EnrolmentRun[]): void {
  const wordsOf = ({ error, checkpoints }: EnrolmentRule): string =>
    `${100 * error} % at 500 keystrokes, ${checkpoints} checkpoints`;
  const bestOf = (some: readonly EnrolmentRun[]): EnrolmentRule | null =>
    best(some, eerOf(byNumber(some, BEFORE)) + MAY_COST);
  for (const rule of RULES) tell(wordsOf(rule), byRule(runs, rule));
  for (const half of [0, 1]) {
    const [own, other] = [0, 1].map((side) => runs.filter((_, i) => (i + half) % 2 === side));
    if (own === undefined || other === undefined) continue;
    const rule = bestOf(own);
    print(`  by one half: ${rule === null ? 'none costs so little' : `${wordsOf(rule)}; in the other half`}`);
    if (rule !== null) tell('    that rule', byRule(other, rule));
    tell(`    ${BEFORE} for everybody`, byNumber(other, BEFORE));
  }
  const all = bestOf(runs);
  print(`  by all: ${all === null ? 'none costs so little' : wordsOf(all)}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { choose: { type: 'boolean', default: false } },
});
const [recordings, ...sets] = positionals;
if (recordings === undefined) {
  process.stderr.write('usage: node src-main/evaluate/measure-enrolment.ts RECORDINGS_DIR [--choose] [SET ...]\n');
  process.exitCode = 2;
} else {
  const scratch = await mkdtemp(path.join(tmpdir(), 'seclyzer-enrolment-'));
  try {
    for (const name of values.choose ? [CHOSEN_ON] : sets.length === 0 ? SETS : sets) {
      const { groups } = await testGroups(recordings, name, MODELS, scratch);
      const runs: EnrolmentRun[] = [];
      for (const group of groups) runs.push(...(await enrolmentRuns(group)));
      const known = runs.filter(({ checkpoints }) => (checkpoints.at(-1)?.keys ?? 0) >= BOUNDS.least);
      print(`${name}: ${known.length} people with ${BOUNDS.least} keystrokes or more`);
      tell('until the error is low', byRule(known, LOW_ENOUGH));
      for (const keys of FIXED) tell(`${keys} for everybody`, byNumber(known, keys));
      if (values.choose) choose(known);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
