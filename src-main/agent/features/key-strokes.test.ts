import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../events.ts';
import { keyStrokes } from './key-strokes.ts';

const START_US = 1_704_704_400_000_000;

/** `+a 0` is the press of a at 0 ms, `-a 90` its release. */
const events = (...lines: readonly string[]): KeystrokeEvent[] =>
  lines.map((line) => {
    const [key = '', ms] = line.slice(1).split(' ');
    return {
      type: 'keystroke',
      ts: START_US + Number(ms) * 1000,
      key,
      event: line.startsWith('+') ? 'press' : 'release',
    };
  });

const strokesOf = (...lines: readonly string[]) => {
  const { pressMs, holdMs, nextMs } = keyStrokes(events(...lines));
  return { pressMs: [...pressMs], holdMs: [...holdMs], nextMs: [...nextMs] };
};
const NO = Number.NaN;

test('a press and its release make a stroke', () => {
  assert.deepEqual(strokesOf('+a 0', '-a 90.5', '+b 200', '-b 300'), {
    pressMs: [0, 200],
    holdMs: [90.5, 100],
    nextMs: [200, NO],
  });
});

test('rollover: releases interleave with later presses', () => {
  assert.deepEqual(strokesOf('+a 0', '+b 60', '-a 80', '-b 140').holdMs, [80, 80]);
});

test('a release whose press lies before the window is ignored', () => {
  assert.deepEqual(strokesOf('-x 0', '+a 10', '-a 60', '-a 70'), { pressMs: [10], holdMs: [50], nextMs: [NO] });
});

test('a lost release leaves the hold unknown and does not swallow the next stroke of the key', () => {
  assert.deepEqual(strokesOf('+a 0', '+b 100', '-b 150', '+a 300', '-a 380').holdMs, [NO, 50, 80]);
});

test('auto-repeat of a held key is one stroke', () => {
  const held = strokesOf(
    '+BackSpace 0',
    '+BackSpace 500',
    '+BackSpace 530',
    '+BackSpace 560',
    '-BackSpace 600',
    '+a 800',
  );
  assert.deepEqual(held, { pressMs: [0, 800], holdMs: [600, NO], nextMs: [800, NO] });
});

test('auto-repeat goes on while a modifier is pressed, but not over a second', () => {
  assert.equal(strokesOf('+a 0', '+Shift_L 200', '+a 500', '-a 600').pressMs.length, 2);
  assert.deepEqual(strokesOf('+a 0', '+a 1001', '-a 1100').holdMs, [NO, 99]);
});

test('a hold over 5 s is unknown, at 5 s it counts', () => {
  assert.deepEqual(strokesOf('+Shift_L 0', '-Shift_L 5000', '+Shift_L 6000', '-Shift_L 11001').holdMs, [5000, NO]);
});

test('no latency over 1 s, to or from a modifier, or against the clock', () => {
  assert.deepEqual(strokesOf('+a 0', '-a 50', '+b 1000', '-b 1050', '+c 2001').nextMs, [1000, NO, NO]);
  assert.deepEqual(strokesOf('+a 0', '+Shift_L 100', '+b 150').nextMs, [NO, NO, NO]);
  assert.deepEqual(strokesOf('+a 100', '+b 50', '+c 50').nextMs, [NO, 0, NO]);
});

test('nothing gives nothing', () => {
  assert.equal(keyStrokes([]).count, 0);
});
