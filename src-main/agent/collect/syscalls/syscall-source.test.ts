import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { listenForReaders } from '../../../syscalls/broadcast.ts';
import type { MetricData } from '../../../../src-preload/contract.ts';
import { testFolder } from '../../store/test-folder.ts';
import type { HostReader } from '../host/host-source.ts';
import { UnavailableError } from '../unavailable.ts';
import { createSyscallSource } from './syscall-source.ts';
import type { HelperMessage } from './wire.ts';

const skip = process.platform === 'linux' ? false : 'system calls are counted on Linux alone';
const moment = (s: number) => ({ timestampUs: s * 1e6, steadyMs: s * 1000, elapsedS: 1 });
const counted = (count: number): HelperMessage => ({
  kind: 'reading',
  reading: {
    ...{ ts: count, seconds: 1, costCpuPercent: 0.5, source: 'bpftrace' },
    calls: [{ name: 'read', count, errors: 1, latencyLog2Ns: [count] }],
  },
  ...{ droppedReaders: 0, malformedLines: 0 },
});

/** Asks until something has come; a throw is an answer. */
async function soon(reader: HostReader, from = 0): Promise<MetricData> {
  for (let s = from; s < from + 400; s += 0.01) {
    const data = await reader.read(moment(s));
    if (data !== null) return data;
    await wait(5);
  }
  throw new Error('nothing came');
}
const lackOf = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UnavailableError);
  return error.found.reason;
};

test('each reading becomes one event; the newest is there in full', { skip }, async (t) => {
  const socketFile = join(testFolder(t), 's.sock');
  const broadcast = await listenForReaders({ socketFile, gid: null });
  t.after(broadcast.close);
  const { source, newest } = createSyscallSource(socketFile);
  assert.deepEqual([await source.available(), newest().ok], [{ ok: true }, false]);
  const reader = source.open();
  t.after(reader.close);
  broadcast.send(counted(100));
  assert.equal((await soon(reader)).values['callsPerSecond'], 100);
  assert.equal(await reader.read(moment(3)), null);
  broadcast.send(counted(7));
  assert.equal((await soon(reader, 4)).values['callsPerSecond'], 7);
  const answer = newest();
  assert.ok(answer.ok);
  assert.deepEqual([answer.reading.ts, answer.reading.calls[0]?.latencyLog2Ns], [7, [7]]);
});

test('no helper, one that goes, one that comes back', { skip }, async (t) => {
  const socketFile = join(testFolder(t), 's.sock');
  const { source, newest } = createSyscallSource(socketFile);
  const found = await source.available();
  assert.ok(!found.ok && /does not run/.test(found.reason) && /--install/.test(found.fix));
  const early = source.open();
  assert.match(await lackOf(soon(early)), /does not run/);
  early.close();
  const first = await listenForReaders({ socketFile, gid: null });
  first.send(counted(1));
  const reader = source.open();
  await soon(reader);
  await first.close();
  assert.match(await lackOf(soon(reader, 1)), /has ended/);
  const gone = newest();
  assert.ok(!gone.ok && /has ended/.test(gone.reason));
  reader.close();
  const second = await listenForReaders({ socketFile, gid: null });
  t.after(second.close);
  second.send(counted(2));
  const again = source.open();
  t.after(again.close);
  assert.equal((await soon(again)).values['callsPerSecond'], 2);
  assert.equal(newest().ok, true);
});

test('a helper that can not count says why; one that says nothing any more is given up', { skip }, async (t) => {
  const socketFile = join(testFolder(t), 's.sock');
  const broadcast = await listenForReaders({ socketFile, gid: null });
  t.after(broadcast.close);
  const { source } = createSyscallSource(socketFile);
  broadcast.send({ kind: 'unavailable', reason: 'no tracefs', fix: 'mount it' });
  const reader = source.open();
  assert.equal(await lackOf(soon(reader)), 'no tracefs');
  reader.close();
  broadcast.send(counted(1));
  const next = source.open();
  t.after(next.close);
  await soon(next);
  assert.equal(await next.read(moment(100)), null);
  assert.equal(await next.read(moment(109)), null);
  assert.throws(() => next.read(moment(111)), /says nothing/);
});

test('lines that are none of the helper’s are counted, and endless ones end the connection', { skip }, async (t) => {
  const socketFile = join(testFolder(t), 's.sock');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(`nonsense\n{"kind":"reading"}\n${JSON.stringify(counted(5))}\n`);
    setTimeout(() => socket.write('x'.repeat(600_000)), 50);
  }).listen(socketFile);
  t.after(() => server.close());
  const { source, malformed } = createSyscallSource(socketFile);
  const reader = source.open();
  t.after(reader.close);
  assert.equal((await soon(reader)).values['callsPerSecond'], 5);
  assert.equal(malformed(), 2);
  assert.match(await lackOf(soon(reader, 1)), /has ended/);
  assert.equal(malformed(), 3);
});

test('what is no socket is no helper', { skip }, async (t) => {
  const file = join(testFolder(t), 'file');
  writeFileSync(file, '');
  const reader = createSyscallSource(file).source.open();
  t.after(reader.close);
  assert.match(await lackOf(soon(reader)), /does not run/);
});
