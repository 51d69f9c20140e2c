import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { autostartEntry } from './autostart-entry.ts';
import { autostartPath, createAutostartFile } from './autostart-file.ts';

const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-autostart-'));
after(() => rmSync(home, { recursive: true, force: true }));

let made = 0;
function autostart() {
  const file = path.join(home, String(++made), 'autostart', 'seclyzer.desktop');
  let command = ['/opt/a', '--hidden'];
  const entry = createAutostartFile(file, () => autostartEntry(command, 'seclyzer'));
  const exec = () => /^Exec=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  const put = (text: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  return { ...entry, file, exec, put, installAs: (...words: string[]) => (command = words) };
}

test('on writes the entry, off removes it and what was made on the way', () => {
  const { enable, disable, file, exec } = autostart();
  enable();
  assert.equal(exec(), '/opt/a --hidden');
  assert.equal(statSync(file).mode & 0o777, 0o644);
  disable();
  assert.deepEqual(readdirSync(path.dirname(file)), []);
  disable();
});

test('at the start an entry that points elsewhere is mended', () => {
  const { enable, keepUp, exec, installAs } = autostart();
  enable();
  installAs('/home/a/b', '--hidden');
  assert.equal(keepUp(), 'starts');
  assert.equal(exec(), '/home/a/b --hidden');
});

test('what the session has turned off stays off until the user turns it on here', () => {
  const { enable, keepUp, file, put } = autostart();
  enable();
  put(`${readFileSync(file, 'utf8')}Hidden=true\n`);
  assert.equal(keepUp(), 'turned off');
  assert.match(readFileSync(file, 'utf8'), /Hidden=true/);
  enable();
  assert.doesNotMatch(readFileSync(file, 'utf8'), /Hidden=true/);
});

test('what somebody else wrote is neither replaced nor removed', () => {
  const { enable, keepUp, disable, file, put } = autostart();
  put('[Desktop Entry]\nExec=/usr/bin/mine\n');
  assert.throws(enable, /was not written by SecLyzer\. Remove it/);
  assert.throws(keepUp, /was not written by SecLyzer\. Remove it/);
  disable();
  assert.ok(existsSync(file));
});

test('the folder is that of the XDG specifications', () => {
  assert.equal(autostartPath({ XDG_CONFIG_HOME: '/c' }, '/home/a'), '/c/autostart/seclyzer.desktop');
  for (const env of [{}, { XDG_CONFIG_HOME: '' }, { XDG_CONFIG_HOME: 'relative' }])
    assert.equal(autostartPath(env, '/home/a'), '/home/a/.config/autostart/seclyzer.desktop');
});
