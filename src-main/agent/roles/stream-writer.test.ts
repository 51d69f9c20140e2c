import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SYSTEM_ALARM, type Alarm } from '../collect/keep-running.ts';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import { createCipher } from '../store/cipher.ts';
import type { SealedEntry } from './append.ts';
import { openEntry, type Entry } from './entry.ts';
import { createHopEntries } from './hop-entries.ts';
import { createStreamWriter, type WriterView } from './stream-writer.ts';

const cipher = createCipher(Buffer.alloc(32, 1));
const entry = (ts: number): Entry => ({ ts, host: 'desk', user: 'ada', id: 'f00d', windows: [], switches: [] });

function writerFor(bound?: number) {
  const rings: (() => void)[] = [];
  const alarm: Alarm = { ...SYSTEM_ALARM, after: (_, ring) => (rings.push(ring), () => undefined) };
  const sent: SealedEntry[][] = [];
  const told: WriterView[] = [];
  const server = { refuses: false };
  const writer = createStreamWriter({
    append: async (entries) => {
      sent.push([...entries]);
      if (server.refuses) throw new Error('the connection is gone');
    },
    ...{ cipher, subject: 'ada', run: 3, alarm, told: (view: WriterView) => told.push(view) },
    ...(bound === undefined ? {} : { bound }),
  });
  const places = (batch = -1) => sent.at(batch)?.map(({ at }) => `${at.run}:${at.seq}`);
  return { writer, sent, told, server, places, ring: () => rings.shift()?.() };
}

test('what may have come through is sent again under the same numbers, before anything that is new', async () => {
  const { writer, sent, told, server, places, ring } = writerFor();
  writer.take(entry(1));
  await writer.settled();
  assert.deepEqual([places(), writer.view().sent], [['3:1'], 1]);
  server.refuses = true;
  writer.take(entry(2));
  writer.take(entry(3));
  await writer.settled();
  assert.deepEqual(places(), ['3:2']);
  assert.deepEqual(writer.view(), { sent: 1, dropped: 0, waiting: 2, reason: 'the connection is gone' });
  writer.take(entry(4));
  assert.equal(sent.length, 2, 'nothing is tried before its time');
  server.refuses = false;
  ring();
  await writer.settled();
  assert.deepEqual([places(-2), places()], [['3:2'], ['3:3', '3:4']]);
  assert.deepEqual(writer.view(), { sent: 4, dropped: 0, waiting: 0, reason: null });
  assert.deepEqual(
    told.map(({ reason }) => reason),
    ['the connection is gone', null],
  );
  const [last] = sent.at(-1)?.slice(-1) ?? [];
  assert.equal(openEntry(cipher, 'ada', { run: 3, seq: 4 }, last?.sealed ?? Buffer.alloc(0)).ts, 4);
});

test('while nobody takes them the oldest go, and are counted; what is under way is not among them', async () => {
  const { writer, server, places, ring } = writerFor(2);
  server.refuses = true;
  for (let i = 1; i <= 6; i += 1) {
    writer.take(entry(i));
    await writer.settled();
  }
  assert.deepEqual([writer.view().dropped, writer.view().waiting], [3, 3]);
  server.refuses = false;
  ring();
  await writer.settled();
  assert.deepEqual([places(-2), places()], [['3:1'], ['3:5', '3:6']]);
});

test('whoever stops gives what waits a last try', async () => {
  const { writer, server, sent } = writerFor();
  server.refuses = true;
  writer.take(entry(1));
  await writer.settled();
  await writer.stop();
  assert.deepEqual([sent.length, writer.view().waiting], [2, 1]);
});

test('windows that end together are one entry; switches alone wait for five seconds', async () => {
  const entries: Entry[] = [];
  const emit = (one: Entry): void => void entries.push(one);
  const take = createHopEntries({ host: 'desk', user: 'ada', id: 'f00d', hourOf: () => 7, emit });
  const features = (modality: 'keystroke' | 'mouse', ts: number): OutletRecord => ({
    ...{ kind: 'features', modality, ts, events: 9, raw: 40, fresh: 8, names: [], values: Float32Array.of(1) },
  });
  const score = (ts: number): OutletRecord => ({
    ...{ kind: 'score', ts, trust: null, low: null, high: null, state: 'LEARNING', modalities: [] },
  });
  const change = (ts: number): OutletRecord => ({ kind: 'transition', ts, from: 'a', to: 'b', dwellS: 9000 });
  take(change(1e6));
  take(score(5e6));
  take(features('keystroke', 5e6));
  take(features('mouse', 5e6));
  await Promise.resolve();
  assert.equal(entries.length, 1);
  assert.deepEqual(
    entries[0]?.windows.map(({ modality, count, events, fresh }) => [modality, count, events, fresh]),
    [
      ['keystroke', 9, 40, 8],
      ['mouse', 9, 40, 8],
    ],
  );
  // A stay of half an hour at the most, as the agent learns it.
  assert.deepEqual(entries[0]?.switches, [{ from: 'a', to: 'b', dwellMs: 1_800_000, hour: 7 }]);
  take(change(10e6));
  for (let s = 11; s < 15; s += 1) take(score(s * 1e6));
  assert.equal(entries.length, 1);
  take(score(15e6));
  assert.deepEqual([entries[1]?.ts, entries[1]?.windows.length, entries[1]?.switches.length], [15e6, 0, 1]);
});
