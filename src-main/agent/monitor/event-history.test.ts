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
