import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { AlreadyRunning, lockData } from './data-lock.ts';
import { testFolder } from './test-folder.ts';

/** Takes the lock, drops every reference to it, collects garbage, and stays until it is killed. */
const HOLD = [
  '--expose-gc',
  '--input-type=module',
  '--eval',
  `
  import { lockData } from ${JSON.stringify(new URL('./data-lock.ts', import.meta.url).href)};
  lockData(process.argv[1]);
  for (let n = 0; n < 3; n++) { globalThis.gc(); await new Promise((resolve) => setTimeout(resolve, 10)); }
  console.log('held');
  setInterval(() => undefined, 60_000);
`,
];

async function holder(t: TestContext, folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...HOLD, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  assert.equal(String((await once(child.stdout, 'data'))[0]).trim(), 'held');
  return child;
}

function refusal(folder: string): AlreadyRunning {
  try {
    lockData(folder).release();
  } catch (error) {
    if (error instanceof AlreadyRunning) return error;
    throw error;
  }
  return assert.fail('the lock was given twice');
}

test('another process holds the lock until it dies, however it dies', async (t) => {
  const folder = testFolder(t);
  const child = await holder(t, folder);
  writeFileSync(join(folder, 'agent.json'), JSON.stringify({ pid: child.pid, port: 4711, token: 'abc' }));
  const refused = refusal(folder);
  assert.equal(refused.pid, child.pid);
  assert.equal(refused.url, 'http://127.0.0.1:4711/?token=abc');
  assert.match(refused.message, new RegExp(`already running on this data \\(process ${child.pid}\\)`));
  assert.ok(!refused.message.includes('abc'), 'the message must not give the token away');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = lockData(folder);
  lock.release();
});

test('an agent that says nothing readable about itself is refused all the same', async (t) => {
  const folder = testFolder(t);
  const child = await holder(t, folder);
  const answers = [
    '',
    '{"pid":',
    'null',
    '[]',
    '{"pid":"7","port":1,"token":"x"}',
    '{"pid":-1}',
    '{"pid":4194304999,"port":1,"token":"x"}',
  ];
  for (const text of [null, ...answers]) {
    if (text !== null) writeFileSync(join(folder, 'agent.json'), text);
    const { pid, url } = refusal(folder);
    assert.deepEqual({ pid, url }, { pid: null, url: null }, text ?? 'no file');
  }
  writeFileSync(join(folder, 'agent.json'), JSON.stringify({ pid: child.pid }));
  const { pid, url } = refusal(folder);
  assert.deepEqual({ pid, url }, { pid: child.pid, url: null });
});

test('the same process is refused too, and its lock outlives the attempt', (t) => {
  const folder = testFolder(t);
  const lock = lockData(folder);
  refusal(folder);
  const other = spawnSync(process.execPath, [...HOLD, folder], { timeout: 10_000, encoding: 'utf8' });
  assert.match(other.stderr, /already running on this data/, 'another process must still be refused');
  lock.release();
  lock.release();
  lockData(folder).release();
});

test('one folder does not lock another', (t) => {
  const locks = [lockData(testFolder(t)), lockData(testFolder(t))];
  for (const lock of locks) lock.release();
});

test('the lock file is private; a damaged one is no obstacle', (t) => {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'lock.db'), 'scribble '.repeat(200));
  const lock = lockData(folder);
  assert.equal(statSync(join(folder, 'lock.db')).mode & 0o777, 0o600);
  refusal(folder);
  lock.release();
});
