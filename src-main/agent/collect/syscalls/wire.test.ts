import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from './wire.ts';

const READING = {
  ts: 1_701_423_846_000_000,
  seconds: 1.001,
  calls: [{ name: 'read', count: 3, errors: 1, latencyLog2Ns: [0, 0, 2, 1] }],
  costCpuPercent: 0.4,
  source: 'bpftrace',
} as const;
const MESSAGE = { kind: 'reading', reading: READING, droppedReaders: 0, malformedLines: 2 } as const;

test('what the helper says is accepted as it is', () => {
  for (const message of [MESSAGE, { kind: 'unavailable', reason: 'no tracefs', fix: 'mount it' }])
    assert.deepEqual(parseMessage(JSON.stringify(message)), { ok: true, message });
});

test('what it would never say is refused, and not repeated', () => {
  const call = READING.calls[0];
  const withReading = (change: object) => ({ ...MESSAGE, reading: { ...READING, ...change } });
  const bad: unknown[] = [
    ...[null, 7, {}, { kind: 'other' }, { kind: 'unavailable', reason: 'x' }],
    ...[withReading({ seconds: 0 }), withReading({ ts: 1.5 }), withReading({ source: 'strace' })],
    ...[
      { ...call, name: '/etc/passwd' },
      { ...call, count: -1 },
      { ...call, errors: 0.5 },
    ].map((one) => withReading({ calls: [one] })),
    withReading({ calls: [{ ...call, latencyLog2Ns: Array.from({ length: 65 }, () => 0) }] }),
  ];
  for (const one of bad) {
    const found = parseMessage(JSON.stringify(one));
    assert.ok(!found.ok, JSON.stringify(one));
    assert.doesNotMatch(found.reason, /passwd|strace/);
  }
  assert.equal(parseMessage('{"kind":').ok, false);
});

test('what a newer helper adds is left out', () => {
  const found = parseMessage(JSON.stringify({ ...MESSAGE, arguments: ['secret'] }));
  assert.deepEqual(found, { ok: true, message: MESSAGE });
});
