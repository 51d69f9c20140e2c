import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricEvent, processRow, topOf } from './events.fixture.ts';
import { createProcessCache } from './process-cache.ts';

test('a process is known as it was seen last, and for as long as it was seen of late', () => {
  const cache = createProcessCache(60_000);
  assert.equal(cache.find(1), null);
  cache.note(topOf(processRow(1), processRow(2)), 0);
  cache.note(topOf(processRow(1, { cpuPercent: 50 })), 50_000);
  assert.deepEqual([cache.find(1)?.cpuPercent, cache.find(2)?.cpuPercent], [50, 0]);
  cache.note(topOf(), 70_000);
  assert.deepEqual([cache.find(1)?.cpuPercent, cache.find(2), cache.size()], [50, null, 1]);
});

test('an event that names processes gets what is known of them; the original stays as it is', () => {
  const cache = createProcessCache(60_000);
  cache.note(topOf(processRow(7, { name: 'dd' })), 0);
  const event = metricEvent('syscalls', { parts: { 7: { write: 900 }, 8: { read: 1 } } }, 5, 'syscall');
  const before = structuredClone(event);
  const enriched = cache.enriched(event);
  assert.deepEqual(event, before);
  assert.ok(enriched.event_type === 'syscall');
  assert.deepEqual(
    enriched.data.processes?.map(({ pid, name }) => [pid, name]),
    [[7, 'dd']],
  );
  assert.deepEqual(enriched.data.parts, before.event_type === 'syscall' ? before.data.parts : null);
  const other = metricEvent('cpu', { parts: { 7: { busyPercent: 3 } } });
  assert.equal(cache.enriched(other), other, 'a core of that number is no process');
  const unknown = metricEvent('syscalls', { parts: { 9: {} } }, 5, 'syscall');
  assert.equal(cache.enriched(unknown), unknown);
});
