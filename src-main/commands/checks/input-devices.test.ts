import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fakeInput, PARAGRAPHS } from '../../agent/collect/evdev/evdev.fixture.ts';
import { inputDevices } from './input-devices.ts';

const skip = process.platform === 'linux' ? false : 'only Linux has such devices';
const ROOT = join(import.meta.dirname, '..', '..', '..');
const WAYLAND = { WAYLAND_DISPLAY: 'wayland-0' };

/** Plain files: they have rights as devices have them. */
function rig(t: TestContext, mode: number) {
  const { places, remove } = fakeInput();
  t.after(remove);
  const node = join(places.devices, 'event3');
  writeFileSync(places.list, [PARAGRAPHS.keyboard('event3'), PARAGRAPHS.mouse('event5')].join('\n'));
  writeFileSync(node, '');
  chmodSync(node, mode);
  const { gid } = statSync(node);
  const check = (env: NodeJS.ProcessEnv, groups: readonly number[], uid = 1000) =>
    inputDevices({ env, root: ROOT, places, groups, uid })();
  return { node, places, gid, check };
}

test('by what right they are read, and what it means', { skip }, async (t) => {
  const { gid, check, node } = rig(t, 0o640);
  const byGroup = await check(WAYLAND, [gid]);
  assert.equal(byGroup.state, 'partly');
  assert.match(
    byGroup.detail,
    /^1 of 2 keyboards and mice can be read by their group: .* while somebody else sits there$/,
  );
  assert.match(
    (await check(WAYLAND, [])).detail,
    /by the right of the seat \(uaccess\): every program of whoever sits/,
  );
  assert.match((await check(WAYLAND, [], 0)).detail, /by root/);
  chmodSync(node, 0o604);
  assert.match((await check(WAYLAND, [])).detail, /by everybody: every program of every user/);
});

test('where none can be read, each way to allow it has its commands and its meaning', { skip }, async (t) => {
  const { check, node } = rig(t, 0o600);
  rmSync(node);
  const found = await check(WAYLAND, []);
  assert.deepEqual(
    [found.state, found.detail],
    ['missing', '0 of 2 keyboards and mice can be read, and Wayland tells nobody of input'],
  );
  const lines = (found.fix ?? '').split('\n');
  assert.equal(lines.filter((line) => line.startsWith('It means: ')).length, 2);
  assert.ok(lines.includes(`  sudo usermod -aG input ${userInfo().username}`));
  const rule = /sudo cp '(.+)' \/etc\/udev\/rules\.d\/$/m.exec(found.fix ?? '')?.[1] ?? '';
  // It is there, and udev's own rule, which acts on the tag, comes after it.
  assert.match(readFileSync(rule, 'utf8'), /^ENV\{ID_INPUT_KEYBOARD\}=="1", TAG\+="uaccess"$/m);
  assert.ok((rule.split('/').at(-1) ?? '') < '73-seat-late.rules');
});

test('under X11 nothing is missing', { skip }, async (t) => {
  const { check, node } = rig(t, 0o600);
  rmSync(node);
  assert.deepEqual(await check({ DISPLAY: ':0' }, []), {
    state: 'works',
    detail: 'not needed: under X11 the X server tells of input',
    fix: null,
  });
});

test('without any desktop nothing is promised', { skip }, async (t) => {
  const { check, node } = rig(t, 0o600);
  rmSync(node);
  assert.match((await check({}, [])).detail, /^not asked: there is no desktop here; under X11/);
});

test('no devices at all', { skip }, async (t) => {
  const { check, places } = rig(t, 0o600);
  rmSync(places.list);
  assert.deepEqual(await check(WAYLAND, []), {
    state: 'missing',
    detail: 'the kernel tells of no keyboard and no mouse',
    fix: 'Connect one.',
  });
});
