// Shapes whose figures are known by hand; the zigzag's by NumPy: np.sqrt(np.linalg.eigvalsh(np.cov(points.T, bias=True))[0]).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { createMouseStrokes, type LongStroke } from './mouse-strokes.ts';

const START_US = 1_704_704_400_000_000;
const move = (ms: number, x: number, y: number): MouseEvent => ({
  type: 'mouse',
  ts: START_US + ms * 1000,
  x,
  y,
  event: 'move',
});
const press = (ms: number, x: number, y: number): MouseEvent => ({ ...move(ms, x, y), event: 'press', button: 'Left' });

function strokesOf(events: readonly MouseEvent[]): LongStroke[] {
  const strokes = createMouseStrokes();
  const found = events.map((event) => strokes.accept(event));
  return [...found, strokes.rest((events.at(-1)?.ts ?? 0) + 150_000)].filter((stroke) => stroke !== null);
}

/** Twelve moves, 10 ms apart. */
const drawn = (place: (i: number) => readonly [number, number]): MouseEvent[] =>
  Array.from({ length: 12 }, (_, i) => move(1000 + 10 * i, ...place(i + 1)));

test('a line is straight and even', () => {
  const [stroke, ...others] = strokesOf([move(0, 0, 0), ...drawn((i) => [12 * i, 5 * i])]);
  assert.equal(others.length, 0);
  assert.equal(stroke?.points, 12);
  // From rest at (0, 0): 12 steps of (12, 5), whose length is 13.
  assert.ok(Math.abs(stroke.chordPx - 12 * 13) < 1e-9);
  assert.ok(stroke.asidePx < 1e-6 && stroke.speedCv < 1e-6);
  assert.equal(stroke.narrowPx, 60);
});

test('a zigzag is as far aside as it is', () => {
  const [stroke] = strokesOf([move(0, 0, 0), ...drawn((i) => [20 * i, i % 2 === 1 ? 3 : -3])]);
  assert.ok(Math.abs((stroke?.asidePx ?? 0) - 2.9683057728334106) < 1e-9);
});

test('the speed scatters by a third where steps of 10 and 20 px take turns', () => {
  const xs = [0, 10, 30, 40, 60, 70, 90, 100, 120, 130, 150, 155];
  const [stroke] = strokesOf([move(0, 0, 0), ...drawn((i) => [xs[i - 1] ?? 0, 0])]);
  // Ten steps, the last of 5 px left out: mean 15, standard deviation 5.
  assert.ok(Math.abs((stroke?.speedCv ?? 0) - 1 / 3) < 1e-9);
});

test('a jump is one point; rest, a press and 64 points end a stroke; what is short is no long stroke', () => {
  const jumps = strokesOf([move(0, 0, 0), move(1000, 300, 400), move(2000, 0, 0)]);
  assert.deepEqual(
    jumps.map(({ points, chordPx }) => [points, chordPx]),
    [
      [1, 500],
      [1, 500],
    ],
  );
  assert.equal(strokesOf([move(0, 0, 0), move(1000, 60, 60), press(1010, 60, 60), move(1020, 120, 120)]).length, 0);
  const endless = Array.from({ length: 150 }, (_, i) => move(10 * i, 10 * i, 0));
  assert.deepEqual(
    strokesOf(endless).map(({ points }) => points),
    [64, 64, 22],
  );
});
