import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultDataFolder } from './data-folder.ts';

test('the folder follows the XDG specification', () => {
  assert.equal(defaultDataFolder({}, '/home/ada'), '/home/ada/.local/share/seclyzer');
  assert.equal(defaultDataFolder({ XDG_DATA_HOME: '/data' }, '/home/ada'), '/data/seclyzer');
  assert.equal(defaultDataFolder({ XDG_DATA_HOME: 'data' }, '/home/ada'), '/home/ada/.local/share/seclyzer');
});

test('what nobody typed never lands among what the owner typed', () => {
  const folders = (['live', 'synthetic', 'replay'] as const).map((kind) => defaultDataFolder({}, '/h', kind));
  assert.equal(new Set(folders).size, 3);
});
