// Recordings in; out, how well the error rates that the product predicts from an enrolment alone agree with those measured on the same
// people's later recordings and against real others.
// Run: node src-main/evaluate/measure-held-out.ts RECORDINGS_DIR [--choose] [SET ...]
// --choose: how unlike invented typists are, and how wide the intervals, by cross-validation on BB-MAS in two halves of its people. Aalto
// chooses nothing, for its licence; the other sets are too small.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { wilsonInterval } from '../agent/learn/wilson-interval.ts';
import { heldOutPeople, type HeldOutPerson, type PersonRates } from './held-out-people.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { testGroups } from './test-groups.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
const SETS = ['bbmas', 'cmu', 'aalto', 'sapimouse'];
const CHOSEN_ON = 'bbmas';
const UNLIKE = [1, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];
const TRIALS = [5, 8, 10, 15, 20, 25, 30, 50];
const COVERED = 0.95;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const share = (value: number): string => value.toFixed(3);

type Rate = keyof PersonRates;
/** The equal error rate is compared as it is predicted; counted, it is coarse where a person has few windows. */
const real = ({ measured }: HeldOutPerson, rate: Rate): number => (rate === 'eer' ? measured.smoothed : measured[rate]);

function tell(name: string, people: readonly HeldOutPerson[]): void {
  const windows = mean(people.map((person) => person.windows.length));
  print(`${name}: ${people.length} people, ${windows.toFixed(1)} windows held out of each enrolment (mean)`);
  for (const rate of ['eer', 'far', 'frr'] as const) {
    const predicted = people.map((person) => person.predicted[rate]);
    const measured = people.map((person) => real(person, rate));
    const off = mean(predicted.map((p, i) => Math.abs(p - (measured[i] ?? 0))));
    print(
      `  ${rate.toUpperCase()} predicted ${share(mean(predicted))}, measured ${share(mean(measured))}, ` +
        `bias ${share(mean(predicted) - mean(measured))}, off by ${share(off)} (mean), ` +
        `rank correlation ${rankCorrelation(predicted, measured).toFixed(2)}`,
    );
  }
  print(`  EER counted: ${share(mean(people.map(({ measured }) => measured.eer)))}`);
  const upTo = (rate: Rate, trials: number): string => `${rate.toUpperCase()} ${share(covered(people, rate, trials))}`;
  print(`  within an interval of 25 trials: ${upTo('eer', 25)}; of 10: ${upTo('far', 10)}`);
}

/** Share of people whose measured rate lies within the interval that so many trials make. */
function covered(people: readonly HeldOutPerson[], rate: Rate, trials: number): number {
  const within = people.filter((person) => {
    const { low, high } = wilsonInterval(person.predicted[rate], trials);
    return low <= real(person, rate) && real(person, rate) <= high;
  });
  return within.length / people.length;
}

/** How far the mean rates are off, both ways alike: sum of squared logarithms of their ratios. */
function loss(people: readonly HeldOutPerson[]): number {
  const apart = (rate: 'eer' | 'far'): number =>
    Math.log(mean(people.map((person) => person.predicted[rate])) / mean(people.map((person) => real(person, rate))));
  return apart('eer') ** 2 + apart('far') ** 2;
}

/** @param offered best first. @returns the first that is good enough in one half, told with what it is worth in the other. */
function inHalves<T>(
  people: readonly HeldOutPerson[],
  chosenOf: (half: readonly HeldOutPerson[]) => T,
  worth: (chosen: T, half: readonly HeldOutPerson[]) => string,
): string {
  const halves = [0, 1].map((half) => people.filter((_, i) => i % 2 === half));
  return halves
    .map((half, i) => {
      const chosen = chosenOf(half);
      return `${String(chosen)} by one half: ${worth(chosen, halves[1 - i] ?? [])} in the other`;
    })
    .join('; ');
}

async function choose(byUnlike: ReadonlyMap<number, readonly HeldOutPerson[]>, product: readonly HeldOutPerson[]) {
  const idsOf = (half: readonly HeldOutPerson[]): ReadonlySet<string> => new Set(half.map(({ id }) => id));
  const lossAt = (unlike: number, half: readonly HeldOutPerson[]): number =>
    loss((byUnlike.get(unlike) ?? []).filter(({ id }) => idsOf(half).has(id)));
  const best = (half: readonly HeldOutPerson[]): number =>
    [...byUnlike.keys()].toSorted((a, b) => lossAt(a, half) - lossAt(b, half))[0] ?? Number.NaN;
  print(`  least unlike: ${inHalves(product, best, (chosen, half) => `loss ${share(lossAt(chosen, half))}`)}`);
  for (const [unlike, people] of byUnlike) print(`    ${unlike}: loss ${share(loss(people))}`);
  for (const rate of ['eer', 'far'] as const) {
    const most = (half: readonly HeldOutPerson[]): number =>
      TRIALS.findLast((trials) => covered(half, rate, trials) >= COVERED) ?? TRIALS[0] ?? 0;
    const worth = (trials: number, half: readonly HeldOutPerson[]): string =>
      `${share(covered(half, rate, trials))} within`;
    print(`  trials of an interval, ${rate.toUpperCase()}: ${inHalves(product, most, worth)}`);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { choose: { type: 'boolean', default: false } },
});
const [recordings, ...sets] = positionals;
if (recordings === undefined) {
  process.stderr.write('usage: node src-main/evaluate/measure-held-out.ts RECORDINGS_DIR [--choose] [SET ...]\n');
  process.exitCode = 2;
} else {
  const scratch = await mkdtemp(path.join(tmpdir(), 'seclyzer-held-out-'));
  try {
    for (const name of values.choose ? [CHOSEN_ON] : sets.length === 0 ? SETS : sets) {
      const set = await testGroups(recordings, name, MODELS, scratch);
      const people = await heldOutPeople(set);
      tell(name, people);
      if (!values.choose) continue;
      const byUnlike = new Map<number, readonly HeldOutPerson[]>();
      for (const unlike of UNLIKE) byUnlike.set(unlike, await heldOutPeople(set, unlike));
      await choose(byUnlike, people);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
