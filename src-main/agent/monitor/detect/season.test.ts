import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeason, type Missing, type Season } from './season.ts';

const JOB_SLOT = 6;

interface DayOptions {
  readonly weekend?: boolean;
  readonly job?: number;
  readonly points?: number;
  readonly value?: (slot: number) => number;
}

/** One point a minute for a day; at 3 o'clock, for ten minutes, a job. @returns what was missing, by half-hour. */
function live(
  season: Season,
  day: number,
  options: DayOptions = {},
): readonly (readonly [slot: number, missing: Missing])[] {
  const { weekend = false, job = 60, points = 30, value = () => 2 } = options;
  const found: [number, Missing][] = [];
  for (let slot = 0; slot < 48; slot++)
    for (let i = 0; i < points; i++) {
      const busy = slot === JOB_SLOT && i < 10 ? job : value(slot) + (i % 3) / 10;
      const missing = season.push(busy, { minuteOfDay: slot * 30 + i, day, weekend });
      if (missing !== null) found.push([slot - 1, missing]);
    }
  return found;
}

test('a job that came on four days and does not come on the fifth is missed, at the end of its half-hour', () => {
  const season = createSeason(1);
  for (let day = 0; day < 4; day++) assert.deepEqual(live(season, day), []);
  const found = live(season, 4, { job: 2.1 });
  assert.equal(found.length, 1);
  const [slot, { score, value, usual }] = found[0] ?? [NaN, { score: NaN, value: NaN, usual: NaN }];
  assert.equal(slot, JOB_SLOT);
  // (10 · 60 + 20 · 2.1) / 30 = 21.4 on the days before, against about 2.1; all of it gone is 1 / 0.75.
  assert.ok(
    Math.abs(usual - 21.4) < 0.1 && Math.abs(value - 2.1) < 0.1 && Math.abs(score - 4 / 3) < 0.02,
    String(score),
  );
});

test('one that came is not missed, also when it did less; nor one that comes on some days only', () => {
  const season = createSeason(1);
  for (let day = 0; day < 6; day++) assert.deepEqual(live(season, day), []);
  assert.deepEqual(live(season, 6, { job: 40 }), []);
  const moody = createSeason(1);
  for (let day = 0; day < 12; day++) assert.deepEqual(live(moody, day, { job: day % 3 === 0 ? 2 : 60 }), []);
});

test('who works from Monday to Friday is not missed on Saturday', () => {
  const season = createSeason(1);
  for (let day = 0; day < 5; day++) live(season, day);
  assert.deepEqual(live(season, 5, { weekend: true, job: 2 }), []);
  assert.deepEqual(live(season, 6, { weekend: true, job: 2 }), []);
  assert.equal(live(season, 7, { job: 2 }).length, 1);
});

test('a half-hour that was hardly seen says nothing, and what hardly stands out is not missed', () => {
  const season = createSeason(1);
  for (let day = 0; day < 5; day++) live(season, day);
  assert.deepEqual(live(season, 5, { job: 2, points: 15 }), []);
  const high = createSeason(50);
  for (let day = 0; day < 5; day++) live(high, day);
  assert.deepEqual(live(high, 5, { job: 2 }), [], 'the job is 19 high on average, where 50 are asked for');
});

test('half of a day at work is a habit, not a job', () => {
  const season = createSeason(1);
  const value = (slot: number): number => (slot >= 16 && slot < 44 ? 30 : 2);
  for (let day = 0; day < 5; day++) live(season, day, { value });
  assert.deepEqual(live(season, 5, { job: 60 }), []);
});

test('a high value at the hour at which it came on two days is usual', () => {
  const season = createSeason(1);
  const at = (minuteOfDay: number) => ({ minuteOfDay, day: 9, weekend: false });
  live(season, 0);
  assert.equal(season.isUsual(60, at(185)), false, 'one day is none');
  live(season, 1, { weekend: true });
  live(season, 2, { job: 2 });
  assert.equal(season.isUsual(60, at(185)), true);
  assert.equal(season.isUsual(60, at(175)), true, 'a little early');
  assert.equal(season.isUsual(80, at(185)), false, 'far more than ever');
  assert.equal(season.isUsual(60, at(600)), false, 'at another hour');
});

test('what it remembers goes on in another one; what is no such memory is not taken', () => {
  const season = createSeason(1);
  for (let day = 0; day < 5; day++) live(season, day);
  assert.equal(live(createSeason(1, season.memory()), 5, { job: 2 }).length, 1);
  assert.equal(live(createSeason(1, new Float32Array(7)), 5, { job: 2 }).length, 0);
});
