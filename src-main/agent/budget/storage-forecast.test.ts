import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastStorage } from './storage-forecast.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_795_000_000_000;

/** A reading every three hours of the last days, on a line that ends at `usedMiB` now. */
const line = (days: number, usedMiB: number, perDay: number): readonly (readonly [number, number])[] =>
  Array.from({ length: 8 * days + 1 }, (_, i) => {
    const ago = days - i / 8;
    return [NOW_MS - ago * DAY_MS, usedMiB - perDay * ago] as const;
  });

const near = (value: number | null, expected: number): void =>
  assert.ok(value !== null && Math.abs(value - expected) < 1e-6 * Math.max(1, Math.abs(expected)), `${value}`);

test('young and growing: steady once the history is as old as it gets, far below the limit', () => {
  // 10 days old at 1.5 MiB a day: 20 days to go, 15 + 20 x 1.5 = 45 MiB.
  const said = forecastStorage({
    ...{ nowMs: NOW_MS, usedMiB: 15, limitMiB: 1024, historyDays: 30 },
    points: line(10, 15, 1.5),
  });
  near(said.growthMiBPerDay, 1.5);
  near(said.measuredDays, 7);
  near(said.steadyMiB, 45);
  near(said.steadyMs, NOW_MS + 20 * DAY_MS);
  assert.equal(said.limitMs, null);
  assert.equal(
    said.sentence,
    'Grows by 1.5 MiB a day until 30 days of history are there, in about 20 days, and then stays at about 45 MiB: the limit of 1024 MiB is not reached.',
  );
});

test('the limit comes before: (40 - 15) / 1.5 days', () => {
  const said = forecastStorage({
    ...{ nowMs: NOW_MS, usedMiB: 15, limitMiB: 40, historyDays: 30 },
    points: line(10, 15, 1.5),
  });
  near(said.limitMs, NOW_MS + (25 / 1.5) * DAY_MS);
  assert.equal(said.steadyMiB, null);
  assert.equal(said.sentence, 'Grows by 1.5 MiB a day: the limit of 40 MiB is reached in about 17 days.');
});

test('a whole history is there: what still grows goes on growing, and what stands still stays', () => {
  const input = { nowMs: NOW_MS, usedMiB: 45, limitMiB: 100, historyDays: 30 };
  near(forecastStorage({ ...input, points: line(40, 45, 0.5) }).limitMs, NOW_MS + 110 * DAY_MS);
  const still = forecastStorage({ ...input, points: line(40, 45, 0) });
  assert.deepEqual([still.limitMs, still.steadyMiB], [null, 45]);
  assert.equal(still.sentence, 'It does not grow: it stays at about 45 MiB.');
});

test('a clean-up in the middle of a week does not make a trend', () => {
  const points = line(7, 45, 1).map(([atMs, mib], i): readonly [number, number] => [atMs, i === 30 ? mib - 40 : mib]);
  const said = forecastStorage({ nowMs: NOW_MS, usedMiB: 45, limitMiB: 1024, historyDays: 30, points });
  assert.ok(Math.abs((said.growthMiBPerDay ?? 0) - 1) < 0.1, `${said.growthMiBPerDay}`);
});

test('too early, and too late', () => {
  const input = { nowMs: NOW_MS, usedMiB: 3, limitMiB: 1024, historyDays: 30 };
  const early = forecastStorage({ ...input, points: line(1, 3, 1).slice(3) });
  assert.equal(early.growthMiBPerDay, null);
  assert.equal(
    early.sentence,
    'Not known yet: growth is measured over a day at least, and the first one is over in about 9 h.',
  );
  assert.equal(forecastStorage({ ...input, points: [] }).growthMiBPerDay, null);
  const full = forecastStorage({ ...input, usedMiB: 1024, points: line(10, 1024, 5) });
  assert.deepEqual([full.limitMs, full.sentence], [NOW_MS, 'The limit is reached.']);
});
