import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MisuseError, readArguments } from './arguments.ts';

const read = (...words: string[]) => readArguments(['/opt/electron', ...words], '/home/ada/work', {}, '/home/ada');

test('nothing said: live events into the default folder', () => {
  const found = read('.');
  assert.equal(found.dataDir, '/home/ada/.local/share/seclyzer');
  assert.equal(found.ownData, false);
  assert.equal(found.open, false);
  assert.equal(found.hidden, false);
  assert.deepEqual(found.source, { kind: 'live' });
  assert.deepEqual(
    Object.values(found.enrol).filter((value) => value !== undefined),
    [],
  );
});

test('every option, between switches of Chromium', () => {
  const words =
    '--no-sandbox --inspect=0 . --data=d/e --disable-gpu --synthetic ada --enrol-keystrokes 300 --enrol-mouse=40';
  const found = read(
    ...words.split(' '),
    '--enrol-apps',
    '0',
    '--enrol-words=600',
    '--hidden',
    '--open',
    '--input-is-scripted',
  );
  assert.deepEqual(found, {
    dataDir: '/home/ada/work/d/e',
    ownData: true,
    source: { kind: 'synthetic', typist: 'ada' },
    enrol: { keystroke: 300, mouse: 40, app: 0, linguistic: 600 },
    open: true,
    hidden: true,
    inputIsScripted: true,
  });
  assert.equal(read('--open').inputIsScripted, false);
});

test('XDG_DATA_HOME counts when it is absolute', () => {
  const folder = (xdg: string) => readArguments(['e'], '/', { XDG_DATA_HOME: xdg }, '/home/ada').dataDir;
  assert.equal(folder('/srv/data'), '/srv/data/seclyzer');
  assert.equal(folder('data'), '/home/ada/.local/share/seclyzer');
});

for (const [words, message] of [
  [['--data'], /^--data needs a folder$/],
  [['--data='], /^--data needs a folder$/],
  [['--synthetic', '--hidden'], /^--synthetic needs the name of a typist$/],
  [['--enrol-mouse', '-5'], /^--enrol-mouse needs a whole number of events, not "-5"$/],
  [['--enrol-apps=many'], /^--enrol-apps needs a whole number of events, not "many"$/],
  [['--enrol-keystrokes=1.5'], /^--enrol-keystrokes needs a whole number of events, not "1.5"$/],
] as const) {
  test(`refused: ${words.join(' ')}`, () => {
    assert.throws(
      () => read(...words),
      (error) => error instanceof MisuseError && message.test(error.message),
    );
  });
}
