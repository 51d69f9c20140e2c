import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { openSettings } from './settings-file.ts';
import { testFolder } from './store/test-folder.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

async function opened(t: TestContext, text?: string) {
  const folder = join(testFolder(t), 'config', 'seclyzer');
  const file = join(folder, 'settings.json');
  if (text !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  const told: string[] = [];
  const open = () =>
    openSettings(
      file,
      (level, said) => told.push(`${level}: ${said}`),
      () => NOW_MS,
    );
  const onDisk = (): unknown => JSON.parse(readFileSync(file, 'utf8'));
  return { folder, file, told, open, onDisk, settings: await open() };
}

test('no file: the defaults, and none is made', async (t) => {
  const { settings, folder, told } = await opened(t);
  assert.deepEqual(settings.current(), DEFAULT_USER_SETTINGS);
  assert.equal(existsSync(folder), false);
  assert.deepEqual(told, []);
});

test('a change is kept, whole, for the owner alone, with nothing beside it', async (t) => {
  const { settings, folder, file, onDisk, open } = await opened(t);
  const { after } = await settings.change({ lock: { enabled: true } });
  const expected = { ...DEFAULT_USER_SETTINGS, lock: { enabled: true } };
  assert.deepEqual(after, expected);
  assert.deepEqual(settings.current(), expected);
  assert.deepEqual(onDisk(), expected);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(folder), ['settings.json']);
  assert.deepEqual((await open()).current(), expected);
});

test('two changes at once are both kept', async (t) => {
  const { settings, onDisk } = await opened(t);
  const [, second] = await Promise.all([
    settings.change({ autostart: true }),
    settings.change({ retention: { ...DEFAULT_USER_SETTINGS.retention, historyDays: 7 } }),
  ]);
  assert.equal(second.before.autostart, true);
  assert.deepEqual(onDisk(), {
    ...DEFAULT_USER_SETTINGS,
    autostart: true,
    retention: { ...DEFAULT_USER_SETTINGS.retention, historyDays: 7 },
  });
});

test('what is not allowed is refused in words and changes nothing, and later changes go on', async (t) => {
  const { settings, folder } = await opened(t);
  const thresholds = { normal: 50, monitoring: 48, restricted: 35 };
  await assert.rejects(settings.change({ thresholds }), /^Error: thresholds must fall by at least 5 points/);
  assert.deepEqual(settings.current(), DEFAULT_USER_SETTINGS);
  assert.equal(existsSync(folder), false);
  assert.equal((await settings.change({ autostart: true })).after.autostart, true);
});

test('a group that is there but undefined is no wish for its defaults', async (t) => {
  const { settings } = await opened(t, '{ "lock": { "enabled": true } }');
  const change = JSON.parse('{ "autostart": true }') as Record<string, unknown>;
  change['lock'] = undefined;
  assert.equal((await settings.change(change)).after.lock.enabled, true);
});

for (const [what, text, problem] of [
  ['not JSON', '{ "lock": ', 'it is not JSON: '],
  ['an unknown key', '{ "sounds": true }', 'there is no setting sounds. '],
  ['a wrong value', '{ "budget": { "memoryMiB": 3 } }', 'budget.memoryMiB must be at least 100. '],
] as const)
  test(`a bad file (${what}): said, kept aside, the defaults used`, async (t) => {
    const { settings, folder, told } = await opened(t, text);
    assert.deepEqual(settings.current(), DEFAULT_USER_SETTINGS);
    assert.deepEqual(readdirSync(folder), ['settings.json.bad-20260102T030405678Z']);
    assert.equal(readFileSync(join(folder, 'settings.json.bad-20260102T030405678Z'), 'utf8'), text);
    const [said = '', ...more] = told;
    assert.ok(said.startsWith(`error: The settings file is not in order: ${problem}`), said);
    assert.ok(said.includes('settings.json.bad-20260102T030405678Z'), said);
    assert.deepEqual(more, []);
  });

test('a file that somebody edits meanwhile keeps what they wrote', async (t) => {
  const { settings, file, onDisk } = await opened(t, '{}');
  writeFileSync(file, '{ "retention": { "historyDays": 90 } }');
  const { after } = await settings.change({ autostart: true });
  assert.deepEqual([after.retention.historyDays, after.autostart], [90, true]);
  assert.deepEqual(onDisk(), after);
});

test('a file that somebody spoils meanwhile is kept aside, and the settings in force go on', async (t) => {
  const { settings, folder, file, told } = await opened(t, '{ "lock": { "enabled": true } }');
  writeFileSync(file, 'nonsense');
  const { after } = await settings.change({ autostart: true });
  assert.deepEqual([after.lock.enabled, after.autostart], [true, true]);
  assert.equal(told.length, 1);
  assert.deepEqual(readdirSync(folder).sort(), ['settings.json', 'settings.json.bad-20260102T030405678Z']);
});

test('a link stays a link', async (t) => {
  const { folder, file, open } = await opened(t, '{}');
  const kept = join(folder, 'kept-elsewhere.json');
  writeFileSync(kept, '{}');
  const linked = join(folder, 'linked.json');
  symlinkSync(kept, linked);
  const settings = await openSettings(linked, assert.fail, () => NOW_MS);
  await settings.change({ autostart: true });
  assert.ok(lstatSync(linked).isSymbolicLink());
  assert.equal((JSON.parse(readFileSync(kept, 'utf8')) as { autostart: boolean }).autostart, true);
  assert.equal(readFileSync(file, 'utf8'), '{}');
  assert.equal((await open()).current().autostart, false);
});

test('what can not be read is said and never overwritten', async (t) => {
  const { folder, file, open, told } = await opened(t);
  // A folder in the file's place: root, who may run the tests, can read every file.
  mkdirSync(file, { recursive: true });
  writeFileSync(join(file, 'inside'), 'x');
  const settings = await open();
  assert.deepEqual(settings.current(), DEFAULT_USER_SETTINGS);
  assert.match(told[0] ?? '', /^error: .*settings\.json can't be read: .* Until then the default settings are used\.$/);
  await assert.rejects(settings.change({ autostart: true }), /settings\.json can't be read/);
  assert.equal(settings.current().autostart, false);
  assert.deepEqual(readdirSync(folder), ['settings.json']);
  assert.equal(readFileSync(join(file, 'inside'), 'utf8'), 'x');
});

test('what can not be written is said, and nothing has changed', async () => {
  for (const [file, expected] of [
    ['/proc/nowhere/settings.json', /^Error: The settings were not changed: \S+settings\.json could not be written/],
    ['/sys/settings.json', /settings\.json can't be written\. Make it and its folder writable and try again\.$/],
  ] as const) {
    const settings = await openSettings(file, assert.fail, () => NOW_MS);
    await assert.rejects(settings.change({ autostart: true }), expected);
    assert.equal(settings.current().autostart, false);
  }
});
