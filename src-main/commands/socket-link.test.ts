import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { MainMessage, Push } from '../../src-preload/contract.ts';
import { syntheticOptions } from '../agent/options.fixture.ts';
import { createAgentFixture, SNAPSHOT } from '../agent/publish/agent.fixture.ts';
import { listenLocally } from '../agent/publish/local-socket.ts';
import { testFolder } from '../agent/store/test-folder.ts';
import { linkToAgent, NotRunning } from './agent-link.ts';
import { ended, startCli, type Ended } from './cli.fixture.ts';

const SKIP = { skip: process.platform === 'win32', timeout: 60_000 };

async function linked(t: TestContext, folder: string, change: Partial<ReturnType<typeof createAgentFixture>> = {}) {
  const agent = createAgentFixture();
  const server = await listenLocally(folder, { ...agent, ...change, pid: 7, version: '1.2.3', startedMs: 5 });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await server.close();
    open = false;
  };
  t.after(close);
  return { agent, close, link: await linkToAgent(folder) };
}

test('says who answers, calls, and passes refusals on', SKIP, async (t) => {
  const { agent, link } = await linked(t, testFolder(t));
  assert.deepEqual([link.pid, link.version, link.startedMs, link.url], [7, '1.2.3', 5, null]);
  assert.deepEqual(await link.call('snapshot'), SNAPSHOT);
  assert.deepEqual(await link.call('trustHistory', { minutes: 30 }), []);
  assert.equal(await link.call('restartEnrolment'), null);
  await assert.rejects(link.call('trustHistory', { minutes: 0 }), /^Error: trustHistory: argument: minutes/);
  assert.deepEqual(agent.calls, ['snapshot', 'trustHistory 30', 'restartEnrolment']);
});

test(
  'works in a folder too deep for a socket’s address',
  { ...SKIP, skip: process.platform !== 'linux' },
  async (t) => {
    const folder = join(testFolder(t), 'd'.repeat(200));
    await assert.rejects(linkToAgent(folder), NotRunning);
    mkdirSync(folder);
    const { link } = await linked(t, folder);
    assert.deepEqual(await link.call('snapshot'), SNAPSHOT);
  },
);

test('pushes begin with a snapshot, end when the reader leaves, aborts, or the agent ends', SKIP, async (t) => {
  const { agent, link, close } = await linked(t, testFolder(t));
  const until = async (listeners: number): Promise<void> => {
    while (agent.listeners() !== listeners) await new Promise((next) => setImmediate(next));
  };
  for await (const push of link.pushes(new AbortController().signal)) {
    assert.deepEqual(push, { push: 'snapshot', data: SNAPSHOT });
    break;
  }
  await until(0);

  const abort = new AbortController();
  const names: string[] = [];
  for await (const { push } of link.pushes(abort.signal)) {
    names.push(push);
    if (names.length === 1) {
      agent.push({ push: 'trustPoint', data: { atMs: 5, trust: 60, low: 50, high: 70, state: 'MONITORING' } });
    } else abort.abort();
  }
  assert.deepEqual(names, ['snapshot', 'trustPoint']);
  await until(0);
  for await (const push of link.pushes(abort.signal)) assert.fail(push.push);

  const seen: Push[] = [];
  for await (const push of link.pushes(new AbortController().signal)) {
    seen.push(push);
    await close();
  }
  assert.equal(seen.length, 1);
});

test('a call ends in words when the agent does; afterwards there is none', SKIP, async (t) => {
  const folder = testFolder(t);
  let called = (): void => undefined;
  const began = new Promise<void>((resolve) => (called = resolve));
  const { handlers } = createAgentFixture();
  const train = (): Promise<string[]> => {
    called();
    return new Promise(() => undefined);
  };
  const { link, close } = await linked(t, folder, { handlers: { ...handlers, train } });
  const call = assert.rejects(link.call('train'), { message: 'The agent stopped before it answered.' });
  await began;
  await close();
  await call;
  await assert.rejects(link.call('snapshot'), { message: 'The agent stopped before it answered.' });
  await assert.rejects(linkToAgent(folder), NotRunning);
});

test('what an agent makes up is not believed', SKIP, async (t) => {
  const folder = testFolder(t);
  let lines: unknown[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  });
  server.listen(join(folder, 'agent.sock'));
  await once(server, 'listening');
  t.after(() => void server.close());
  const greeting = { ok: true, pid: 7, version: '1.2.3', startedMs: 5 };
  lines = [{ hello: 'there' }];
  await assert.rejects(linkToAgent(folder), /^Error: The agent is of another version/);
  lines = [{ ok: false, error: 'full' }];
  await assert.rejects(linkToAgent(folder), { message: 'full' });
  lines = [greeting];
  const link = await linkToAgent(folder);
  lines = [greeting, { push: 'snapshot', data: {} }];
  await assert.rejects(link.call('train'), /push snapshot: /);
  lines = [greeting, { id: 1, ok: 'yes' }];
  await assert.rejects(link.call('train'), /response: /);
  lines = [greeting, { id: 2, ok: true, result: ['of another call'] }, { id: 1, ok: true, result: [1] }];
  await assert.rejects(link.call('train'), /train: result: /);
});

/** The agent's process as the tray starts it, on invented input. */
async function trayAgent(t: TestContext, dataDir: string) {
  const child = fork(resolve(import.meta.dirname, '../agent/host-electron.ts'), ['1.2.3'], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', ({ kind }: { kind: string }) => void (kind === 'ready' && resolve()));
    child.once('exit', () => reject(new Error('the agent ended before it was ready')));
  });
  const send = (message: MainMessage): void => void child.send(message);
  send({ kind: 'start', options: syntheticOptions(dataDir) });
  await ready;
  return { child, exited, stop: () => send({ kind: 'stop' }) };
}

const cli = (home: string, ...args: string[]): Promise<Ended> => ended(startCli(home, args));

test('status, train and enrol reach the agent of the tray', SKIP, async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'agent.sock');
  const { child, exited, stop } = await trayAgent(t, folder);
  while (!existsSync(path)) await new Promise((next) => setTimeout(next, 10));
  assert.equal(lstatSync(path).mode & 0o777, 0o600);

  const status = await cli(folder, 'status', '--data', folder);
  assert.equal(status.code, 0, status.err);
  assert.match(status.out, /^Trust +— {2}learning$/m);
  assert.match(status.out, /^Dashboard +open it from the tray$/m);
  assert.match(status.out, new RegExp(`^Process +${child.pid}, version 1\\.2\\.3$`, 'm'));
  const json = JSON.parse((await cli(folder, 'status', '--json', '--data', folder)).out) as Record<string, unknown>;
  assert.deepEqual([json['running'], json['pid'], json['url']], [true, child.pid, null]);
  assert.equal((json['snapshot'] as { state: string }).state, 'LEARNING');

  const { out, err } = await cli(folder, 'train', '--data', folder);
  assert.match(out + err, /not trained/i);

  // Enrolment takes minutes; the agent goes as soon as it has been shown how far it is.
  const enrolling = startCli(folder, ['enrol', '--restart', '--data', folder]);
  let said = '';
  enrolling.stderr?.on('data', (part: string) => {
    said += part;
    if (/^\d+ % /m.test(said)) stop();
  });
  const enrol = await ended(enrolling);
  assert.equal(enrol.code, 1);
  assert.match(enrol.err, /^Forgotten\./);
  assert.match(enrol.err, /^The agent .*before it had learned enough\./m);
  assert.deepEqual(await exited, [0, null]);
  assert.ok(!existsSync(path));
  assert.equal(
    (await cli(folder, 'status', '--data', folder)).err,
    `SecLyzer is not running on ${folder}. Start it: seclyzer run\n`,
  );
});

test('an agent without its socket runs all the same, and the command says that it cannot reach it', SKIP, async (t) => {
  const folder = testFolder(t);
  mkdirSync(join(folder, 'agent.sock'));
  const { exited, stop } = await trayAgent(t, folder);
  const { code, err } = await cli(folder, 'status', '--data', folder);
  assert.equal(code, 1);
  assert.match(err, /^SecLyzer runs on .*, but takes no commands\. Try again in a moment, or open its dashboard/);
  stop();
  assert.deepEqual(await exited, [0, null]);
});
