import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { testFolder } from '../agent/store/test-folder.ts';
import { installObstacle, installSteps, isRootsAlone, uninstallSteps } from './install.ts';

const skip = process.geteuid?.() === 0 ? false : 'files of root are made by root alone';

function stage(t: TestContext, groups = 'root:x:0:\n') {
  const root = testFolder(t);
  const places = {
    ...{ folder: join(root, 'lib', 'seclyzer'), units: join(root, 'units') },
    ...{ groupFile: join(root, 'group'), systemd: join(root, 'systemd') },
  };
  mkdirSync(places.units);
  mkdirSync(places.systemd);
  writeFileSync(places.groupFile, groups);
  const [program, node] = [join(root, 'syscall-helper.mjs'), join(root, 'node')];
  writeFileSync(program, 'program');
  writeFileSync(node, 'node');
  const ran: string[] = [];
  const run = (command: string, args: readonly string[]): void => void ran.push([command, ...args].join(' '));
  return { root, places, program, node, ran, run };
}

test(
  'installed: every step is told before it is taken, and ends in a unit that root alone can change',
  { skip },
  (t) => {
    const { places, program, node, ran, run } = stage(t);
    const steps = installSteps({ program, node, user: 'ada', places, run });
    const words = steps.map((step) => step.words).join('\n');
    for (const told of ['the group seclyzer', 'put ada into it', places.folder, node, 'unit', 'enable and restart'])
      assert.ok(words.includes(told), told);
    assert.deepEqual([ran, existsSync(places.folder)], [[], false]);
    for (const { take } of steps) take();
    assert.deepEqual(ran, [
      'groupadd --system seclyzer',
      'usermod -aG seclyzer ada',
      'systemctl daemon-reload',
      'systemctl enable seclyzer-syscalls.service',
      'systemctl restart seclyzer-syscalls.service',
    ]);
    const unit = readFileSync(join(places.units, 'seclyzer-syscalls.service'), 'utf8');
    assert.ok(unit.includes(`ExecStart=${places.folder}/node ${places.folder}/syscall-helper.mjs\n`));
    const copy = statSync(join(places.folder, 'node'));
    assert.deepEqual([copy.uid, copy.mode & 0o777], [0, 0o755]);
    assert.equal(readFileSync(join(places.folder, 'syscall-helper.mjs'), 'utf8'), 'program');
  },
);

test('uninstalled: nothing of it is left; and where there is nothing, nothing is done', { skip }, (t) => {
  const { places, program, node, ran, run } = stage(t, 'root:x:0:\nseclyzer:x:990:ada\n');
  const steps = installSteps({ program, node, user: null, places, run });
  assert.ok(!steps.some(({ words }) => words.includes('make the group')));
  for (const { take } of steps) take();
  ran.length = 0;
  for (const { take } of uninstallSteps({ places, run })) take();
  assert.deepEqual(ran, [
    ...['systemctl disable --now seclyzer-syscalls.service', 'systemctl daemon-reload', 'groupdel seclyzer'],
  ]);
  assert.deepEqual(
    [existsSync(places.folder), existsSync(join(places.units, 'seclyzer-syscalls.service'))],
    [false, false],
  );
  writeFileSync(places.groupFile, 'root:x:0:\n');
  assert.deepEqual(uninstallSteps({ places, run }), []);
});

test('what others may write is not run as root where it lies', { skip }, (t) => {
  const { root } = stage(t);
  assert.equal(isRootsAlone('/usr/bin/env'), true);
  // Whoever may write to /tmp may put another folder in this one's place.
  assert.equal(isRootsAlone(join(root, 'node')), false);
});

test('where it can not be installed, the reason', (t) => {
  const { places, program } = stage(t);
  assert.equal(installObstacle({ program, places }), null);
  assert.match(installObstacle({ program: `${program}.no`, places }) ?? '', /npm run build/);
  const elsewhere = { ...places, systemd: `${places.systemd}.no` };
  assert.match(installObstacle({ program, places: elsewhere }) ?? '', /systemd does not run.*syscalls --run/);
});
