import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNotices, type Notices } from './notices.ts';

const texts = (notices: Notices): readonly string[] => notices.list().map(({ text }) => text);

test('the same text is told once and moves to the end; the oldest of many go', () => {
  const notices = createNotices(() => 1);
  for (const text of ['a', 'b', 'a']) notices.add('info', text);
  assert.deepEqual(texts(notices), ['b', 'a']);
  for (let n = 0; n < 20; n += 1) notices.add('info', String(n));
  assert.equal(notices.list().length, 20);
  assert.ok(!texts(notices).includes('a'));
});

test('what is said about one thing takes the place of what was said before, or is withdrawn', () => {
  const notices = createNotices(() => 1);
  notices.about('tray', 'warning', 'There is no tray.');
  notices.about('shortcut', 'warning', 'It is taken.');
  notices.about('tray', 'warning', 'There is still no tray.');
  assert.deepEqual(texts(notices), ['It is taken.', 'There is still no tray.']);
  notices.about('tray', 'info', null);
  notices.about('autostart', 'info', null);
  assert.deepEqual(texts(notices), ['It is taken.']);
});
