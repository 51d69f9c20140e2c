import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ago,
  clockTime,
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
