import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { motionOf } from './kinematics.ts';
import { mouseStrokes } from './strokes.ts';

const START_US = 1_704_704_400_000_000;
const move = (ms: number, x: number, y: number): MouseEvent => ({
  type: 'mouse',
  ts: START_US + ms * 1000,
  x,
  y,
  event: 'move',
});
const button = (event: 'press' | 'release', ms: number, x: number, y: number): MouseEvent => {
  return { type: 'mouse', ts: START_US + ms * 1000, x, y, event, button: 'Left' };
};

/** To the right at an even speed. */
const line = (fromMs: number, toMs: number, stepMs: number, pxPerS: number): MouseEvent[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, i) => {
    const ms = fromMs + i * stepMs;
    return move(ms, (ms * pxPerS) / 1000, 50);
  });

const durations = (events: readonly MouseEvent[]) => mouseStrokes(events).map(({ durationMs }) => durationMs);

test('a rest of 150 ms, a press and a release end a stroke; 149 ms do not', () => {
  assert.deepEqual(durations([...line(0, 200, 10, 500), ...line(350, 500, 10, 500)]), [200, 150]);
  assert.deepEqual(durations([...line(0, 200, 10, 500), ...line(349, 499, 10, 500)]), [499]);
  const drag = [...line(0, 200, 10, 500), button('press', 205, 100, 50), ...line(210, 310, 10, 500)];
  assert.deepEqual(durations([...drag, button('release', 312, 155, 50), ...line(320, 450, 10, 500)]), [200, 100, 130]);
});

test('scrolling does not end a stroke', () => {
  const scroll: MouseEvent = { type: 'mouse', ts: START_US + 105_000, x: 0, y: 0, event: 'scroll', scroll_delta: 1 };
  assert.deepEqual(durations([...line(0, 100, 10, 500), scroll, ...line(110, 200, 10, 500)]), [200]);
});

test('a jump over the screen ends a stroke, fast movement does not', () => {
  const jump = line(110, 200, 10, 500).map((event) => ({ ...event, x: event.x + 900 }));
  assert.deepEqual(durations([...line(0, 100, 10, 500), ...jump]), [100, 90]);
  assert.deepEqual(durations(line(0, 100, 16, 20_000)), [96]);
});

test('a clock that goes backwards ends a stroke', () => {
  assert.deepEqual(durations([...line(1000, 1100, 10, 500), ...line(900, 1000, 10, 500)]), [100, 100]);
});

test('too few points, too short a time or path make no stroke', () => {
  assert.deepEqual(durations([]), []);
  assert.deepEqual(durations([move(0, 1, 1)]), []);
  assert.deepEqual(durations(line(0, 120, 60, 500)), [], 'three points');
  assert.deepEqual(durations(line(0, 50, 10, 2000)), [], '50 ms');
  assert.deepEqual(durations(line(0, 200, 10, 50)), [], '10 px');
});

test('of several points at one time the last counts', () => {
  const doubled = line(0, 200, 10, 500).flatMap((event) => [{ ...event, x: event.x + 200 }, event]);
  assert.deepEqual(mouseStrokes(doubled), mouseStrokes(line(0, 200, 10, 500)));
  const atOnce = Array.from({ length: 50 }, (_, i) => move(0, i * 10, 0));
  assert.deepEqual(durations(atOnce), []);
});

test('even movement has its speed, no acceleration and no turn in every inner frame, at any polling rate', () => {
  for (const stepMs of [1, 8, 16]) {
    const stroke = mouseStrokes(line(0, 480, stepMs, 600))[0];
    assert.ok(stroke !== undefined);
    assert.equal(stroke.x.length, 29); // 480 ms at 60 Hz
    const { speed, acceleration, jerk, turnRate } = motionOf(stroke);
    // Smoothing shortens the first and last frame, derivatives pass that on by two frames each.
    for (let i = 6; i < 23; i += 1) {
      assert.ok(Math.abs((speed[i] ?? 0) - 600) < 1e-6, `speed ${speed[i]}`);
      for (const values of [acceleration, jerk, turnRate]) assert.ok(Math.abs(values[i] ?? 1) < 1e-3);
    }
  }
});

test('a circle has the angular speed of its frames and the curvature of its radius', () => {
  const [radiusPx, turnsPerS] = [300, 0.5];
  const circle = Array.from({ length: 201 }, (_, i) => {
    const angle = 2 * Math.PI * turnsPerS * (i / 100);
    return move(i * 10, 500 + radiusPx * Math.cos(angle), 500 + radiusPx * Math.sin(angle));
  });
  const stroke = mouseStrokes(circle)[0];
  assert.ok(stroke !== undefined);
  const { speed, turnRate, direction } = motionOf(stroke);
  for (let i = 10; i < 110; i += 1) {
    assert.ok(Math.abs((turnRate[i] ?? 0) - Math.PI) < 0.05, `turn rate ${turnRate[i]}, half a turn a second`);
    assert.ok(Math.abs(radiusPx * ((turnRate[i] ?? 0) / (speed[i] ?? 0)) - 1) < 0.02, 'curvature');
  }
  // One full turn in 2 s: direction runs on past π instead of jumping back.
  assert.ok(Math.abs((direction[115] ?? 0) - (direction[5] ?? 0) - 2 * Math.PI * turnsPerS * (110 / 60)) < 0.02);
});
