import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createNotices } from './notices.ts';
import { openData, type Data } from './open-data.ts';
import { testFolder } from './store/test-folder.ts';

const KEYRING = 'ab'.repeat(32);

async function opened(t: TestContext, folder: string, dataKey: string | null): Promise<Data> {
  const data = await openData(folder, createNotices(Date.now), dataKey);
  t.after(data.close);
  return data;
}

test('a key of the keyring: no key file, and no way in without it', async (t) => {
  const folder = testFolder(t);
  const data = await opened(t, folder, KEYRING);
  assert.deepEqual(data.key, { kind: 'keyring', sentence: "The key lies in your desktop's keyring." });
  data.store.set('seed', '42');
  data.close();
  assert.ok(!readdirSync(folder).includes('data.key'));
  writeFileSync(path.join(folder, 'data.key.wrapped'), 'as the tray application keeps it');
  await assert.rejects(openData(folder, createNotices(Date.now), null), { kind: 'locked', message: /Start the tray/ });
  const again = await opened(t, folder, KEYRING);
  assert.equal(again.store.get('seed'), '42', 'and the folder is not left locked by the attempt');
});

test('a key that has moved into the keyring: its file goes once the data are open with it, which is said', async (t) => {
  const folder = testFolder(t);
  (await opened(t, folder, null)).close();
  const key = readFileSync(path.join(folder, 'data.key'), 'utf8').trim();
  writeFileSync(path.join(folder, 'data.key.wrapped'), 'as the tray application keeps it');
  await assert.rejects(openData(folder, createNotices(Date.now), KEYRING), { kind: 'locked' });
  assert.ok(readdirSync(folder).includes('data.key'), 'it is not the key of these data');
  const notices = createNotices(Date.now);
  const data = await openData(folder, notices, key);
  t.after(data.close);
  assert.ok(!readdirSync(folder).includes('data.key'));
  assert.equal(data.key.kind, 'keyring');
  const said = /^The key of your data has moved into your desktop's keyring/;
  assert.match(notices.list()[0]?.text ?? '', said);
  data.store.flush();
  assert.match(data.store.audit(1)[0]?.text ?? '', said);
});

test('a key file that can not be deleted is said, and the data are open', async (t) => {
  const folder = testFolder(t);
  (await opened(t, folder, null)).close();
  const file = path.join(folder, 'data.key');
  const key = readFileSync(file, 'utf8').trim();
  rmSync(file);
  mkdirSync(file);
  writeFileSync(path.join(folder, 'data.key.wrapped'), 'as the tray application keeps it');
  const notices = createNotices(Date.now);
  const data = await openData(folder, notices, key);
  t.after(data.close);
  assert.match(
    notices.list()[0]?.text ?? '',
    /^The key of your data lies in your keyring, but its file data\.key is still in .*could not be read.*Delete it yourself\.$/s,
  );
});

test('a key file that was lost: the data are kept, and open again when it is back', async (t) => {
  const folder = testFolder(t);
  const data = await opened(t, folder, null);
  assert.equal(data.key.kind, 'file');
  data.store.set('seed', '42');
  data.close();
  const file = path.join(folder, 'data.key');
  renameSync(file, `${file}.lost`);
  const notices = createNotices(Date.now);
  await assert.rejects(openData(folder, notices, null), { kind: 'locked', message: /sealed with another key/ });
  assert.deepEqual(notices.list(), []);
  copyFileSync(`${file}.lost`, file);
  assert.equal((await opened(t, folder, null)).store.get('seed'), '42');
});

test('model files of an earlier version are sealed at the opening, but never with a key that is not that of the data', async (t) => {
  const folder = testFolder(t);
  const models = path.join(folder, 'models');
  (await opened(t, folder, KEYRING)).close();
  mkdirSync(models);
  writeFileSync(path.join(models, 'mouse-svm.card.json'), '{}');
  await assert.rejects(openData(folder, createNotices(Date.now), 'cd'.repeat(32)), { kind: 'locked' });
  assert.deepEqual(readdirSync(models), ['mouse-svm.card.json']);
  await opened(t, folder, KEYRING);
  assert.deepEqual(readdirSync(models), ['mouse-svm.card.json.sealed']);
});

test('a damaged database is said', async (t) => {
  const folder = testFolder(t);
  (await opened(t, folder, null)).close();
  rmSync(path.join(folder, 'seclyzer.db'));
  writeFileSync(path.join(folder, 'seclyzer.db'), 'no database');
  const notices = createNotices(Date.now);
  (await openData(folder, notices, null)).close();
  assert.match(notices.list()[0]?.text ?? '', /^The database was damaged \(.*\)\. It was set aside as .*damaged-/);
});
