import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectXSocket, type XSocket } from './x-socket.ts';

interface Ends extends XSocket {
  readonly server: Socket;
  /** What was handed over, a string for each time. */
  readonly read: string[];
  readonly bytes: () => number;
}

/** A real socket on a path, as an X server has it. */
async function ends(t: TestContext): Promise<Ends> {
  const folder = mkdtempSync(join(tmpdir(), 'seclyzer-x-socket-'));
  const listener = createServer();
  t.after(() => {
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'x');
  await new Promise<void>((done) => listener.listen(path, done));
  const arrived = new Promise<Socket>((done) => listener.once('connection', done));
  const x = connectXSocket({ path });
  const read: string[] = [];
  x.socket.on('data', (data: Buffer) => read.push(data.toString('latin1')));
  t.after(() => x.socket.destroy());
  const server = await arrived;
  // It is hung up on while it writes.
  server.on('error', () => undefined);
  return { ...x, server, read, bytes: () => read.reduce((sum, { length }) => sum + length, 0) };
}

/** Time for what is on its way, much shorter than the rest. */
const ARRIVES_MS = 60;
const REST_MS = 600;

/** A piece that was written is there; two are not written so fast that they become one. */
async function arrived({ read }: Ends, pieces: number): Promise<void> {
  for (let turn = 0; turn < 500 && read.length < pieces; turn += 1) await sleep(5);
}

test('the first event after a quiet time comes at once, the following ones together after the rest', async (t) => {
  const x = await ends(t);
  x.socket.on('data', () => x.restAfterwards(REST_MS));
  x.server.write('a');
  await arrived(x, 1);
  const from = performance.now();
  for (const one of ['b', 'c', 'd']) x.server.write(one);
  await arrived(x, 2);
  assert.deepEqual(x.read, ['a', 'bcd']);
  assert.ok(performance.now() - from > REST_MS - 100);
});

test('without a rest everything comes as it is written', async (t) => {
  const x = await ends(t);
  for (const [i, one] of ['a', 'b', 'c'].entries()) {
    x.server.write(one);
    await arrived(x, i + 1);
  }
  assert.deepEqual(x.read, ['a', 'b', 'c']);
});

test('whoever waits for an answer has it at once, with what came before; then the rest goes on', async (t) => {
  const x = await ends(t);
  x.socket.once('data', () => x.restAfterwards(REST_MS));
  x.server.write('a');
  await arrived(x, 1);
  x.server.write('b');
  await sleep(ARRIVES_MS);
  assert.deepEqual(x.read, ['a']);
  const answered = x.waitsForAnswer();
  x.server.write('answer');
  while (!x.read.join('').endsWith('answer')) await sleep(5);
  answered();
  answered();
  // Nothing has asked for a rest again: it is the one that was cut short. It begins when something has been read.
  x.server.write('c');
  while (!x.read.join('').endsWith('c')) await sleep(5);
  x.server.write('d');
  await sleep(ARRIVES_MS);
  assert.equal(x.read.join(''), 'abanswerc');
  await sleep(REST_MS);
  assert.equal(x.read.join(''), 'abanswercd');
});

test('a flood is read about as fast as it comes: the rests within it are short', async (t) => {
  const { server, socket, bytes, restAfterwards } = await ends(t);
  socket.on('data', () => restAfterwards(10_000));
  const flood = 8_000_000;
  server.write(Buffer.alloc(flood, 1));
  const from = performance.now();
  // What a socket of the system holds at most is an eighth of it: rests of ten seconds between would take more than a minute.
  while (bytes() < (flood * 7) / 8 && performance.now() - from < 9000) await sleep(5);
  assert.ok(bytes() >= (flood * 7) / 8, `${bytes()} bytes`);
});

test('a server that goes while nothing is read is told of after the rest', async (t) => {
  const x = await ends(t);
  x.socket.on('data', () => x.restAfterwards(REST_MS));
  let closed = false;
  x.socket.once('close', () => (closed = true));
  x.server.write('a');
  await arrived(x, 1);
  x.server.end('b');
  await sleep(ARRIVES_MS);
  assert.equal(closed, false);
  await arrived(x, 2);
  for (let turn = 0; turn < 500 && !closed; turn += 1) await sleep(5);
  assert.deepEqual([x.read, closed], [['a', 'b'], true]);
});

test('a socket that is closed leaves no timer behind, at rest or while it is read', async (t) => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  for (const when of ['at rest', 'while it is read'] as const) {
    const x = await ends(t);
    x.socket.on('data', () => {
      x.restAfterwards(60_000);
      if (when === 'while it is read') x.socket.destroy();
    });
    const before = timers();
    x.server.write('a');
    await arrived(x, 1);
    await sleep(ARRIVES_MS);
    if (when === 'at rest') assert.equal(timers(), before + 1);
    x.socket.destroy();
    await sleep(ARRIVES_MS);
    assert.equal(timers(), before, when);
  }
});
