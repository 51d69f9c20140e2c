import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettingsFile, userUnitFile } from './config-folder.ts';

test('the file follows the XDG specification', () => {
  const home = '/home/ada';
  assert.equal(defaultSettingsFile({}, home, 'linux'), '/home/ada/.config/seclyzer/settings.json');
  assert.equal(defaultSettingsFile({ XDG_CONFIG_HOME: '/conf' }, home, 'linux'), '/conf/seclyzer/settings.json');
  for (const ignored of ['conf', ''])
    assert.equal(
      defaultSettingsFile({ XDG_CONFIG_HOME: ignored }, home, 'linux'),
      '/home/ada/.config/seclyzer/settings.json',
    );
});

test('Windows and macOS have places of their own', () => {
  const roaming = String.raw`C:\Users\ada\AppData\Roaming`;
  const file = String.raw`C:\Users\ada\AppData\Roaming\SecLyzer\settings.json`;
  assert.equal(defaultSettingsFile({ APPDATA: roaming }, String.raw`D:\elsewhere`, 'win32'), file);
  assert.equal(defaultSettingsFile({}, String.raw`C:\Users\ada`, 'win32'), file);
  assert.equal(
    defaultSettingsFile({ XDG_CONFIG_HOME: '/conf' }, '/Users/ada', 'darwin'),
    '/Users/ada/Library/Application Support/SecLyzer/settings.json',
  );
});

test('units of the user lie where systemd looks for them', () => {
  assert.equal(userUnitFile('a.service', {}, '/home/ada'), '/home/ada/.config/systemd/user/a.service');
  assert.equal(userUnitFile('a.service', { XDG_CONFIG_HOME: '/conf' }, '/home/ada'), '/conf/systemd/user/a.service');
});
