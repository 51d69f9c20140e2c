import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { autostartEntry, isOurs, isTurnedOff, startCommand } from './autostart-entry.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-autostart-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const installed = {
  root: '/opt/SecLyzer/resources/app.asar',
  resources: '/opt/SecLyzer/resources',
  execPath: '/opt/SecLyzer/seclyzer',
  env: {},
  node: null,
};
const checkout = { ...installed, root: '/home/a/seclyzer', node: '/home/a/seclyzer/node_modules/node/bin/node' };
const execLine = (command: readonly string[]): string | undefined =>
  autostartEntry(command, 'seclyzer')
    .split('\n')
    .find((line) => line.startsWith('Exec='));

test('what is started is what is installed', () => {
  assert.deepEqual(startCommand(installed), ['/opt/SecLyzer/seclyzer', '--hidden']);
  const start = '/home/a/seclyzer/src-main/setup/start.mjs';
  assert.deepEqual(startCommand(checkout), [checkout.node, start, '--hidden']);
  assert.deepEqual(startCommand({ ...checkout, env: { ELECTRON_OVERRIDE_DIST_PATH: '/r' } }), [
    '/usr/bin/env',
    'ELECTRON_OVERRIDE_DIST_PATH=/r',
    checkout.node,
    start,
    '--hidden',
  ]);
  assert.throws(() => startCommand({ ...checkout, node: null }), /npm ci/);
});

test('an AppImage is started by its file, not by where it is mounted', () => {
  const mounted = {
    ...installed,
    root: '/tmp/.mount_SecX/resources/app.asar',
    resources: '/tmp/.mount_SecX/resources',
    execPath: '/tmp/.mount_SecX/seclyzer',
  };
  const env = { APPIMAGE: '/home/a/SecLyzer.AppImage', APPDIR: '/tmp/.mount_SecX' };
  assert.deepEqual(startCommand({ ...mounted, env }), ['/home/a/SecLyzer.AppImage', '--hidden']);
  const terminal = { APPIMAGE: '/home/a/Terminal.AppImage', APPDIR: '/tmp/.mount_Ter' };
  assert.deepEqual(startCommand({ ...installed, env: terminal }), ['/opt/SecLyzer/seclyzer', '--hidden']);
});

// Worked out by hand from the specification: first the quoting of an argument, then the escaping of the whole value.
for (const [word, expected] of [
  ['/opt/a', '/opt/a'],
  ['/opt/my apps/a', '"/opt/my apps/a"'],
  ['/opt/100%/a', '/opt/100%%/a'],
  ['/opt/"a"', String.raw`"/opt/\\"a\\""`],
  ['/opt/$a', String.raw`"/opt/\\$a"`],
  ['/opt/a\\b', String.raw`"/opt/a\\\\b"`],
  ['/opt/`a', '"/opt/\\\\`a"'],
] as const) {
  test(`quoted as the specification has it: ${word}`, () =>
    assert.equal(execLine([word, '--hidden']), `Exec=${expected} --hidden`));
}

test('a path that an entry cannot hold is refused', () => {
  assert.throws(() => autostartEntry(['/opt/a\nb'], 'seclyzer'), /control characters/);
});

test('an entry knows its writer, and whether the session has turned it off', () => {
  const entry = autostartEntry(['/a', '--hidden'], 'seclyzer');
  assert.deepEqual([isOurs(entry), isTurnedOff(entry)], [true, false]);
  assert.equal(isOurs('[Desktop Entry]\nName=SecLyzer\nExec=/a --hidden\n'), false);
  assert.equal(isTurnedOff(`${entry}Hidden=true\n`), true);
  assert.equal(isTurnedOff(entry.replace('Autostart-enabled=true', 'Autostart-enabled=false')), true);
});

const hasValidator = existsSync('/usr/bin/desktop-file-validate');
test('the validator finds nothing', { skip: hasValidator ? false : 'apt-get install desktop-file-utils' }, () => {
  for (const word of ['/opt/a', '/opt/my "apps"/$a%b\\c`d', "/o'p't/~a;b&c|d<e>f*g?h#i(j)"]) {
    const file = path.join(folder, 'valid.desktop');
    writeFileSync(file, autostartEntry([word, '--hidden'], 'seclyzer'));
    const { status, stdout, stderr } = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' });
    assert.deepEqual([status, stdout, stderr], [0, '', ''], word);
  }
});

const hasGio = existsSync('/usr/bin/gio');
test('a desktop starts what was meant', { skip: hasGio ? false : 'apt-get install libglib2.0-bin' }, async () => {
  const odd = path.join(folder, 'a "b" $HOME `c` \\d \'e\' ~f;g&h|i*j?k#l(m)<n>');
  mkdirSync(odd);
  const program = path.join(odd, 'run it.sh');
  const told = path.join(folder, 'told');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$0" "$@" > '${told}.new' && mv '${told}.new' '${told}'\n`);
  chmodSync(program, 0o755);
  const file = path.join(folder, 'odd.desktop');
  writeFileSync(file, autostartEntry([program, `x=100%${odd}`, '--hidden'], 'seclyzer'));
  await promisify(execFile)('gio', ['launch', file]);
  for (let waited = 0; !existsSync(told) && waited < 10_000; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(readFileSync(told, 'utf8').split('\n'), [program, `x=100%${odd}`, '--hidden', '']);
});
