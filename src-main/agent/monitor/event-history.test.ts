import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventHistory } from './event-history.ts';
import { metricEvent } from './events.fixture.ts';

test('the newest, of one type or of all, newest first; the oldest make room', () => {
  const history = createEventHistory(4);
  for (let n = 1; n <= 6; n++) history.add(metricEvent('x', {}, n, n % 2 === 0 ? 'disk_metric' : 'cpu_metric'));
  const times = (...args: Parameters<typeof history.newest>) =>
    history.newest(...args).map(({ timestamp }) => timestamp);
  assert.deepEqual(times(null, 10), [6, 5, 4, 3]);
  assert.deepEqual(times(null, 2), [6, 5]);
  assert.deepEqual(times('cpu_metric', 10), [5, 3]);
  assert.deepEqual(times('anomaly', 10), []);
  assert.deepEqual(history.counts(), { cpu_metric: 3, disk_metric: 3 });
});

test('packed or not, what is told is the same; the oldest make room in packs too', () => {
  const [packed, plain] = [createEventHistory(200), createEventHistory(200)];
  const types = ['disk_metric', 'cpu_metric', 'syscall'] as const;
  for (let n = 1; n <= 500; n++) {
    const event = metricEvent('x', { values: { a: n, b: null } }, n, types[n % 3] ?? 'syscall');
    packed.add(event);
    plain.add(event);
    if (n % 30 === 0) packed.pack();
    for (const [type, limit] of [
      [null, 5000],
      [null, 3],
      ['syscall', 70],
    ] as const)
      if (n % 50 === 0 || n < 5) assert.deepEqual(packed.newest(type, limit), plain.newest(type, limit));
  }
  assert.deepEqual(packed.counts(), plain.counts());
  assert.deepEqual(packed.newest(null, 0), []);
});

test('a flood between two packings keeps its newest', () => {
  const history = createEventHistory(200);
  for (let n = 1; n <= 100; n++) history.add(metricEvent('x', {}, n));
  history.pack();
  for (let n = 101; n <= 1000; n++) history.add(metricEvent('x', {}, n));
  history.pack();
  history.add(metricEvent('x', {}, 1001));
  const times = history.newest(null, 5000).map(({ timestamp }) => timestamp);
  assert.deepEqual([times.length, times[0], times.at(-1)], [200, 1001, 802]);
});
