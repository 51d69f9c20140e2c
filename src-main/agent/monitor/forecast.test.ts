import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { createCoarseSeries } from './coarse-series.ts';
import { forecastOf } from './forecast.ts';
import { limitOf, type MetricLimit } from './metric-limits.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function limit(key: string): MetricLimit {
  const found = limitOf(key);
  assert.ok(found !== null, key);
  return found;
}
const DISK = limit('filesystem./.usedPercent');

/** One point an hour, the last one now, which is 0. */
function hours(count: number, value: (hour: number) => number) {
  const times = Float64Array.from({ length: count }, (_, i) => (i - count + 1) * HOUR_MS);
  return { times, values: times.map((atMs) => value(atMs / HOUR_MS)) };
}

test('a disk that gains a per cent in a day is full when it says', () => {
  const random = createRandom(1);
  const found = forecastOf(
    hours(7 * 24, (hour) => 91 + hour / 24 + 0.05 * random.normal()),
    DISK,
    0,
  );
  assert.ok(found !== null);
  assert.ok(Math.abs(found.inSeconds / 86_400 - 9) < 0.2, String(found.inSeconds / 86_400));
  assert.match(found.sentence, /^The disk at \/ will be full in 9 days ± [12]\.$/);
  assert.deepEqual([found.limit, found.limitName], [100, 'full']);
});

test('the words of its unit', () => {
  const words = (minutes: number): string | undefined =>
    forecastOf(
      {
        times: Float64Array.from({ length: 60 }, (_, i) => (i - 59) * 60_000),
        values: Float64Array.from({ length: 60 }, (_, i) => 100 - minutes + i - 59),
      },
      limit('memory.usedPercent'),
      0,
    )?.sentence;
  assert.equal(words(40), 'Memory will be exhausted in 40 minutes ± 1.');
  assert.equal(words(150), 'Memory will be exhausted in 3 hours ± 1.');
});

test('a battery runs the other way', () => {
  const found = forecastOf(
    hours(48, (hour) => 20 - hour / 2),
    limit('sensors.BAT0.chargePercent'),
    0,
  );
  assert.equal(found?.sentence, 'The battery BAT0 will be empty in 40 hours ± 1.');
  assert.equal(
    forecastOf(
      hours(48, (hour) => 20 + hour / 10),
      limit('sensors.BAT0.chargePercent'),
      0,
    ),
    null,
  );
});

test('no forecast where nothing moves, where it moves away, is too far off, or has arrived', () => {
  const random = createRandom(2);
  assert.equal(
    forecastOf(
      hours(200, () => 50 + random.normal()),
      DISK,
      0,
    ),
    null,
  );
  assert.equal(
    forecastOf(
      hours(200, (hour) => 50 - hour / 24),
      DISK,
      0,
    ),
    null,
  );
  assert.equal(
    forecastOf(
      hours(48, (hour) => 50 + hour / 24),
      DISK,
      0,
    ),
    null,
    '50 days from two are no forecast',
  );
  assert.equal(
    forecastOf(
      hours(200, (hour) => 120 + hour / 24),
      DISK,
      0,
    ),
    null,
  );
  assert.equal(
    forecastOf(
      hours(20, (hour) => 99 + hour / 24),
      DISK,
      0,
    ),
    null,
    'too few points',
  );
});

test('no forecast where this very past would not have been foretold: a step, a sawtooth', () => {
  assert.equal(
    forecastOf(
      hours(168, (hour) => (hour < -30 ? 60 : 90)),
      DISK,
      0,
    ),
    null,
  );
  assert.equal(
    forecastOf(
      hours(168, (hour) => 60 + ((hour + 168) % 48) / 2),
      DISK,
      0,
    ),
    null,
  );
});

test('on many invented disks, forecast from seven days of a fortnight: nine of ten fill up within what was said', () => {
  const random = createRandom(3);
  let [told, kept] = [0, 0];
  for (let disk = 0; disk < 120; disk++) {
    // Growth by chance, some hours much and most of them little, as downloads and logs are.
    const perDay = 1.5 + 2.5 * random.uniform();
    let level = 100 - perDay * (7 + 10 * random.uniform());
    const all = Array.from({ length: 40 * 24 }, () => (level += (-Math.log(1 - random.uniform()) * perDay) / 24));
    const seen = all.slice(0, 168);
    const now = (seen.length - 1) * HOUR_MS;
    const found = forecastOf(
      { times: Float64Array.from(seen, (_, i) => i * HOUR_MS), values: Float64Array.from(seen) },
      DISK,
      now,
    );
    const full = all.findIndex((value) => value >= 100);
    if (found === null || full < seen.length) continue;
    told += 1;
    const inSeconds = (full - seen.length + 1) * 3600;
    if (Math.abs(inSeconds - found.inSeconds) <= found.plusMinusSeconds + 3600) kept += 1;
  }
  assert.ok(told > 60, `${told} forecasts`);
  assert.ok(kept / told > 0.9, `${kept} of ${told}`);
});

test('ten-minute means of a fortnight', () => {
  const series = createCoarseSeries();
  for (let minute = 0; minute < 100; minute++) series.push(minute * 60_000, minute === 35 ? NaN : minute);
  const { times, values } = series.window(0);
  // 0 to 9, 10 to 19 …; the one under way is not yet one. 30 to 39 without 35: (345 - 35) / 9.
  assert.deepEqual([...times.slice(0, 2)], [300_000, 900_000]);
  assert.deepEqual([values.length, values[0], values[1]], [9, 4.5, 14.5]);
  assert.ok(Math.abs((values[3] ?? NaN) - 310 / 9) < 1e-12);
  assert.equal(series.window(4_000_000).values.length, 2);
  for (let n = 0; n < 6000; n++) series.push(7e6 + n * 600_000, n);
  assert.equal(series.window(0).values.length, 2016);
  assert.equal(series.window(Infinity).values.length, 0);
  assert.ok(series.window(7e6 + 5990 * 600_000).values.length < 12);
  assert.ok(14 * DAY_MS === 2016 * 600_000);
});
