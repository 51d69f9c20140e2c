import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../store/test-folder.ts';
import { downloadFolder } from './download-folder.ts';

test('where the desktop says, else Downloads, else the home folder', async (t) => {
  const home = testFolder(t);
  assert.equal(await downloadFolder({}, home), home);
  mkdirSync(path.join(home, 'Downloads'));
  assert.equal(await downloadFolder({}, home), path.join(home, 'Downloads'));
  const config = path.join(home, 'config');
  mkdirSync(config);
  const file = path.join(config, 'user-dirs.dirs');
  writeFileSync(file, '# comment\nXDG_DESKTOP_DIR="$HOME/x"\nXDG_DOWNLOAD_DIR="$HOME/Descargas"\n');
  assert.equal(
    await downloadFolder({ XDG_CONFIG_HOME: config }, home),
    path.join(home, 'Downloads'),
    'it is not there',
  );
  mkdirSync(path.join(home, 'Descargas'));
  assert.equal(await downloadFolder({ XDG_CONFIG_HOME: config }, home), path.join(home, 'Descargas'));
  writeFileSync(file, `XDG_DOWNLOAD_DIR="${config}"\n`);
  assert.equal(await downloadFolder({ XDG_CONFIG_HOME: config }, home), config);
});
