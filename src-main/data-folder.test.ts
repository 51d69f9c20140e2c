import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultDataFolder } from './data-folder.ts';

test('the folder follows the XDG specification', () => {
  const folder = (env: Record<string, string>) => defaultDataFolder(env, '/home/ada', 'live', 'linux');
  assert.equal(folder({}), '/home/ada/.local/share/seclyzer');
  assert.equal(folder({ XDG_DATA_HOME: '/data' }), '/data/seclyzer');
  assert.equal(folder({ XDG_DATA_HOME: 'data' }), '/home/ada/.local/share/seclyzer');
});

test('on other systems it is where programs keep their data there, and never among settings or what is only remembered', () => {
  const mac = '/Users/ada/Library/Application Support/SecLyzer';
  assert.equal(defaultDataFolder({}, '/Users/ada', 'live', 'darwin'), `${mac}/data`);
  assert.equal(defaultDataFolder({}, '/Users/ada', 'viewer', 'darwin'), `${mac}/data-viewer`);
  const local = { LOCALAPPDATA: String.raw`D:\Local` };
  assert.equal(defaultDataFolder(local, String.raw`C:\Users\ada`, 'live', 'win32'), String.raw`D:\Local\SecLyzer\data`);
  assert.equal(
    defaultDataFolder({}, String.raw`C:\Users\ada`, 'replay', 'win32'),
    String.raw`C:\Users\ada\AppData\Local\SecLyzer\data-replay`,
  );
});

test('what nobody typed never lands among what the owner typed', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const folders = (['live', 'synthetic', 'replay', 'viewer'] as const).map((kind) =>
      defaultDataFolder({}, '/h', kind, platform),
    );
    assert.equal(new Set(folders).size, 4);
  }
});
