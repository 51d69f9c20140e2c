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

test('the first event after a quiet time comes at once, the following ones together after the rest', async (t) => {
  const { server, read, restBetweenReads } = await ends(t);
  restBetweenReads(REST_MS);
  server.write('a');
  await sleep(ARRIVES_MS);
  for (const one of ['b', 'c', 'd']) {
    server.write(one);
    await sleep(ARRIVES_MS);
  }
  assert.deepEqual(read, ['a']);
  await sleep(REST_MS);
  assert.deepEqual(read, ['a', 'bcd']);
});

test('without a rest everything comes as it is written', async (t) => {
  const { server, read } = await ends(t);
  for (const one of ['a', 'b', 'c']) {
    server.write(one);
    await sleep(ARRIVES_MS);
  }
  assert.deepEqual(read, ['a', 'b', 'c']);
});

test('whoever waits for an answer has it at once, with what came before; then the rest goes on', async (t) => {
  const { server, read, restBetweenReads, waitsForAnswer } = await ends(t);
  restBetweenReads(REST_MS);
  server.write('a');
  await sleep(ARRIVES_MS);
  server.write('b');
  await sleep(ARRIVES_MS);
  const answered = waitsForAnswer();
  server.write('answer');
  await sleep(ARRIVES_MS);
  assert.equal(read.join(''), 'abanswer');
  answered();
  answered();
  server.write('c');
  await sleep(ARRIVES_MS);
  server.write('d');
  await sleep(ARRIVES_MS);
  assert.equal(read.join(''), 'abanswerc');
  await sleep(REST_MS);
  assert.equal(read.join(''), 'abanswercd');
});

test('an answer alone is followed by no rest', async (t) => {
  const { server, socket, read, restBetweenReads, waitsForAnswer } = await ends(t);
  restBetweenReads(REST_MS);
  const answered = waitsForAnswer();
  socket.once('data', answered);
  server.write('answer');
  await sleep(ARRIVES_MS);
  server.write('a');
  await sleep(ARRIVES_MS);
  assert.deepEqual(read, ['answer', 'a']);
});

test('a flood is read about as fast as it comes: the rests within it are short', async (t) => {
  const { server, bytes, restBetweenReads } = await ends(t);
  restBetweenReads(10_000);
  const flood = 8_000_000;
  server.write(Buffer.alloc(flood, 1));
  const from = performance.now();
  // What a socket of the system holds at most is an eighth of it: rests of ten seconds between would take more than a minute.
  while (bytes() < (flood * 7) / 8 && performance.now() - from < 9000) await sleep(5);
  assert.ok(bytes() >= (flood * 7) / 8, `${bytes()} bytes`);
});

test('a server that goes while nothing is read is told of after the rest, and nothing is left behind', async (t) => {
  const { server, socket, read, restBetweenReads } = await ends(t);
  restBetweenReads(REST_MS);
  const closed = new Promise((done) => socket.once('close', done));
  server.write('a');
  await sleep(ARRIVES_MS);
  server.end('b');
  await closed;
  assert.deepEqual(read, ['a', 'b']);
});
