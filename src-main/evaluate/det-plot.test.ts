import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detCurve, detPlot } from './det-plot.ts';
import { assertWellFormed } from './well-formed.fixture.ts';

const scores = (...values: number[]): Float64Array => Float64Array.from(values);

test('the corners of a curve, by hand', () => {
  // From everybody accepted: -1 is an impostor, 0 one of each, 1 and 2 genuine.
  assert.deepEqual(detCurve(scores(0, 1, 2), scores(-1, 0)), [
    { far: 1, frr: 0 },
    { far: 0.5, frr: 0 },
    { far: 0, frr: 1 / 3 },
    { far: 0, frr: 1 },
  ]);
});

test('a long curve is thinned and keeps its ends', () => {
  const many = Float64Array.from({ length: 5000 }, (_, i) => i);
  const curve = detCurve(
    many,
    many.map((x) => x - 0.5),
  );
  assert.ok(curve.length <= 402);
  assert.deepEqual(
    [curve[0], curve.at(-1)],
    [
      { far: 1, frr: 0 },
      { far: 0, frr: 1 },
    ],
  );
});

test('the picture is well-formed, has a line a detector, a dot at the threshold and colours for dark pages', () => {
  const one = { size: 50, genuine: scores(-1, 1, 2, 3), impostor: scores(-3, -2, -1, 2) };
  const svg = detPlot({
    title: 'a < b & "c"',
    sizeWords: (size) => `${size} keys`,
    scores: [
      { ...one, detector: 'first' },
      { ...one, detector: 'second', size: 100 },
    ],
  });
  assert.ok(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  assert.ok(svg.includes('a &lt; b &amp; &quot;c&quot;') && svg.includes('50 keys') && svg.includes('100 keys'));
  assert.ok(svg.includes('@media (prefers-color-scheme:dark)'));
  assert.equal(svg.match(/<circle /g)?.length, 2);
  // At 0: one of four impostors accepted, one of four genuine refused.
  assert.ok(svg.includes('first at the shipped threshold: FAR 25 %, FRR 25 %'));
  assert.ok(!/NaN|Infinity|undefined/.test(svg));
  assertWellFormed(svg);
});
