// A made-up half minute at the mouse. Clicks, wheel and pauses are worked out by hand, movement by an independent NumPy
// program: np.interp to 60 Hz, np.convolve with (1 2 1)/4, np.gradient of x + iy, np.angle and np.unwrap, np.percentile,
// np.polyfit for the exponent, a matrix of exp(-2πi f t) under np.hanning for tremor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { MOUSE_FEATURES, mouseVector } from './mouse-features.ts';

const tsOf = (ms: number) => 1_704_704_400_000_000 + ms * 1000;
type Point = readonly [number, number];

interface Reach {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly from: Point;
  readonly to: Point;
  readonly bowPx: number;
  readonly tremorHz: number;
  readonly tremorPx: number;
  readonly stepMs: number;
}

/** Minimum jerk (Flash and Hogan 1985) along a bow, with a tremor along the way. */
function reach({ startMs, lengthMs, from, to, bowPx, tremorHz, tremorPx, stepMs }: Reach): MouseEvent[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const chord = Math.hypot(dx, dy);
  return Array.from({ length: lengthMs / stepMs + 1 }, (_, i) => {
    const s = (i * stepMs) / lengthMs;
    const way =
      10 * s ** 3 -
      15 * s ** 4 +
      6 * s ** 5 +
      (tremorPx / chord) * Math.sin(2 * Math.PI * tremorHz * ((i * stepMs) / 1000));
    const off = (bowPx / chord) * Math.sin(Math.PI * s);
    const [x, y] = [from[0] + dx * way - dy * off, from[1] + dy * way + dx * off];
    return { type: 'mouse', ts: tsOf(startMs + i * stepMs), x, y, event: 'move' };
  });
}

const click = (
  button: 'Left' | 'Right' | 'Middle',
  pressMs: number,
  releaseMs: number,
  [x, y]: Point,
): MouseEvent[] => [
  { type: 'mouse', ts: tsOf(pressMs), x, y, event: 'press', button },
  { type: 'mouse', ts: tsOf(releaseMs), x, y, event: 'release', button },
];
const scroll = (ms: number, delta: number): MouseEvent => {
  return { type: 'mouse', ts: tsOf(ms), x: 300, y: 300, event: 'scroll', scroll_delta: delta };
};

function scene(stepMs = 8, lastStepMs = 16): MouseEvent[] {
  const a: Point = [100, 100];
  const b: Point = [700, 400];
  const c: Point = [650, 120];
  const d: Point = [300, 300];
  const e: Point = [420, 330];
  const [grab, drop] = [click('Left', 2700, 3350, c)[0], click('Left', 2700, 3350, d)[1]];
  assert.ok(grab !== undefined && drop !== undefined);
  return [
    ...reach({ startMs: 0, lengthMs: 800, from: a, to: b, bowPx: 40, tremorHz: 9, tremorPx: 1.5, stepMs }),
    ...click('Left', 920, 1010, b),
    ...click('Left', 1150, 1230, b),
    ...reach({ startMs: 1600, lengthMs: 480, from: b, to: c, bowPx: -25, tremorHz: 7, tremorPx: 1, stepMs }),
    ...click('Right', 2160, 2260, c),
    grab,
    drop,
    ...reach({ startMs: 2720, lengthMs: 600, from: c, to: d, bowPx: 15, tremorHz: 11, tremorPx: 0.5, stepMs }),
    scroll(4000, -1),
    scroll(4080, -1),
    scroll(4200, -2),
    scroll(5000, 1),
    scroll(5100, 1),
    ...reach({
      startMs: 11_000,
      lengthMs: 400,
      from: d,
      to: e,
      bowPx: 10,
      tremorHz: 8,
      tremorPx: 1,
      stepMs: lastStepMs,
    }),
    ...click('Middle', 11_450, 11_500, e),
  ].toSorted((first, second) => first.ts - second.ts);
}

const NUMPY: Readonly<Record<string, number>> = {
  'speed.q10': 128.1005,
  'speed.median': 559.3394,
  'speed.q90': 1262.888,
  'speed.peak': 1163.878,
  'speed.peak-at': 0.5421627,
  'speed.cv': 0.613846,
  'acceleration.median': 3626.72,
  'acceleration.q90': 6429.719,
  'acceleration.asymmetry': 0.0340898,
  'jerk.median': 43208.09,
  'jerk.dimensionless': 3.31029,
  'angle.turn': 2.496425,
  'angle.start': 0.6012101,
  'curvature.median': 0.003478943,
  'curvature.exponent': -0.4450061,
  efficiency: 0.9696632,
  deviation: 0.06152878,
  jitter: 0.383868,
  'tremor.frequency': 8.510138,
  'tremor.share': 0.008855504,
  submovements: 2.192982,
  'slow.share': 0.07115279,
};
const BY_HAND: Readonly<Record<string, number>> = {
  'stroke.duration': 540, // 800 480 600 400
  'pause.median': 545, // 1230-1600, 2260-2700, 3350-4000, 4200-5000; the 5.9 s before the last movement are absence
  'pause.share': 2260 / 5600, // of the 5.1 s up to the wheel and the 0.5 s at the end
  'click.median': 85, // 90 80 100 50
  'click.sd': Math.sqrt((10 ** 2 + 0 + 20 ** 2 + 30 ** 2) / 3), // around 80
  'click.rate': 5 / 5.6,
  'click.settle': 120, // 120 350 80 620 50
  'double-click.share': 1 / 5,
  'double-click.interval': 230,
  'drag.share': 1 / 5,
  'drag.duration': 650,
  'button.right': 1 / 5,
  'button.middle': 1 / 5,
  'scroll.delta': 6 / 5,
  'scroll.interval': 100, // 80 120 100
  'scroll.run': 5 / 2,
};

const valueOf = (vector: Float32Array, name: string) =>
  vector[MOUSE_FEATURES.findIndex((feature) => feature.name === name)] ?? NaN;
const close = (actual: number, expected: number, share: number, name: string) =>
  assert.ok(
    Math.abs(actual - expected) <= share * Math.max(Math.abs(expected), 1e-3),
    `${name}: ${actual}, not ${expected}`,
  );

test('every feature of a scene, by hand and by NumPy', () => {
  const { vector, missing, events, strokes } = mouseVector(scene());
  assert.deepEqual([events, strokes, missing.every((flag) => flag === 0)], [279, 4, true]);
  const expected = { ...NUMPY, ...BY_HAND };
  assert.deepEqual(Object.keys(expected).toSorted(), MOUSE_FEATURES.map(({ name }) => name).toSorted());
  for (const [name, value] of Object.entries(expected)) close(valueOf(vector, name), value, 1e-6, name);
});

test('the polling rate is not the person: 60, 125 and 1000 Hz give nearly the same vector', () => {
  const [slow, fast] = [mouseVector(scene(16, 16)).vector, mouseVector(scene(1, 1)).vector];
  const middle = mouseVector(scene(8, 8)).vector;
  const noise = /^(jitter|tremor|curvature|slow|angle.start|speed.q10|acceleration.asymmetry)/;
  for (const { name } of MOUSE_FEATURES.filter((feature) => !noise.test(feature.name))) {
    close(valueOf(fast, name), valueOf(middle, name), 0.05, name);
    close(valueOf(slow, name), valueOf(middle, name), 0.15, name);
  }
});

test('a window without movement, buttons or wheel falls back for each', () => {
  const fallback = Float32Array.from(MOUSE_FEATURES, (_, i) => 100 + i);
  const onlyMoves = mouseVector(
    scene().filter(({ event }) => event === 'move'),
    fallback,
  );
  for (const name of ['click.median', 'drag.share', 'button.right', 'scroll.delta', 'scroll.run']) {
    assert.equal(
      valueOf(onlyMoves.vector, name),
      100 + MOUSE_FEATURES.findIndex((feature) => feature.name === name),
      name,
    );
  }
  assert.equal(valueOf(onlyMoves.vector, 'click.rate'), 0);
  const onlyClicks = mouseVector(
    scene().filter(({ event }) => event !== 'move'),
    fallback,
  );
  assert.equal(onlyClicks.strokes, 0);
  assert.deepEqual(
    [...onlyClicks.missing.subarray(0, 18)],
    Array.from({ length: 18 }, () => 1),
  );
  assert.equal(
    valueOf(onlyClicks.vector, 'click.settle'),
    100 + MOUSE_FEATURES.findIndex(({ name }) => name === 'click.settle'),
  );
});

test('nothing gives the fallback', () => {
  const { vector, missing, events, strokes } = mouseVector([]);
  assert.deepEqual(
    [events, strokes, missing.every((flag) => flag === 1), vector.every((value) => value === 0)],
    [0, 0, true, true],
  );
  assert.throws(() => mouseVector([], new Float32Array(140)), RangeError);
});
