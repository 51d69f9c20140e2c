import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ago,
  clockTime,
  counted,
  dayAndMonth,
  dayAndTime,
  duration,
  limit,
  measure,
  percent,
  quantity,
  score,
  shareOf,
  signedPoints,
  stretch,
  weekdayAndDay,
} from './format.ts';

test('a score has no decimals, an unknown one is a dash and never 0', () => {
  assert.deepEqual([score(93.6), score(99.97), score(0), score(null)], ['93', '99', '0', '—']);
});

test('what is unfinished never reads 100 %', () => {
  assert.deepEqual([0, 0.628, 0.999, 1].map(percent), ['0 %', '62 %', '99 %', '100 %']);
});

test('measures carry as many figures as a glance can use', () => {
  assert.deepEqual([0.42, 9.94, 9.96, 108.4, 1024].map(measure), ['0.4', '9.9', '10', '108', '1,024']);
  assert.deepEqual([6, 0.5, 1024].map(limit), ['6', '0.5', '1,024']);
  assert.equal(quantity(1240), '1,240');
});

test('points carry a true minus sign; what has not moved has no figure', () => {
  assert.deepEqual([2.14, -31.2, -8.04, 0.04, -0.04].map(signedPoints), ['+2.1', '−31', '−8.0', null, null]);
});

test('a share stays between nothing and all; where nothing is needed, all is there', () => {
  assert.deepEqual([shareOf(84, 100), shareOf(412, 300), shareOf(-1, 10), shareOf(0, 0)], [0.84, 1, 0, 1]);
});

test('durations', () => {
  const cases = [-1, 999, 12_000, 59_999, 60_000, 3_599_000, 3_900_000, 86_399_000, 86_400_000, 187_200_000];
  const words = ['0 s', '0 s', '12 s', '59 s', '1 min', '59 min', '1 h 05 min', '23 h 59 min', '1 d', '2 d 4 h'];
  assert.deepEqual(cases.map(duration), words);
  assert.deepEqual([ago(4999), ago(5000)], ['now', '5 s ago']);
});

test('times are local and have 24 hours', () => {
  const local = new Date(2024, 4, 1, 21, 5);
  assert.equal(clockTime(local.getTime()), '21:05');
  assert.deepEqual(
    [weekdayAndDay, dayAndMonth, dayAndTime].map((text) => text(local.getTime())),
    ['Wed 1', '1 May', 'Wed 1 May, 21:05'],
  );
});

test('one is one, and more have their own word', () => {
  assert.deepEqual(
    [counted(0, 'alert'), counted(1, 'alert'), counted(1200, 'alert'), counted(2, 'anomaly', 'anomalies')],
    ['0 alerts', '1 alert', '1,200 alerts', '2 anomalies'],
  );
});

test('a stretch of time carries the day where it is not today, and one end where it is a moment', () => {
  const at = (day: number, hours: number, minutes: number, seconds = 0): number =>
    new Date(2024, 4, day, hours, minutes, seconds).getTime();
  const now = at(2, 18, 0);
  assert.equal(stretch(at(2, 14, 2, 11), at(2, 14, 5, 30), now), '14:02:11 to 14:05:30');
  assert.equal(stretch(at(2, 14, 2, 11), at(2, 14, 2, 11) + 400, now), '14:02:11');
  assert.equal(stretch(at(1, 14, 2), at(1, 15, 5), now), 'Wed 1 May, 14:02 to 15:05');
  assert.equal(stretch(at(1, 23, 50), at(2, 0, 5), now), 'Wed 1 May, 23:50 to Thu 2 May, 00:05');
});
