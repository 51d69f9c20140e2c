// Windows of invented movements that come and go, as they do and at random: what is known from the window before is what sorting finds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { COLUMNS, type MotionFrames } from './motion-frames.ts';
import { motionStatistics } from './motion-statistics.ts';
import { windowColumns } from './window-columns.ts';

const random = createRandom(3);
const PERCENTS = [10, 25, 50, 75, 90];

/** Whole numbers now and then, so that movements share values. */
function movement(frames: number): MotionFrames {
  const column = (): Float64Array =>
    Float64Array.from({ length: frames }, () => {
      const value = 3 * random.normal();
      return random.uniform() < 0.3 ? Math.round(value) + 0 : value;
    }).toSorted();
  const moments = { n: frames, meanX: random.normal(), meanY: random.normal(), xx: 4, yy: 3, xy: random.uniform() };
  const sum = { n: frames, total: random.normal() };
  return {
    ...{ count: frames, powerLaw: moments, relative: sum, sideways: sum, upright: sum },
    columns: {
      speed: column(),
      acceleration: column(),
      jerk: column(),
      turnRate: column(),
      relative: column(),
      relativeJerk: column(),
    },
    memory: [moments, moments, moments, moments],
  };
}

/** By the plain definition: between the two order statistics next to it. */
function percentileOf(movements: readonly MotionFrames[], name: (typeof COLUMNS)[number], percent: number): number {
  const sorted = movements.flatMap(({ columns }) => [...columns[name]]).toSorted((a, b) => a - b);
  const position = (percent / 100) * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return sorted.length < 2 || low === undefined || high === undefined
    ? Number.NaN
    : low + (position % 1) * (high - low);
}

test('movements that come and go: percentiles are those of all values, put in order anew', () => {
  const columns = windowColumns();
  let window: readonly MotionFrames[] = [];
  for (let step = 0; step < 300; step += 1) {
    const some = window.filter(() => random.uniform() < (step % 40 === 0 ? 0 : 0.9));
    window = [...some, ...Array.from({ length: random.int(4) }, () => movement(random.int(40)))];
    const percentiles = columns(window);
    for (const name of COLUMNS) {
      for (const [i, value] of percentiles(name, PERCENTS).entries()) {
        const wanted = percentileOf(window, name, PERCENTS[i] ?? 0);
        assert.ok(
          Math.abs(value - wanted) < 1e-12 || (Number.isNaN(value) && Number.isNaN(wanted)),
          `${value}, ${wanted}`,
        );
      }
    }
  }
});

test('a window has the same statistics whether the one before is known or not, to the last bit', () => {
  const columns = windowColumns();
  const all = Array.from({ length: 60 }, () => movement(20 + random.int(30)));
  for (let from = 0; from + 15 < all.length; from += 1) {
    const window = all.slice(from, from + 15);
    assert.deepEqual(motionStatistics(window, columns(window)), motionStatistics(window));
  }
});

test('a value that is no number is gone with its movement', () => {
  const columns = windowColumns();
  const [first, second] = [movement(20), movement(20)];
  const broken = { ...first, columns: { ...first.columns, speed: Float64Array.of(1, 2, Number.NaN) } };
  columns([broken, second]);
  assert.deepEqual(columns([second])('speed', PERCENTS), windowColumns()([second])('speed', PERCENTS));
  columns([broken, second]);
  columns([broken, second, first]);
  assert.deepEqual(columns([second, first])('speed', PERCENTS), windowColumns()([second, first])('speed', PERCENTS));
});

test('of fewer than two frames nothing is said', () => {
  assert.ok(windowColumns()([movement(1)])('jerk', [25, 50]).every(Number.isNaN));
});
