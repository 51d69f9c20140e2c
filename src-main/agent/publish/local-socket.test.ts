import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testFolder } from '../store/test-folder.ts';
import { createAgentFixture, SNAPSHOT } from './agent.fixture.ts';
import { CONNECTIONS_AT_MOST, listenLocally, REQUEST_CHARACTERS_AT_MOST } from './local-socket.ts';

const GREETING = { ok: true, pid: 7, version: '1.2.3', startedMs: 5 };
const SKIP = { skip: process.platform === 'win32', timeout: 30_000 };

async function serving(t: TestContext, folder = testFolder(t)) {
  const agent = createAgentFixture();
  const server = await listenLocally(folder, { ...agent, pid: 7, version: '1.2.3', startedMs: 5 });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await server.close();
    open = false;
  };
  t.after(close);
  return { agent, folder, close, path: join(folder, 'agent.sock') };
}

/** A client that knows nothing of ours: text in, lines of JSON out. */
function client(t: TestContext, path: string) {
  const socket = connect(path);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  // A server that hangs up on us may do so while we write.
  socket.on('error', () => socket.destroy());
  t.after(() => void socket.destroy());
  const messages = (): unknown[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  const closed = once(socket, 'close');
  const received = async (count: number): Promise<unknown[]> => {
    while (messages().length < count) await Promise.race([once(socket, 'data'), closed.then(() => assert.fail(text))]);
    return messages();
  };
  return { socket, closed, messages, received };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (holds()) return;
    await sleep(10);
  }
  assert.fail(`waited ten seconds in vain: ${what}`);
}

const FIRST = [GREETING, { push: 'snapshot', data: SNAPSHOT }];
const ANSWER = (id: number) => ({ id, ok: true, result: SNAPSHOT });

test('greets, pushes, answers; the file is its owner’s alone', SKIP, async (t) => {
  const { agent, path, close } = await serving(t);
  assert.equal(lstatSync(path).mode & 0o777, 0o600);
  const { socket, received, closed } = client(t, path);
  assert.deepEqual(await received(2), FIRST);
  socket.write('{"id":1,"call":"snapshot"}\n{"id":2,"call":"tr');
  assert.deepEqual((await received(3))[2], ANSWER(1));
  socket.write('ustHistory","arg":{"minutes":0}}\n');
  const [, , , refused] = (await received(4)) as { id: number; ok: boolean; error: string }[];
  assert.deepEqual([refused?.id, refused?.ok], [2, false]);
  assert.match(refused?.error ?? '', /^trustHistory: argument: minutes/);
  const point = { atMs: 5, trust: 60, low: 50, high: 70, state: 'MONITORING' } as const;
  agent.push({ push: 'trustPoint', data: point });
  assert.deepEqual((await received(5))[4], { push: 'trustPoint', data: point });
  await close();
  await closed;
  assert.equal(agent.listeners(), 0);
  assert.ok(!existsSync(path));
});

test('lines that are no request are passed over', SKIP, async (t) => {
  const { agent, path } = await serving(t);
  const { socket, received } = client(t, path);
  socket.write(
    'no json\n\n\u0000\u0001\n{"id":\n[[[[\n"train"\n{"id":-1,"call":"train"}\n{"id":4,"call":"snapshot"}\n',
  );
  assert.deepEqual(await received(3), [...FIRST, ANSWER(4)]);
  assert.deepEqual(agent.calls, ['snapshot']);
});

test('a request of 64 k characters is read, a longer one ends its connection and no other', SKIP, async (t) => {
  const { agent, path } = await serving(t);
  const padded = (id: number, length: number) => {
    const head = `{"id":${id},"call":"snapshot","pad":"`;
    return `${head}${'x'.repeat(length - head.length - 2)}"}`;
  };
  assert.equal(padded(1, 100).length, 100);
  const [good, bad] = [client(t, path), client(t, path)];
  good.socket.write(`${padded(1, REQUEST_CHARACTERS_AT_MOST)}\n`);
  assert.deepEqual((await good.received(3))[2], ANSWER(1));
  // Without an end of line, too.
  bad.socket.write(padded(2, REQUEST_CHARACTERS_AT_MOST + 1));
  await bad.closed;
  good.socket.write('{"id":3,"call":"snapshot"}\n');
  assert.deepEqual((await good.received(4))[3], ANSWER(3));
  assert.deepEqual(agent.calls, ['snapshot', 'snapshot']);
  await until('the bad one is forgotten', () => agent.listeners() === 1);
});

test('a client that does not read is dropped, one that does is not', SKIP, async (t) => {
  const { agent, path } = await serving(t);
  const [slow, prompt] = [client(t, path), client(t, path)];
  await slow.received(2);
  await prompt.received(2);
  slow.socket.pause();
  const data = { ...SNAPSHOT, sentence: 'x'.repeat(2000) };
  // A megabyte waits for it and the kernel holds some more; 40 MB are far beyond both.
  let sent = 0;
  for (; sent < 20_000 && agent.listeners() === 2; sent++) {
    agent.push({ push: 'snapshot', data });
    if (sent % 10 === 0) await sleep(1);
  }
  await until('the slow one is gone', () => agent.listeners() === 1);
  prompt.socket.write('{"id":1,"call":"snapshot"}\n');
  await until('the prompt one is answered', () => prompt.messages().length === 2 + sent + 1);
  assert.deepEqual(prompt.messages().at(-1), ANSWER(1));
});

test('who leaves answers unread gets no new ones made', SKIP, async (t) => {
  const { agent, path } = await serving(t);
  const { socket, received, messages } = client(t, path);
  await received(2);
  socket.pause();
  const asked = 3000;
  for (let id = 0; id < asked; id++) {
    socket.write(`{"id":${id},"call":"snapshot"}\n`);
    // Few enough at once for none to be refused while it reads them.
    if (id % 20 === 0) await sleep(1);
  }
  let made = -1;
  while (made !== agent.calls.length) {
    made = agent.calls.length;
    await sleep(100);
  }
  assert.ok(made > 0 && made < asked, `${made} of ${asked} were answered`);
  // Nobody was cut off: with reading, every request is answered after all.
  socket.resume();
  await until('all are answered', () => messages().length === 2 + asked);
});

test('more connections than allowed are refused in words until one has gone', SKIP, async (t) => {
  const { agent, path } = await serving(t);
  const first = client(t, path);
  await first.received(2);
  for (let i = 1; i < CONNECTIONS_AT_MOST; i++) await client(t, path).received(2);
  const refused = client(t, path);
  await refused.closed;
  const error = 'Too many commands are talking to SecLyzer. End one of them.';
  assert.deepEqual(refused.messages(), [{ ok: false, error }]);
  first.socket.destroy();
  await until('there is room', () => agent.listeners() === CONNECTIONS_AT_MOST - 1);
  assert.deepEqual(await client(t, path).received(2), FIRST);
});

test('the socket of a dead agent is replaced', SKIP, async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'agent.sock');
  const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  assert.equal(spawnSync(process.execPath, ['-e', program]).signal, 'SIGKILL');
  assert.ok(lstatSync(path).isSocket());
  await serving(t, folder);
  assert.deepEqual(await client(t, path).received(2), FIRST);
});

test('a file that is no socket is left alone, and said', SKIP, async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'agent.sock');
  writeFileSync(path, 'mine');
  await assert.rejects(serving(t, folder), { message: `${path} is in the way and is no socket. Move it elsewhere.` });
  assert.equal(readFileSync(path, 'utf8'), 'mine');
  await assert.rejects(serving(t, join(folder, 'none')), { code: 'EACCES' });
});

test('in a deep folder it serves and goes as well', { skip: process.platform !== 'linux' }, async (t) => {
  const folder = join(testFolder(t), 'd'.repeat(200));
  mkdirSync(folder);
  const { path, close } = await serving(t, folder);
  assert.ok(lstatSync(path).isSocket());
  await close();
  assert.ok(!existsSync(path));
});
