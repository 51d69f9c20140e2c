import assert from 'node:assert/strict';
import { test } from 'node:test';

// A zone with summer time: the clock goes from 2:00 to 3:00 on 31 March 2024. Set before anything writes a time.
process.env['TZ'] = 'Europe/Berlin';
const { axisEndMs, SPARSE_STEPS, timeAxis } = await import('./time-axis.ts');

const at = (month: number, day: number, hour = 0, minute = 0): number =>
  new Date(2024, month - 1, day, hour, minute).getTime();
const texts = (fromMs: number, toMs: number): readonly string[] => {
  const { ticks, tickText } = timeAxis(fromMs, toMs);
  return ticks.map(tickText);
};

test('half an hour has a tick at every full five minutes', () => {
  const { domain, ticks } = timeAxis(at(5, 1, 12, 2), at(5, 1, 12, 32));
  assert.deepEqual(domain, [at(5, 1, 12, 2), at(5, 1, 12, 32)]);
  assert.deepEqual(
    ticks,
    [5, 10, 15, 20, 25, 30].map((minute) => at(5, 1, 12, minute)),
  );
  assert.equal(timeAxis(at(5, 1, 12), at(5, 1, 12, 30)).ticks.length, 7);
});

test('an hour shows times, a day full hours, a week weekdays, a month dates', () => {
  assert.deepEqual(texts(at(5, 1, 12, 1), at(5, 1, 13, 1)), ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00']);
  assert.deepEqual(texts(at(5, 1, 16), at(5, 2, 16)), [
    '18:00',
    '21:00',
    '00:00',
    '03:00',
    '06:00',
    '09:00',
    '12:00',
    '15:00',
  ]);
  assert.deepEqual(texts(at(5, 1, 16), at(5, 8, 16)), ['Thu 2', 'Fri 3', 'Sat 4', 'Sun 5', 'Mon 6', 'Tue 7', 'Wed 8']);
  assert.deepEqual(texts(at(5, 1, 16), at(5, 31, 16)), ['2 May', '7 May', '12 May', '17 May', '22 May', '27 May']);
});

test('ticks stay at midnight over the change to summer time', () => {
  const week = timeAxis(at(3, 28, 12), at(4, 4, 12));
  assert.deepEqual(week.ticks, [at(3, 29), at(3, 30), at(3, 31), at(4, 1), at(4, 2), at(4, 3), at(4, 4)]);
  assert.deepEqual(texts(at(3, 30, 22), at(3, 31, 22)).slice(0, 4), ['00:00', '03:00', '06:00', '09:00']);
});

test('the same days are marked wherever a month begins', () => {
  const first = timeAxis(at(5, 1, 16), at(5, 31, 16)).ticks;
  const later = timeAxis(at(5, 3, 9), at(6, 2, 9)).ticks;
  assert.deepEqual(later.slice(0, 5), first.slice(1));
});

test('the end of a live axis moves in steps of a bucket, and of a minute where buckets are long', () => {
  assert.deepEqual(
    [12_000, 12_001, 17_999, 18_000].map((ms) => axisEndMs(ms, 6000)),
    [12_000, 18_000, 18_000, 18_000],
  );
  assert.deepEqual([axisEndMs(60_001, 8_640_000), axisEndMs(120_000, 8_640_000)], [120_000, 120_000]);
});

test('a small chart has few ticks, at full steps of the local clock', () => {
  const at = (hour: number, minute: number): number => new Date(2026, 0, 2, hour, minute, 30).getTime();
  const texts = (fromMs: number, toMs: number): readonly string[] => {
    const { ticks, tickText } = timeAxis(fromMs, toMs, SPARSE_STEPS);
    return ticks.map(tickText);
  };
  assert.deepEqual(texts(at(10, 1), at(10, 6)), ['10:02', '10:04', '10:06']);
  assert.deepEqual(texts(at(10, 1), at(10, 16)), ['10:05', '10:10', '10:15']);
  assert.deepEqual(texts(at(10, 1), at(11, 1)), ['10:20', '10:40', '11:00']);
});

test('a sparse axis of a day, a week and a month, each with half of it in the future', () => {
  const sparse = (fromMs: number, toMs: number): readonly string[] => {
    const { ticks, tickText } = timeAxis(fromMs, toMs, SPARSE_STEPS);
    return ticks.map(tickText);
  };
  const from = at(5, 1, 16);
  assert.deepEqual(sparse(from, at(5, 3, 4)), ['18:00', '00:00', '06:00', '12:00', '18:00', '00:00']);
  // 1 May 2024 is day 19,844 since the epoch: of these, every second and every tenth.
  assert.deepEqual(sparse(from, at(5, 12, 4)), ['Fri 3', 'Sun 5', 'Tue 7', 'Thu 9', 'Sat 11']);
  assert.deepEqual(sparse(from, at(6, 15, 16)), ['7 May', '17 May', '27 May', '6 Jun']);
});
