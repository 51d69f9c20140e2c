import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReliabilityBin } from './reliability.ts';
import { reliabilityPlot } from './reliability-plot.ts';
import { assertWellFormed } from './well-formed.fixture.ts';

const BINS: readonly ReliabilityBin[] = [
  {
    ...{ from: null, to: -6, meanPredicted: 0, observed: 0, observedInterval: [0, 0.02] },
    ...{ trials: 80, genuineTrials: 0 },
  },
  {
    ...{ from: 0, to: 1, meanPredicted: 0.5, observed: 0.5, observedInterval: [0.2, 0.8] },
    ...{ trials: 24, genuineTrials: 4 },
  },
  {
    ...{ from: 6, to: null, meanPredicted: 0.998, observed: 1, observedInterval: [1, 1] },
    ...{ trials: 16, genuineTrials: 16 },
  },
];

test('dots where they belong: one half in the middle, never and always on the frame', () => {
  const panels = [
    { head: '50 keys', bins: BINS },
    { head: '100 keys', bins: BINS.slice(1, 2) },
  ];
  const svg = reliabilityPlot({ title: 'a < b', detector: 'scorer & co', panels });
  assertWellFormed(svg);
  assert.ok(!/NaN|Infinity|undefined/.test(svg));
  for (const text of ['a &lt; b', 'scorer &amp; co', '50 keys', '100 keys']) assert.ok(svg.includes(text), text);
  const dots = [...svg.matchAll(/<circle [^>]*cx="([^"]+)" cy="([^"]+)" r="([^"]+)"/g)].map((dot) => dot.slice(1, 4));
  assert.equal(dots.length, 4);
  // The frame is 340 wide. Weights: a side is a half, so 80/200, 4/40 + 20/200 and 16/40; radius 12 times their root.
  assert.deepEqual(dots[0], ['0.0', '340.0', '7.6']);
  assert.deepEqual(dots[1], ['170.0', '170.0', '5.4']);
  assert.deepEqual([dots[2]?.[1], dots[2]?.[2]], ['0.0', '7.6']);
  // What is alone in its panel is all of it.
  assert.deepEqual(dots[3], ['170.0', '170.0', '12.0']);
});

test('a dot says in words what it stands for', () => {
  const svg = reliabilityPlot({ title: 't', detector: 'd', panels: [{ head: 'h', bins: BINS }] });
  const says = (text: string): void => assert.ok(svg.includes(`<title>${text}</title>`), text);
  says('ratio below -6: said 0 %, was 0 % at equal priors; 0 windows of the owner, 80 of others');
  says('ratio 0 to 1: said 50 %, was 50 % at equal priors; 4 windows of the owner, 20 of others');
  says('ratio from 6 on: said 99.8 %, was 100 % at equal priors; 16 windows of the owner, 0 of others');
});
