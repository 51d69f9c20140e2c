import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import type { Comparable, Side } from './comparable.ts';
import { createComparer, type ComparerOptions, type Comparison } from './comparer.ts';

const T0 = 1_701_423_840_000_000;
const S = 1e6;

const mouse = (atS: number, figures: Readonly<Record<string, number>>, subject = 'ada'): Comparable => ({
  ...{ kind: 'features', subject, modality: 'mouse', by: '', ts: T0 + atS * S },
  ...{ figures: Object.entries(figures), words: [] },
});
const score = (atS: number, trust: number, state: string): Comparable => ({
  ...{ kind: 'scores', subject: 'ada', modality: 'all', by: '', ts: T0 + atS * S },
  ...{ figures: [['trust', trust]], words: [['state', state]] },
});
const decision = (atS: number, change: string): Comparable => ({
  ...{ kind: 'decision', subject: 'ada', modality: 'all', by: '', ts: T0 + atS * S, figures: [] },
  words: [['decision', change]],
});

function compare(a: readonly Comparable[], b: readonly Comparable[], options: ComparerOptions = {}): Comparison {
  const comparer = createComparer(options);
  for (const record of a) comparer.add('A', record);
  for (const record of b) comparer.add('B', record);
  for (const side of ['A', 'B'] as const) comparer.passed(side, Infinity);
  return comparer.read();
}
const only = (comparison: Comparison, name: string) => {
  const found = comparison.figures.find(({ figure }) => figure === name);
  assert.ok(found !== undefined, name);
  return found;
};

test('differences, absolute and relative, their means and the worst of them with its time', () => {
  const a = [mouse(5, { speed: 100 }), mouse(10, { speed: 200 }), mouse(15, { speed: 50 })];
  const b = [mouse(5, { speed: 101 }), mouse(10, { speed: 200 }), mouse(15, { speed: 40 })];
  const found = compare(a, b, { rules: [['speed', { abs: 2, rel: 0 }]] });
  const speed = only(found, 'speed');
  assert.deepEqual([speed.compared, speed.outside, speed.maxAbs], [3, 1, 10]);
  // By hand: (1 + 0 + 10) / 3; 1/101, 0 and 10/50.
  assert.ok(Math.abs(speed.meanAbs - 11 / 3) < 1e-12);
  assert.ok(Math.abs(speed.maxRel - 0.2) < 1e-12);
  assert.ok(Math.abs(speed.meanRel - (1 / 101 + 0.2) / 3) < 1e-12);
  assert.ok(Math.abs(speed.outsideShare - 1 / 3) < 1e-12);
  assert.deepEqual(speed.worst, [
    { ts: T0 + 15 * S, subject: 'ada', a: 50, b: 40, abs: 10, excess: 5 },
    { ts: T0 + 5 * S, subject: 'ada', a: 100, b: 101, abs: 1, excess: 0.5 },
  ]);
  assert.equal(found.within, false);
  assert.equal(compare(a, b, { rules: [['*', { abs: 10, rel: 0 }]] }).within, true);
  assert.equal(compare(a, b, { rules: [['s*d', { abs: 0, rel: 0.2 }]] }).within, true);
});

test('not known on both sides is agreement, on one side it never is', () => {
  const known = mouse(5, { jitter: 3 });
  const unknown = mouse(5, { jitter: NaN });
  assert.equal(compare([unknown], [unknown]).within, true);
  const anything = { rules: [['*', { abs: 1e9, rel: 1 }]] } as const;
  const found = only(compare([known], [unknown], anything), 'jitter');
  assert.deepEqual([found.unknownInA, found.unknownInB, found.outside, found.maxAbs], [0, 1, 1, 0]);
  assert.deepEqual(found.worst, [{ ts: T0 + 5 * S, subject: 'ada', a: 3, b: null, abs: null, excess: null }]);
  assert.equal(compare([unknown], [known], anything).within, false);
});

test('a record that one side lacks, and a figure that a record lacks', () => {
  const found = compare(
    [mouse(5, { speed: 1, jitter: 1 }), mouse(10, { speed: 1, jitter: 1 })],
    [mouse(5, { speed: 1 }), mouse(15, { speed: 1 })],
  );
  assert.deepEqual(found.records.features, { pairs: 1, onlyInA: 1, onlyInB: 1, beyond: 0 });
  const speed = only(found, 'speed');
  assert.deepEqual([speed.compared, speed.missingInA, speed.missingInB], [1, 1, 1]);
  const jitter = only(found, 'jitter');
  assert.deepEqual([jitter.compared, jitter.missingInA, jitter.missingInB], [0, 0, 2]);
  assert.equal(found.within, false);
});

test('windows are matched within the skew, the nearest first, of one subject each', () => {
  const a = [mouse(5, { speed: 1 }), mouse(6, { speed: 2 })];
  const late = [mouse(5.3, { speed: 1 }), mouse(6.3, { speed: 2 })];
  assert.equal(compare(a, late).within, true);
  assert.equal(compare(a, late, { skewUs: 0 }).records.features.pairs, 0);
  // 5.8 is nearer to 6 than to 5, so 5 stays alone although it comes first.
  const between = compare(a, [mouse(5.8, { speed: 2 })], { skewUs: 0.9 * S });
  assert.deepEqual(between.records.features, { pairs: 1, onlyInA: 1, onlyInB: 0, beyond: 0 });
  assert.equal(only(between, 'speed').outside, 0);
  const others = compare(a, [mouse(5, { speed: 1 }, 'grace'), mouse(6, { speed: 2 }, 'grace')]);
  assert.equal(others.records.features.pairs, 0);
});

test('trust within a twentieth of a point by default; states that disagree; decisions of one side', () => {
  const a = [score(1, 91, 'NORMAL'), score(2, 71.02, 'NORMAL'), score(3, 60, 'MONITORING')];
  const b = [score(1, 91.04, 'NORMAL'), score(2, 70.9, 'MONITORING'), score(3, 60, 'MONITORING')];
  const found = compare([...a, decision(3, 'NORMAL → MONITORING')], [...b, decision(2, 'NORMAL → MONITORING')]);
  assert.equal(only(found, 'trust').outside, 1);
  const [state, change] = found.words;
  assert.deepEqual([state?.word, state?.compared, state?.differ], ['state', 3, 1]);
  assert.deepEqual(state?.first, [{ ts: T0 + 2 * S, subject: 'ada', a: 'NORMAL', b: 'MONITORING' }]);
  assert.deepEqual([change?.word, change?.compared, change?.differ], ['decision', 2, 2]);
  assert.deepEqual(found.records.decision, { pairs: 0, onlyInA: 1, onlyInB: 1, beyond: 0 });
});

test('nothing to compare is not within', () => {
  assert.equal(compare([], []).within, false);
  assert.equal(compare([mouse(5, {})], []).within, false);
});

/** A life of two hours: windows of a figure each of several kinds, some not known, and a score a second. */
function invented(seed: number): Comparable[] {
  const random = createRandom(seed);
  const value = (): number =>
    random.uniform() < 0.1 ? NaN : (random.uniform() - 0.5) * 10 ** (8 * random.uniform() - 3);
  const state = (): string => (random.uniform() < 0.5 ? 'NORMAL' : 'MONITORING');
  return Array.from({ length: 400 }, (_, i): Comparable[] => [
    mouse(i * 5, { speed: value(), jitter: value(), angle: value() }, i % 3 === 0 ? 'grace' : 'ada'),
    score(i * 5 + 1, 100 * random.uniform(), state()),
    ...(random.uniform() < 0.05 ? [decision(i * 5 + 2, state())] : []),
  ]).flat();
}

for (const seed of [1, 2, 3, 4, 5])
  test(`whatever it is, it is like itself, and one altered figure is found (${seed})`, () => {
    const all = invented(seed);
    const same = compare(all, structuredClone(all));
    assert.equal(same.within, true);
    assert.ok(same.figures.every(({ maxAbs, outside, worst }) => maxAbs === 0 && outside === 0 && worst.length === 0));
    assert.ok(same.words.every(({ differ }) => differ === 0));
    assert.equal(
      Object.values(same.records).reduce((sum, { pairs }) => sum + pairs, 0),
      all.length,
    );
    const random = createRandom(seed + 100);
    const places = all.flatMap(({ figures }, i) => figures.map(([name, value], j) => ({ i, j, name, value })));
    const place = places[Math.floor(random.uniform() * places.length)];
    assert.ok(place !== undefined);
    const { i, j, name, value } = place;
    const altered = all.map((record, at): Comparable => {
      if (at !== i) return record;
      const changed = Number.isNaN(value) ? 7 : value + 1 + Math.abs(value) / 1000;
      return { ...record, figures: record.figures.map((one, k) => (k === j ? [one[0], changed] : one)) };
    });
    const found = compare(all, altered);
    assert.equal(found.within, false);
    assert.deepEqual(
      found.figures.filter(({ outside }) => outside > 0).map(({ figure }) => figure),
      [name],
    );
    assert.equal(only(found, name).worst[0]?.ts, all[i]?.ts);
  });

test('two sides that come in turns, one of them late, need no more room than its lag', () => {
  const comparer = createComparer({ mostWaiting: 120 });
  const lagS = 100;
  for (let s = 0; s < 20_000; s += 1) {
    comparer.add('A', score(s, 50 + (s % 7), 'NORMAL'));
    if (s >= lagS) comparer.add('B', score(s - lagS, 50 + ((s - lagS) % 7), 'NORMAL'));
  }
  for (let s = 20_000 - lagS; s < 20_000; s += 1) comparer.add('B', score(s, 50 + (s % 7), 'NORMAL'));
  const found = comparer.read();
  assert.deepEqual(found.records.scores, { pairs: 20_000, onlyInA: 0, onlyInB: 0, beyond: 0 });
  assert.equal(found.letGo, 0);
});

test('a side that has stopped does not make the other wait for ever', () => {
  const comparer = createComparer({ mostWaiting: 50 });
  const feed = (side: Side, from: number, to: number): void => {
    for (let s = from; s < to; s += 1) comparer.add(side, score(s, 50, 'NORMAL'));
  };
  feed('A', 0, 10);
  feed('B', 0, 10);
  feed('A', 10, 200);
  const found = comparer.read();
  assert.equal(found.letGo, 140);
  assert.deepEqual(found.records.scores, { pairs: 10, onlyInA: 140, onlyInB: 0, beyond: 0 });
  comparer.passed('B', T0 + 500 * S);
  comparer.passed('A', T0 + 500 * S);
  assert.equal(comparer.read().records.scores.onlyInA, 190);
});

test('of live sides only the time that they have in common counts', () => {
  const score50 = (s: number): Comparable => score(s, 50, 'NORMAL');
  const a = Array.from({ length: 10 }, (_, s) => score50(s));
  const b = a.slice(3, 8).filter((_, i) => i !== 2);
  const found = compare(a, b, { span: 'common' });
  assert.deepEqual(found.records.scores, { pairs: 4, onlyInA: 1, onlyInB: 0, beyond: 5 });
  assert.equal(compare(a, a.slice(3, 8), { span: 'common' }).within, true);
  assert.equal(compare(a, a.slice(3, 8)).within, false);
});
