import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testFolder } from '../store/test-folder.ts';
import { createCrashGuard } from './crash-guard.ts';

const MINUTE_MS = 60_000;

function guarded(t: TestContext) {
  const file = join(testFolder(t), 'input-hook.json');
  let nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  /** As a process would that has just been started. */
  const fresh = () => createCrashGuard({ file, what: 'the input hook', nowMs: () => nowMs });
  const die = (): void => fresh().enter();
  return { file, fresh, die, pass: (ms: number) => (nowMs += ms) };
}

test('one end is forgiven, two in a row are not, and the words say until when', (t) => {
  const { file, fresh, die } = guarded(t);
  assert.equal(fresh().forbids(), null);
  die();
  assert.equal(fresh().forbids(), null);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  die();
  const found = fresh().forbids();
  assert.equal(found?.reason, 'the agent ended twice in a row within a minute of starting the input hook');
  assert.match(found.fix, /^It is tried again after \d\d:14\. /);
});

test('it rests for ten minutes, then for forty, and for a day at most', (t) => {
  const { fresh, die, pass } = guarded(t);
  const restsFor = (minutes: number): void => {
    pass(minutes * MINUTE_MS - 1);
    assert.notEqual(fresh().forbids(), null, `still resting before ${minutes} minutes`);
    pass(1);
    assert.equal(fresh().forbids(), null, `tried again after ${minutes} minutes`);
  };
  die();
  die();
  for (const minutes of [10, 40, 160, 640, 1440, 1440]) {
    restsFor(minutes);
    die();
  }
  assert.match(fresh().forbids()?.reason ?? '', /^the agent ended 8 times in a row/);
});

test('a clock that is set back does not prolong the rest', (t) => {
  const { fresh, die, pass } = guarded(t);
  die();
  die();
  pass(-24 * 60 * MINUTE_MS);
  assert.equal(fresh().forbids(), null);
});

test('stopped in good order, the count begins anew', (t) => {
  const { file, fresh, die } = guarded(t);
  die();
  const guard = fresh();
  guard.enter();
  guard.clear();
  assert.equal(existsSync(file), false);
  guard.enter();
  assert.equal(fresh().forbids(), null);
  die();
  assert.notEqual(fresh().forbids(), null);
});

test('a step on the way neither counts nor forgives', (t) => {
  const { file, fresh, die } = guarded(t);
  fresh().enter();
  const guard = fresh();
  guard.enter();
  guard.leave();
  assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { ends: number }).ends, 1);
  die();
  assert.notEqual(fresh().forbids(), null);
});

test('what has run long enough has survived', async (t) => {
  const file = join(testFolder(t), 'input-hook.json');
  const guard = createCrashGuard({ file, what: 'the input hook', survivedAfterMs: 20 });
  guard.enter();
  assert.ok(existsSync(file));
  for (let wait = 0; wait < 100 && existsSync(file); wait += 1) await sleep(20);
  assert.equal(existsSync(file), false);
});

test('a file that is cut off or strange counts nothing, and one that can not be written stops nothing', (t) => {
  const { file, fresh } = guarded(t);
  for (const text of ['', '{"ends":', '{"ends":-1,"atMs":0}', '[]']) {
    writeFileSync(file, text);
    assert.equal(fresh().forbids(), null, text);
  }
  const folder = join(testFolder(t), 'in-the-way');
  mkdirSync(folder);
  const guard = createCrashGuard({ file: folder, what: 'the input hook' });
  guard.enter();
  guard.leave();
  guard.clear();
  assert.equal(guard.forbids(), null);
});

/** An agent's sources in a process of their own, whose input hook ends it; prints what is missing when it does not. */
function agentWith(dataDir: string, howItEnds: string) {
  const code = `
    import { createCrashGuard } from './crash-guard.ts';
    import { createInputHook } from './input-hook.ts';
    import { keyboardCollector } from './keyboard.ts';
    import { mouseCollector } from './mouse.ts';
    import { startSources } from '../sources.ts';
    const native = { on() {}, off() {}, start() { ${howItEnds} }, stop() {} };
    const guard = createCrashGuard({ file: process.argv[1] + '/input-hook.json', what: 'the input hook' });
    const hook = createInputHook({ platform: 'darwin', load: async () => native, guard });
    const published = [];
    const app = {
      name: 'application focus', modalities: ['app'], available: async () => ({ ok: true }), stop: async () => {},
      start: async ({ publish }) => publish({ type: 'app', ts: 1, app_name: 'editor', event: 'focus' }),
    };
    const sources = await startSources([keyboardCollector(hook), mouseCollector(hook), app], {
      wanted: () => true, publish: (event) => published.push(event.app_name), refuse() {}, changed() {},
    });
    const missing = ['keystroke', 'mouse', 'app'].map((modality) => sources.missing(modality)?.reason ?? null);
    await sources.stop();
    console.log(JSON.stringify({ missing, published }));`;
  const { status, signal, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '-e', code, dataDir],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  );
  return { end: signal ?? status, said: stdout === '' ? null : (JSON.parse(stdout) as unknown) };
}

const RESTING = 'the agent ended twice in a row within a minute of starting the input hook';

for (const [howItEnds, end] of [
  ['process.abort()', 'SIGABRT'],
  ['process.reallyExit(1)', 1],
] as const)
  test(`a hook that ends the process by ${howItEnds} is left out the third time, the rest goes on`, (t) => {
    const dataDir = testFolder(t);
    assert.deepEqual(agentWith(dataDir, howItEnds), { end, said: null });
    assert.deepEqual(agentWith(dataDir, howItEnds), { end, said: null });
    const said = { missing: [RESTING, RESTING, null], published: ['editor'] };
    assert.deepEqual(agentWith(dataDir, howItEnds), { end: 0, said });
  });

test('a hook that once ended the process and then works is used, and forgiven when it is stopped', (t) => {
  const dataDir = testFolder(t);
  assert.equal(agentWith(dataDir, 'process.abort()').end, 'SIGABRT');
  assert.deepEqual(agentWith(dataDir, ''), {
    end: 0,
    said: { missing: [null, null, null], published: ['editor'] },
  });
  assert.equal(existsSync(join(dataDir, 'input-hook.json')), false);
});
