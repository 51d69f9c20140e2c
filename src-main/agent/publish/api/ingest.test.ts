import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetricEvent } from '../../../../src-preload/contract.ts';
import type { InputEvent } from '../../events.ts';
import { apiFixture } from './api.fixture.ts';
import { createIngest, SERIES_AT_MOST, SOURCES_AT_MOST } from './ingest.ts';

function stage({ running = true, takeInput = null as ((event: InputEvent) => string | null) | null } = {}) {
  const taken: MetricEvent[] = [];
  // Only `running` of it is looked at.
  const stats = () => ({ running }) as never;
  const ingest = createIngest({ monitor: { take: (event) => taken.push(event), stats }, takeInput, nowMs: Date.now });
  return { ingest, taken, reasonOf: (event: unknown) => ingest.take(event)?.reason ?? null };
}

const metric = (change = {}) => ({
  ...{ timestamp: Date.now() * 1000, event_type: 'cpu_metric', source: 'ups', data: { values: { loadPercent: 12 } } },
  ...change,
});
const key = (change = {}) => ({ type: 'keystroke', ts: Date.now() * 1000, key: 'a', event: 'press', ...change });

test('a metric is taken under a name that no source of this machine can have', () => {
  const { ingest, taken } = stage();
  const event = metric();
  assert.equal(ingest.take(event), null);
  assert.deepEqual(taken, [{ ...event, source: 'ingest:ups', data: { values: { loadPercent: 12 }, parts: {} } }]);
  assert.deepEqual(ingest.counts(), { accepted: 1, refused: 0, lastRefusal: null });
});

test('nobody may speak for the owner, for processes or for the detectors', () => {
  const { ingest, taken, reasonOf } = stage();
  for (const event of [
    key(),
    { ...key(), source: 'cpu' },
    { type: 'mouse', ts: 1, x: 1, y: 1, event: 'move' },
    { type: 'app' },
  ]) {
    const refusal = ingest.take(event);
    assert.equal(refusal?.kind, 'forbidden');
    assert.match(refusal?.reason ?? '', /^this run watches the keyboard and mouse of this machine/);
  }
  for (const event_type of ['process_metric', 'syscall', 'anomaly', 'trend', 'gpu_metric'])
    assert.match(reasonOf(metric({ event_type })) ?? '', /^"event_type" is not accepted/);
  const top = { byCpu: [], byMemory: [], byGrowth: [], byDisk: [] };
  assert.notEqual(reasonOf(metric({ data: { values: {}, top } })), null);
  assert.deepEqual([taken, ingest.counts().refused], [[], 10]);
});

test('what is malformed is refused with a reason that does not repeat it', () => {
  const { reasonOf, taken } = stage();
  const secret = 'hunter2';
  const cases: readonly unknown[] = [
    ...[
      null,
      secret,
      7,
      [],
      {},
      metric({ source: 'UPS' }),
      metric({ source: 'a.b' }),
      metric({ source: secret.repeat(9) }),
    ],
    ...[metric({ [secret]: 1 }), metric({ timestamp: secret }), metric({ timestamp: 1.5 })],
    metric({ data: { values: { [`${secret}.x`]: 1 } } }),
    metric({ data: { values: { load: secret } } }),
    metric({ data: { values: [] } }),
    metric({ data: { values: {}, parts: { vda: [] } } }),
    metric({ data: { values: {}, parts: { [`\u0000${secret}`]: {} } } }),
    metric({ data: { values: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, i])) } }),
    metric({ timestamp: Date.now() * 1000 + 60e6 }),
    metric({ timestamp: Date.now() * 1000 - 61e6 }),
  ];
  for (const event of cases) {
    const reason = reasonOf(event);
    assert.ok(
      reason !== null && reason.length < 200 && !reason.includes(secret),
      `${JSON.stringify(event)}: ${reason}`,
    );
  }
  assert.deepEqual(taken, []);
});

test('a source may not tell too often, nor be one of too many, nor have too many series', () => {
  const { reasonOf } = stage();
  assert.equal(reasonOf(metric()), null);
  assert.equal(reasonOf(metric()), 'a source may tell something once in 500 ms');
  for (let i = 1; i < SOURCES_AT_MOST; i++) assert.equal(reasonOf(metric({ source: `s${i}` })), null);
  assert.equal(reasonOf(metric({ source: 'other' })), 'there are 16 sources already, which is the most');

  const wide = stage();
  const fields = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, i]));
  const parts = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`p${i}`, fields]));
  assert.equal(wide.reasonOf(metric({ data: { values: {}, parts } })), null);
  const more = metric({ source: 'b', data: { values: fields } });
  assert.equal(wide.reasonOf(more), `with it there would be more than ${SERIES_AT_MOST} series, which is the most`);
});

test('with the monitor turned off nothing is taken', () => {
  const { ingest } = stage({ running: false });
  assert.deepEqual(ingest.take(metric()), { kind: 'unavailable', reason: 'the host monitor is turned off' });
});

test('in a run that takes them, input events go through, in order and of now alone', () => {
  const events: InputEvent[] = [];
  const { ingest, reasonOf } = stage({ takeInput: (event) => (events.push(event), null) });
  const nowUs = Date.now() * 1000;
  assert.equal(reasonOf(key({ ts: nowUs })), null);
  assert.equal(reasonOf(key({ ts: nowUs + 80_000, event: 'release' })), null);
  assert.equal(reasonOf(key({ ts: nowUs })), '"ts" lies before that of the event taken last');
  assert.match(reasonOf(key({ ts: nowUs + 60e6 })) ?? '', /^"ts" lies \d+ s in the future$/);
  assert.match(reasonOf(key({ event: 'hold' })) ?? '', /^"event" is not accepted/);
  assert.deepEqual(events, [key({ ts: nowUs }), key({ ts: nowUs + 80_000, event: 'release' })]);
  assert.deepEqual(ingest.counts().accepted, 2);
  const late = stage({ takeInput: () => null });
  assert.equal(late.reasonOf(key({ ts: nowUs - 61e6 })), 'it is older than a minute');
});

test('over HTTP: a batch is taken event by event; what was taken can be read', async (t) => {
  const api = await apiFixture(t);
  await api.alarm.pass(1500);
  const post = async (body: unknown) => {
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' };
    const answer = await api.ask('/ingest', { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, value: JSON.parse(answer.body) as Record<string, unknown> };
  };
  const mixed = await post([metric(), key(), metric({ source: 'b' }), 7]);
  assert.equal(mixed.status, 200);
  assert.deepEqual([mixed.value['accepted'], mixed.value['refused']], [2, 2]);
  assert.deepEqual(
    (mixed.value['reasons'] as { index: number }[]).map(({ index }) => index),
    [1, 3],
  );
  assert.deepEqual((await post([])).value, { accepted: 0, refused: 0, reasons: [] });
  assert.equal((await post(key())).status, 403);
  const bad = await post(metric({ event_type: 'anomaly' }));
  assert.deepEqual([bad.status, bad.value['status']], [422, 422]);
  await api.alarm.pass(1000);
  const read = await api.ask('/metrics/history?metric_key=ingest:ups.loadPercent');
  const { points, unit } = JSON.parse(read.body) as { points: [number, number][]; unit: string };
  assert.deepEqual([points.map(([, value]) => value), unit], [[12], '%']);
});
