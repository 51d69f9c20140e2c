import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventTimes } from './event-times.ts';

const S = 1_000_000;
/** 2026-11-21, 12:00 UTC. */
const NOW = 1_795_262_400 * S;
/** 2023-12-01, as in the example of the design. */
const THEN = 1_701_423_846 * S;

/** Each given as the seconds past one of the two, and the seconds past NOW at which it comes. */
function taken(...events: readonly (readonly [ts: number, atS: number])[]): (number | string)[] {
  const times = createEventTimes();
  return events.map(([ts, atS]) => {
    const time = times.take(ts, NOW + atS * S);
    return time.ok ? (time.ts - NOW) / S : time.reason;
  });
}

test('the present stays as it is, with what travels late and a clock that is a little ahead', () => {
  assert.deepEqual(taken([NOW, 0], [NOW + S, 2], [NOW + S, 50], [NOW + 54 * S, 50]), [0, 1, 1, 54]);
});

test('a recording begins now, and keeps the distances of its events', () => {
  assert.deepEqual(taken([THEN, 0], [THEN + 0.25 * S, 0.3], [THEN + 9 * S, 8]), [0, 0.25, 9]);
});

test('played again it begins now again; and what is of the present comes after it', () => {
  assert.deepEqual(taken([THEN, 0], [THEN, 100], [THEN + 2 * S, 101], [NOW + 110 * S, 110]), [0, 100, 102, 110]);
});

test('what is ahead of the clock and what comes out of order is refused, and spoils nothing', () => {
  const early = '"ts" lies in the future';
  const before = '"ts" lies before that of the event taken last';
  assert.deepEqual(taken([NOW + 6 * S, 0], [NOW + 3600 * S, 0], [NOW, 0], [NOW - S, 0], [NOW + S, 1]), [
    ...[early, early, 0, before, 1],
  ]);
  assert.deepEqual(taken([THEN + 5 * S, 0], [THEN, 1], [THEN + 6 * S, 1]), [0, before, 1]);
});
