import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createTrayMemory } from './tray-memory.ts';
import { trayOrWindow } from './tray-or-window.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-tray-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** One start after the other, on the same file. */
function starts(name: string) {
  const file = path.join(root, name);
  const start = (hidden: boolean) => {
    const seen: string[] = [];
    const said: string[] = [];
    const notices: (string | null)[] = [];
    const tray = trayOrWindow({
      appear: () => seen.push('icon'),
      openWindow: () => seen.push('window'),
      notice: (text) => notices.push(text),
      say: (line) => said.push(line),
      memory: createTrayMemory(file),
      hidden,
    });
    return { ...tray, seen, said, notices };
  };
  return { file, start };
}

test('without a tray the window opens at every start of the user, and at the first of the session alone', () => {
  const { start } = starts('logins.json');
  for (const [hidden, seen] of [
    [true, ['icon', 'window']],
    [true, ['icon']],
    [true, ['icon']],
    [false, ['icon', 'window']],
    [true, ['icon']],
  ] as const) {
    const run = start(hidden);
    run.onNone('no StatusNotifier host');
    assert.deepEqual(run.seen, seen);
    assert.deepEqual(run.said, ['This desktop shows no tray icons (no StatusNotifier host).']);
    assert.equal(run.notices.length, 1);
    assert.match(run.notices[0] ?? '', /no StatusNotifier host.*AppIndicator.*Start SecLyzer again/);
  }
});

test('a tray that comes late withdraws the notice, and is not told of again at the next login', () => {
  const { start } = starts('late.json');
  const first = start(true);
  first.onNone('no StatusNotifier host');
  first.onHost();
  assert.deepEqual(first.seen, ['icon', 'window', 'icon']);
  assert.equal(first.notices.at(-1), null);
  const second = start(true);
  second.onNone('no StatusNotifier host');
  assert.deepEqual(second.seen, ['icon']);
});

test('a tray that was there and is gone is news', () => {
  const { start } = starts('gone.json');
  start(true).onNone('no StatusNotifier host');
  start(true).onHost();
  const third = start(true);
  third.onNone('no StatusNotifier host');
  assert.deepEqual(third.seen, ['icon', 'window']);
});

test('a file that makes no sense counts as none, and is overwritten', () => {
  const { file, start } = starts('bad.json');
  writeFileSync(file, '{"toldOfNoTray": "perhaps"');
  const first = start(true);
  first.onNone('no session bus');
  assert.deepEqual(first.seen, ['icon', 'window']);
  const second = start(true);
  second.onNone('no session bus');
  assert.deepEqual(second.seen, ['icon']);
});

test('a place that keeps nothing costs the memory and no more', (t) => {
  const complaints = t.mock.method(console, 'error', () => undefined).mock;
  const { file, start } = starts('folder.json');
  mkdirSync(path.join(file, 'in the way'), { recursive: true });
  const run = start(true);
  run.onNone('no session bus');
  assert.deepEqual(run.seen, ['icon', 'window']);
  assert.equal(complaints.callCount(), 1);
  assert.ok(existsSync(file));
});
