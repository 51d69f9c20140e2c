import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trend } from '../src-preload/contract.ts';
import {
  distanceWords,
  ordinal,
  reasonSentence,
  slopeWords,
  steadyCount,
  trendLines,
  watchSentence,
} from './host-words.ts';
import { hostView, metricView } from './host-view.fixture.ts';

const trend = (key: string, change: Partial<Trend> = {}): Trend => ({
  ...{ key, atMs: 0, current: 43, slopePerSecond: 0, slopeLow: 0, slopeHigh: 0, direction: 'steady', magnitude: 0 },
  ...{ windowSeconds: 600, forecast: null },
  ...change,
});
const rising = { direction: 'rising', slopePerSecond: 0.001, slopeLow: 0.0008, slopeHigh: 0.0013 } as const;

test('a slope over the shortest time in which it is a figure worth reading', () => {
  // 0.001 % a second is 3.6 % an hour, between 2.88 and 4.68.
  assert.equal(slopeWords(trend('x', rising), '%'), '3.6 percentage points an hour (95 % interval 2.88 to 4.68)');
  const falling = { direction: 'falling', slopePerSecond: -5e4, slopeLow: -6e4, slopeHigh: -4e4 } as const;
  assert.equal(slopeWords(trend('x', falling), 'B/s'), '3 MB/s a minute (95 % interval 2.4 MB/s to 3.6 MB/s)');
  const slow = { slopePerSecond: 1e-6, slopeLow: -1e-6, slopeHigh: 3e-6 };
  assert.equal(slopeWords(trend('x', slow), ''), '0.09 a day (95 % interval −0.09 to 0.26)');
});

test('forecasts first, the nearest first; then what moves most; what is steady is counted', () => {
  const forecast = (inSeconds: number, sentence: string): Trend['forecast'] => ({
    ...{ limit: 100, limitName: 'full', inSeconds, plusMinusSeconds: 10, sentence },
  });
  const view = hostView({
    metrics: [metricView('memory.usedPercent', 43, '%', 'Memory use')],
    trends: [
      trend('cpu.busyPercent'),
      trend('memory.usedPercent', { ...rising, magnitude: 0.1 }),
      trend('network.sentBytesPerSecond', { ...rising, magnitude: 0.4 }),
      trend('filesystem./home.usedPercent', {
        forecast: forecast(9e5, 'The disk at /home will be full in 10 days ± 2.'),
      }),
      trend('filesystem./.usedPercent', {
        ...rising,
        forecast: forecast(2e5, 'The disk at / will be full in 2 days ± 1.'),
      }),
    ],
  });
  assert.deepEqual(
    trendLines(view).map(({ key, foretold }) => [key, foretold]),
    [
      ['filesystem./.usedPercent', true],
      ['filesystem./home.usedPercent', true],
      ['network.sentBytesPerSecond', false],
      ['memory.usedPercent', false],
    ],
  );
  assert.equal(trendLines(view)[0]?.headline, 'The disk at / will be full in 2 days ± 1.');
  assert.equal(
    trendLines(view)[3]?.headline,
    'Memory use is rising by 3.6 percentage points an hour (95 % interval 2.88 to 4.68).',
  );
  assert.equal(steadyCount(view), 1);
});

test('how it is watched, and at what cost', () => {
  const collectors = (['reading', 'unavailable'] as const).map((state) => ({
    ...{ source: 'cpu', state, reason: null, fix: null, atMs: null },
  }));
  assert.equal(watchSentence(hostView({ collectors })), '1 of 2 collectors read every second, for 0.3 % of a core.');
  assert.equal(watchSentence(hostView({ collectors: collectors.slice(1) })), 'The collectors are starting.');
  const slow = hostView({ collectors, intervalSeconds: 5, cpuPercent: 0.04 });
  assert.equal(watchSentence(slow), '1 of 2 collectors read every 5 s, for less than 0.1 % of a core.');
});

test('small words', () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal), [
    ...['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th'],
  ]);
  assert.equal(reasonSentence('no /proc here.'), 'No /proc here.');
  assert.equal(distanceWords({ z: 0 }), null);
  assert.equal(distanceWords({ z: -11.3 }), '11 times as far from the usual as most readings');
  assert.equal(distanceWords({ z: 99 }), 'more than 99 times as far from the usual as most readings');
});
