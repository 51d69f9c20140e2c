// Recordings of typing in; out, how many keystrokes people need until their held-out error is low, what their error is then, and what
// as many for everybody would give.
// Run: node src-main/evaluate/measure-enrolment.ts RECORDINGS_DIR [--choose] [SET ...]
// --choose: the rule, by cross-validation on BB-MAS in two halves of its people. Its recordings are 900 to 2200 keystrokes long, cmu's
// shorter: whoever is not known well enough by then counts with all there is, of a fixed number as of the rule.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { enrolmentProgress, LOW_ENOUGH, type EnrolmentRule } from '../agent/learn/enrolment-rule.ts';
import { boundsOf, DEFAULT_SETTINGS } from '../agent/settings.ts';
import { enrolmentRuns, type Checkpoint, type EnrolmentRun } from './enrolment-runs.ts';
import { testGroups } from './test-groups.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
const SETS = ['bbmas', 'cmu'];
const CHOSEN_ON = 'bbmas';
const FIXED = [500, 700, 900, 1200, 1500];
const BEFORE = 1500;
/** What a rule may cost beside as many keystrokes for everybody as were asked for before: half a standard error of the mean. */
const MAY_COST = 0.003;
const ERRORS = [0.005, 0.0075, 0.01, 0.015, 0.02, 0.03];
const CHECKPOINTS = [1, 2, 3];
const BOUNDS = boundsOf(DEFAULT_SETTINGS.modalities.keystroke);

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

interface End {
  readonly keys: number;
  readonly eer: number;
  /** Whether the recordings ended before. */
  readonly short: boolean;
}

const endAt = ({ checkpoints }: EnrolmentRun, enough: (at: Checkpoint) => boolean): End => {
  const found = checkpoints.find(enough);
  const { keys, eer } = found ?? checkpoints.at(-1) ?? { keys: Number.NaN, eer: Number.NaN };
  return { keys, eer, short: found === undefined };
};
const byNumber = (runs: readonly EnrolmentRun[], keys: number): End[] =>
  runs.map((run) => endAt(run, (at) => at.keys >= keys));
const byRule = (runs: readonly EnrolmentRun[], rule: EnrolmentRule): End[] =>
  runs.map((run) => endAt(run, ({ keys, windows }) => enrolmentProgress(keys, windows, BOUNDS, rule).complete));
const keysOf = (ends: readonly End[]): number => mean(ends.map(({ keys }) => keys));
const eerOf = (ends: readonly End[]): number => mean(ends.map(({ eer }) => eer));

function tell(name: string, ends: readonly End[]): void {
  const keys = ends.map((end) => end.keys).toSorted((a, b) => a - b);
  const at = (share: number): number => keys[Math.round(share * (keys.length - 1))] ?? Number.NaN;
  print(
    `  ${name}: ${keysOf(ends).toFixed(0)} keystrokes (mean; quarters ${at(0.25)}, ${at(0.5)}, ${at(0.75)}), ` +
      `mean EER ${eerOf(ends).toFixed(4)}, recording too short for ${ends.filter(({ short }) => short).length}`,
  );
}

/** The rule that asks for the fewest keystrokes and costs little beside the fixed number of before. */
function best(runs: readonly EnrolmentRun[]): EnrolmentRule {
  const most = eerOf(byNumber(runs, BEFORE)) + MAY_COST;
  const rules = ERRORS.flatMap((error) =>
    CHECKPOINTS.map((checkpoints): EnrolmentRule => ({ ...LOW_ENOUGH, error, checkpoints })),
  );
  const good = rules.filter((rule) => eerOf(byRule(runs, rule)) <= most);
  return good.toSorted((a, b) => keysOf(byRule(runs, a)) - keysOf(byRule(runs, b)))[0] ?? LOW_ENOUGH;
}

function choose(runs: readonly EnrolmentRun[]): void {
  const wordsOf = ({ error, checkpoints }: EnrolmentRule): string =>
    `${100 * error} % at 500 keystrokes, ${checkpoints} checkpoints`;
  for (const half of [0, 1]) {
    const [own, other] = [0, 1].map((side) => runs.filter((_, i) => (i + half) % 2 === side));
    if (own === undefined || other === undefined) continue;
    const rule = best(own);
    print(`  by one half: ${wordsOf(rule)}; in the other half`);
    tell('    that rule', byRule(other, rule));
    tell(`    ${BEFORE} for everybody`, byNumber(other, BEFORE));
  }
  print(`  by all: ${wordsOf(best(runs))}`);
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
