import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricEvent, processRow, topOf } from './events.fixture.ts';
import { createStreamProcessor } from './stream-processor.ts';

test('every field of every event becomes a series under its key', () => {
  const processor = createStreamProcessor();
  for (let s = 0; s < 3; s++)
    processor.accept(
      metricEvent('disk', {
        values: { busyPercent: s },
        parts: { vda: { busyPercent: 10 * s }, 'a.b': { waitMs: s } },
      }),
      s * 1000,
    );
  assert.deepEqual(processor.keys(), ['disk.busyPercent', 'disk.vda.busyPercent', 'disk.a.b.waitMs']);
  assert.deepEqual([...(processor.window('disk.vda.busyPercent', 1000)?.values ?? [])], [10, 20]);
  assert.deepEqual([...(processor.window('disk.a.b.waitMs', 0)?.values ?? [])], [0, 1, 2]);
  for (const unknown of ['disk', 'disk.', '.', '', 'disk.waitMs', 'disk.sda.busyPercent', 'net.x'])
    assert.equal(processor.window(unknown, 0), null, unknown);
  assert.equal(processor.sizes().series, 3);
});

test('a value is the last only as long as it is not older than asked for', () => {
  const processor = createStreamProcessor();
  processor.accept(metricEvent('cpu', { values: { a: 1, b: null } }), 5000);
  assert.equal(processor.last('cpu.a', 5000), 1);
  assert.ok(Number.isNaN(processor.last('cpu.a', 5001)));
  assert.ok(Number.isNaN(processor.last('cpu.b', 0)));
  assert.ok(Number.isNaN(processor.last('cpu.c', 0)));
});

test('a thousand points a metric, five thousand events', () => {
  const processor = createStreamProcessor();
  for (let i = 0; i < 6000; i++) processor.accept(metricEvent('cpu', { values: { a: i } }, i), i);
  const { values = new Float64Array() } = processor.window('cpu.a', 0) ?? {};
  assert.deepEqual([values.length, values[0], values.at(-1)], [1000, 5000, 5999]);
  const events = processor.events(null, 1e6);
  assert.deepEqual([events.length, events[0]?.timestamp, events.at(-1)?.timestamp], [5000, 5999, 1000]);
  assert.deepEqual(processor.counts(), { cpu_metric: 6000 });
});

test('the newest event of each source, and what is known of processes', () => {
  const processor = createStreamProcessor();
  processor.accept(metricEvent('cpu', {}, 1), 0);
  processor.accept(metricEvent('processes', { top: topOf(processRow(5)) }, 2, 'process_metric'), 1);
  processor.accept(metricEvent('cpu', {}, 3), 2);
  assert.deepEqual(
    [...processor.latest()].map(([name, { timestamp }]) => [name, timestamp]),
    [
      ['cpu', 3],
      ['processes', 2],
    ],
  );
  assert.equal(processor.process(5)?.name, 'p5');
  processor.accept(metricEvent('syscalls', { parts: { 5: { read: 1 } } }, 4, 'syscall'), 3);
  const [event] = processor.events('syscall', 1);
  assert.ok(event?.event_type === 'syscall' && event.data.processes?.[0]?.name === 'p5');
});

test('a part that has gone is forgotten after an hour; there is an end to their number', () => {
  const processor = createStreamProcessor();
  processor.accept(metricEvent('network', { parts: { usb0: { a: 1 }, eth0: { a: 1 } } }), 0);
  processor.accept(metricEvent('network', { parts: { eth0: { a: 1 } } }), 3_500_000);
  assert.ok(processor.keys().includes('network.usb0.a'));
  processor.accept(metricEvent('network', { parts: { eth0: { a: 1 } } }), 3_700_000);
  assert.deepEqual(processor.keys(), ['network.eth0.a']);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`veth${i}`, { a: i }]));
  processor.accept(metricEvent('other', { parts: many }), 3_700_000);
  assert.equal(processor.keys().filter((key) => key.startsWith('other.')).length, 256);
});
