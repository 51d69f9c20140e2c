// Two people of BB-MAS against figures that a NumPy program computed from the same recordings. Its prior is stored with five digits
// but was used with all, so sums over a window agree to about 1e-6 a keystroke; the formulas themselves are checked to 1e-9 on
// invented numbers in graph-profile.test.ts and graph-score.test.ts.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readEvents } from '../../evaluate/protocol.ts';
import { cutDecisionWindows } from '../../evaluate/decision-windows.ts';
import { typedIn } from '../../evaluate/detect-graphs.ts';
import { smallGraphPrior } from '../learn/graph-prior.fixture.ts';
import { graphPriorOf, type GraphPrior } from '../learn/graph-prior.ts';
import { graphProfileOf, type GraphProfile } from '../learn/graph-profile.ts';
import { graphLearner } from '../learn/graph-statistics.ts';
import { createRandom } from '../learn/random.ts';
import { graphScore, ownerSums } from './graph-score.ts';
import { judged, ownerModel } from './owner-model.ts';

const shared = fileURLToPath(new URL('../../../../shared', import.meta.url));
const reference = `${shared}/facts/keystroke-reference`;
const skip =
  existsSync(`${reference}/parity.json`) && existsSync(`${shared}/recordings/bbmas`)
    ? false
    : 'the reference and the recordings are not beside the repository (../shared)';

interface ReferenceType {
  readonly graphs: Record<string, [number, number, number, number]>;
  /** By 14 x first class + second class (0 for holds): mean, variance of the mean, variance within. */
  readonly fallback_by_fine_class: Record<string, [number, number, number]>;
  readonly s2t: number;
  readonly t0: number;
  readonly t1: number;
  readonly t2: number;
  readonly tgm2: number;
}
interface Parity {
  readonly subject: string;
  readonly counts: readonly number[][];
  readonly sum_lambda: readonly number[][];
  readonly L_user: readonly number[];
  readonly a: readonly number[];
  readonly rho: readonly number[];
  readonly examples: Record<string, readonly { graph: string; n: number; mU: number; vU: number }[]>;
}
const read = (file: string): unknown => JSON.parse(readFileSync(`${reference}/${file}`, 'utf8'));

function referencePrior(): GraphPrior {
  const { t: types } = read('prior-bbmas-cmu-dev.json') as { t: readonly ReferenceType[] };
  return graphPriorOf({
    ...smallGraphPrior,
    types: types.map(({ graphs, fallback_by_fine_class: fallback, s2t, t0, t1, t2, tgm2 }) => {
      const mean = Object.values(fallback)[0]?.[0] ?? 0;
      const groups = Object.entries(fallback).flatMap(([number, [own]]) => {
        const name = `${Math.floor(Number(number) / 14)},${Number(number) % 14}`;
        return [[name, own] as const, [`${name}=`, own] as const];
      });
      return {
        ...{ within: s2t, person: t0, personClass: t1, personGraph: t2, graphSpread: tgm2, mean, graphs },
        classMeans: Array.from({ length: 14 }, () => mean),
        groupMeans: Object.fromEntries(groups),
      };
    }),
  });
}

const near = (actual: number | undefined, expected: number | undefined, within: number, what: string): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - (expected ?? Number.NaN)) <= within,
    `${what}: ${actual}, not ${expected}`,
  );

function assertProfile({ types }: GraphProfile, expected: Parity): void {
  for (const [type, { offset, scale, graphs }] of types.entries()) {
    near(offset, expected.a[type], 2e-6, `offset ${type}`);
    near(scale, expected.rho[type], 2e-6, `scale ${type}`);
    for (const { graph, n, mU, vU } of expected.examples[String(type)] ?? []) {
      const [mean, variance, count] = graphs[graph] ?? [];
      assert.equal(count, n, graph);
      near(mean, mU, 5e-6, graph);
      near(variance, vU, 1e-6, graph);
    }
  }
}

test('profile and scores of two people are those of the reference', { skip }, async () => {
  const prior = referencePrior();
  for (const expected of read('parity.json') as readonly Parity[]) {
    const eventsOf = (name: string) => readEvents(`${shared}/recordings/bbmas/${expected.subject}/${name}.jsonl.gz`);
    const learner = graphLearner(prior, createRandom(1), { reservoir: Number.POSITIVE_INFINITY });
    for (const instance of typedIn([await eventsOf('enrol-1')]).instances) learner.add(instance);
    const statistics = { ...learner.statistics(), corrections: { pairs: 0, corrections: 0 } };
    const profile = graphProfileOf(prior, statistics);
    assertProfile(profile, expected);
    const rule = { unit: 'keystrokes' as const, sizes: [50], max_gap_s: 5, across_files: false };
    const owner = ownerModel(prior, profile);
    for (const [w, window] of cutDecisionWindows([await eventsOf('test-1')], rule, 50)
      .slice(0, 2)
      .entries()) {
      const graphs = typedIn(window.pieces).instances.map((instance) => judged(prior, instance));
      const counts = [0, 1, 2, 3].map((type) => graphs.filter(({ belief }) => belief.type === type).length);
      assert.deepEqual(counts, expected.counts[w]);
      const sums = ownerSums(owner.sitting(), graphs);
      for (const [type, sum] of sums.entries()) near(sum, expected.sum_lambda[w]?.[type], 2e-4, `sum ${type}`);
      // A crowd of one who is the population has a score of 0, so that the owner's part alone is left.
      const tally = { counts: Float64Array.from(counts), sums: new Float64Array(4), corrections: 0 };
      near(graphScore(owner, sums, tally, 50) ?? undefined, expected.L_user[w], 3e-6, 'owner');
    }
  }
});
