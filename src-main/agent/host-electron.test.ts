import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import type { AuditEntry, MainMessage, Snapshot } from '../../src-preload/contract.ts';
import { syntheticOptions } from './options.fixture.ts';

/** The real host as a child process of plain Node, as the shell starts it; the real agent behind it, with a synthetic typist. */
function host(t: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-host-'));
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'host-electron.ts'), ['1.2.3'], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  const inbox: { kind: string; [name: string]: unknown }[] = [];
  child.on('message', (message) => inbox.push(message as (typeof inbox)[number]));
  const received = async (wanted: (message: (typeof inbox)[number]) => boolean) => {
    for (;;) {
      const found = inbox.find(wanted);
      if (found !== undefined) return found;
      await Promise.race([
        once(child, 'message'),
        exited.then(() => Promise.reject(new Error('the host ended first'))),
      ]);
    }
  };
  const send = (message: MainMessage | { kind: 'nonsense' }) => child.send(message);
  const start = (dataDir = folder) => {
    send({ kind: 'start', options: syntheticOptions(dataDir) });
  };
  return { child, exited, inbox, received, send, start };
}

const LIMIT = { timeout: 30_000 };

/** A message of the line with this number that passes. */
const onLine = (channel: number, passes: (data: Record<string, unknown>) => boolean) => (message: { kind: string }) =>
  message.kind === 'line' &&
  (message as unknown as { channel: number }).channel === channel &&
  passes((message as unknown as { data: Record<string, unknown> }).data);

test('starts, serves a dashboard, stops', LIMIT, async (t) => {
  const { child, exited, inbox, received, send, start } = host(t);
  start();
  const ready = await received(({ kind }) => kind === 'ready');
  assert.deepEqual(ready, { kind: 'ready', version: '1.2.3', pid: child.pid });

  send({ kind: 'connect', channel: 9 });
  await received(onLine(9, (data) => data['push'] === 'snapshot'));
  send({ kind: 'line', channel: 9, data: { id: 1, call: 'snapshot' } });
  const answer = await received(onLine(9, (data) => data['id'] === 1));
  assert.equal((answer['data'] as { ok: boolean }).ok, true);
  const status = await received(({ kind }) => kind === 'status');
  assert.equal(status['state'], 'LEARNING');
  assert.equal(status['trust'], null);

  // Ctrl-C reaches every process of a terminal, and is the shell's to answer.
  child.kill('SIGINT');
  send({ kind: 'disconnect', channel: 9 });
  send({ kind: 'stop' });
  await received(({ kind }) => kind === 'stopped');
  assert.deepEqual(await exited, [0, null]);
  assert.equal(inbox.filter(({ kind }) => kind === 'failed').length, 0);
});

test('what is chosen in the tray is done, and told as status, settings and notice', LIMIT, async (t) => {
  const { inbox, received, send, start } = host(t);
  start();
  const { settings } = await received(({ kind }) => kind === 'settings');
  assert.deepEqual(settings, DEFAULT_USER_SETTINGS);
  await received(({ kind }) => kind === 'ready');

  send({ kind: 'pause', minutes: 15 });
  const { paused } = await received((message) => message.kind === 'status' && !!message['paused']);
  const { sinceMs, untilMs } = paused as { sinceMs: number; untilMs: number };
  assert.equal(untilMs - sinceMs, 15 * 60_000);
  // Two ticks, at which nothing changes.
  const told = inbox.filter(({ kind }) => kind === 'status').length;
  await pass(2100);
  assert.equal(inbox.filter(({ kind }) => kind === 'status').length, told);
  send({ kind: 'resume' });
  await received((message) => message.kind === 'status' && message['paused'] === null);

  send({ kind: 'notice', about: 'tray', level: 'warning', text: 'There is no tray.' });
  send({ kind: 'connect', channel: 1 });
  send({ kind: 'line', channel: 1, data: { id: 1, call: 'snapshot' } });
  send({ kind: 'line', channel: 1, data: { id: 2, call: 'audit', arg: { limit: 9 } } });
  const first = (await received(onLine(1, (data) => data['id'] === 1)))['data'] as { result: Snapshot };
  assert.deepEqual(
    first.result.notices.map(({ text }) => text),
    ['There is no tray.'],
  );
  const second = (await received(onLine(1, (data) => data['id'] === 2)))['data'] as { result: AuditEntry[] };
  assert.deepEqual(
    second.result.map(({ text }) => text),
    ['Resumed.', 'Paused for 15 min.', 'SecLyzer started.'],
  );
});

test('says why it failed, and ends', LIMIT, async (t) => {
  const { exited, received, start } = host(t);
  start('/dev/null/data');
  const { reason } = await received(({ kind }) => kind === 'failed');
  assert.match(String(reason), /\/dev\/null\/data/);
  assert.deepEqual(await exited, [1, null]);
});

test('a message that is none of the contract ends it', LIMIT, async (t) => {
  const { exited, received, send } = host(t);
  send({ kind: 'nonsense' });
  const { reason } = await received(({ kind }) => kind === 'failed');
  assert.match(String(reason), /^main message: /);
  assert.deepEqual(await exited, [1, null]);
});

test('writes down and ends when the shell is gone', LIMIT, async (t) => {
  const { child, exited, received, start } = host(t);
  start();
  await received(({ kind }) => kind === 'ready');
  child.disconnect();
  assert.deepEqual(await exited, [0, null]);
});
