import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDriver } from './driver.ts';
import { openStore } from './open-store.ts';
import { noise, testFolder, testKey } from './test-folder.ts';

const AT_MS = Date.UTC(2026, 10, 20, 19, 47, 5);
const NOBODY = 65_534;
const key = testKey();

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** A database with enough rows for several levels of tree, closed properly. */
async function fill(folder: string): Promise<string> {
  const { store } = await openStore(folder, { key });
  for (let n = 0; n < 500; n++) {
    store.addWindow({
      ts: n,
      modality: 'mouse',
      profile: 1,
      events: 1,
      newEvents: 1,
      vector: new Float32Array(38).fill(n),
    });
    store.addScore({ ts: n, modality: 'mouse', raw: 0.5, llr: 0.5, points: 0.5 });
  }
  store.close();
  return join(folder, 'seclyzer.db');
}

function overwrite(path: string, bytes: Buffer, at: number): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

test('a folder that is missing is made, for its owner alone', async (t) => {
  const folder = join(testFolder(t), 'a', 'b');
  const { store, opening } = await openStore(folder, { key });
  store.set('seed', '1');
  store.flush();
  assert.deepEqual(opening, { kind: 'created' });
  assert.equal(mode(folder), '700');
  for (const file of ['seclyzer.db', 'seclyzer.db-wal', 'seclyzer.db-shm'])
    assert.equal(mode(join(folder, file)), '600', file);
  store.close();
});

test('a folder of our own that is empty is tightened, one that holds other things is left', async (t) => {
  const [empty, shared] = [join(testFolder(t), 'empty'), join(testFolder(t), 'shared')];
  for (const folder of [empty, shared]) mkdirSync(folder);
  chmodSync(empty, 0o755);
  chmodSync(shared, 0o755);
  writeFileSync(join(shared, 'letter.txt'), '');
  for (const folder of [empty, shared]) (await openStore(folder, { key })).store.close();
  assert.equal(mode(empty), '700');
  assert.equal(mode(shared), '755');
  assert.equal(mode(join(shared, 'seclyzer.db')), '600');
});

test('a sound database is opened with what it holds, and made private if it was not', async (t) => {
  const folder = testFolder(t);
  chmodSync(await fill(folder), 0o644);
  const { store, opening } = await openStore(folder, { key });
  assert.deepEqual(opening, { kind: 'opened' });
  assert.equal(store.windows('mouse', 1000).length, 500);
  assert.equal(mode(join(folder, 'seclyzer.db')), '600');
  store.close();
});

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'cut to 10 bytes': (path) => truncateSync(path, 10),
  'cut in the middle of a page': (path) => truncateSync(path, 4096 * 3 + 100),
  'cut at the end of a page': (path) => truncateSync(path, 4096 * 3),
  'noise in the header': (path) => overwrite(path, noise(100, 7), 0),
  'noise behind the magic string': (path) => overwrite(path, noise(84, 11), 16),
  'noise in a page in the middle': (path) => overwrite(path, noise(4096, 13), 4096 * 20),
  'text in place of a database': (path) => writeFileSync(path, 'hello\n'.repeat(1000)),
  'tables of somebody else': (path) => {
    const db = new (loadDriver())(path);
    db.exec('DROP TABLE tick; CREATE TABLE tick (x)');
    db.close();
  },
};

for (const [damage, inflict] of Object.entries(DAMAGES)) {
  test(`a damaged database is set aside: ${damage}`, async (t) => {
    const folder = testFolder(t);
    const path = await fill(folder);
    inflict(path);
    const damaged = readFileSync(path);
    const { store, opening } = await openStore(folder, { key, nowMs: AT_MS });
    assert.equal(opening.kind, 'recovered');
    assert.equal(opening.setAside, `${path}.damaged-20261120T194705Z`);
    assert.notEqual(opening.why, '');
    assert.ok(!opening.why.includes('hello'), 'the reason must not repeat what the file holds');
    if (damage !== 'tables of somebody else') assert.deepEqual(readFileSync(opening.setAside), damaged);
    assert.deepEqual(store.windows('mouse', 10), []);
    store.set('seed', '1');
    store.flush();
    assert.equal(mode(path), '600');
    store.close();
    const again = await openStore(folder, { key });
    assert.deepEqual(again.opening, { kind: 'opened' });
    assert.equal(again.store.get('seed'), '1');
    again.store.close();
  });
}

test('the write-ahead log goes along, and a second damage in the same second finds another name', async (t) => {
  const folder = testFolder(t);
  const path = await fill(folder);
  for (const name of ['seclyzer.db.damaged-20261120T194705Z', 'seclyzer.db.damaged-20261120T194705Z-2']) {
    writeFileSync(path, 'not a database');
    writeFileSync(`${path}-wal`, 'the log of that');
    const { store, opening } = await openStore(folder, { key, nowMs: AT_MS });
    store.close();
    assert.equal(opening.kind === 'recovered' && opening.setAside, join(folder, name));
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'not a database');
    assert.equal(readFileSync(join(folder, `${name}-wal`), 'utf8'), 'the log of that');
  }
});

/** Is killed in the middle of a change that has reached the file, under the old journal. */
const INTERRUPTED = `
  import { loadDriver } from ${JSON.stringify(new URL('./driver.ts', import.meta.url).href)};
  const db = new (loadDriver())(process.argv[1]);
  db.pragma('journal_mode = DELETE');
  db.pragma('cache_size = 1');
  db.exec('BEGIN; DELETE FROM "window"; DELETE FROM tick');
  process.kill(process.pid, 'SIGKILL');
`;

test('a change that was interrupted under the old journal is undone', async (t) => {
  const folder = testFolder(t);
  const path = await fill(folder);
  spawnSync(process.execPath, ['--input-type=module', '--eval', INTERRUPTED, path]);
  assert.ok(statSync(`${path}-journal`).size > 0);
  const { store, opening } = await openStore(folder, { key });
  assert.deepEqual(opening, { kind: 'opened' });
  assert.equal(store.windows('mouse', 1000).length, 500);
  store.close();
});

test('an empty file and an empty database are filled', async (t) => {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'seclyzer.db'), '');
  const first = await openStore(folder, { key });
  assert.deepEqual(first.opening, { kind: 'created' });
  first.store.close();
  const second = testFolder(t);
  const db = new (loadDriver())(join(second, 'seclyzer.db'));
  db.exec('CREATE TABLE t (x); DROP TABLE t');
  db.close();
  const { store, opening } = await openStore(second, { key });
  assert.deepEqual(opening, { kind: 'opened' });
  assert.equal(store.get('seed'), null);
  store.close();
});

test('a database of a newer format is refused and left as it is', async (t) => {
  const folder = testFolder(t);
  const path = await fill(folder);
  const db = new (loadDriver())(path);
  db.pragma('user_version = 7');
  db.close();
  const before = readFileSync(path);
  await assert.rejects(openStore(folder, { key }), {
    name: 'StoreError',
    kind: 'newer',
    message: /newer SecLyzer \(format 7, this one knows up to 5\)/,
  });
  assert.deepEqual(readFileSync(path), before);
  assert.ok(!readdirSync(folder).some((name) => name.includes('damaged')));
});

/** Opens the store and says what came of it. Permissions don't bind root, so root becomes an ordinary user where asked to. */
const OPEN = `
  import { loadDriver } from ${JSON.stringify(new URL('./driver.ts', import.meta.url).href)};
  import { openStore } from ${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)};
  const [, folder, uid] = process.argv;
  loadDriver();
  if (uid && process.getuid() === 0) process.setuid(Number(uid));
  await openStore(folder, { key: Buffer.alloc(32, 7) }).then(({ opening }) => console.log(opening.kind), (error) => console.log(error.kind + ': ' + error.message));
`;

test('a folder or file without permission to write is an error, not damage', async (t) => {
  const folder = testFolder(t);
  const path = await fill(folder);
  const open = (): string =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', OPEN, folder, String(NOBODY)], {
      encoding: 'utf8',
    }).trim();
  const advice = 'Change its owner or mode, or choose another data folder with --data.';
  chmodSync(folder, 0o500);
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  assert.equal(open(), `denied: No permission to write ${folder}. ${advice}`);
  chmodSync(folder, 0o700);
  if (process.getuid?.() === 0) assert.equal(open(), `denied: No permission to write ${path}. ${advice}`);
  assert.deepEqual(readdirSync(folder), ['seclyzer.db']);
});

test('a folder where the database should be is an error', async (t) => {
  const folder = testFolder(t);
  mkdirSync(join(folder, 'seclyzer.db'));
  await assert.rejects(openStore(folder, { key }), {
    kind: 'failed',
    message: /seclyzer\.db could not be used: EISDIR/,
  });
});

/** Opens the store in a file system of its own, which goes with the process. */
function openMounted(folder: string, mount: string): string | null {
  const script = `${mount} && exec "$0" --input-type=module --eval "$1" "$2"`;
  const { status, stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', script, process.execPath, OPEN, folder], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

for (const size of ['4k', '8k', '32k', '64k']) {
  test(`a disk of ${size} is full at opening, which is an error`, (t) => {
    const folder = testFolder(t);
    const said = openMounted(folder, `mount -t tmpfs -o size=${size} none "$2"`);
    if (said === null) return t.skip('this machine allows no mount namespaces');
    return assert.match(said, /^full: No space is left to write .*seclyzer\.db\. Free some disk space/);
  });
}

test('a read-only file system is an error', async (t) => {
  const folder = testFolder(t);
  await fill(folder);
  const said = openMounted(folder, 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2"');
  if (said === null) return t.skip('this machine allows no mount namespaces');
  return assert.match(said, /^read-only: .* is read-only\. Make it writable/);
});

test('a runtime on which the driver would crash is refused before it is loaded', () => {
  assert.throws(() => loadDriver(9), {
    kind: 'runtime',
    message: /needs Node-API 10 .*with Node-API 9\. Run SecLyzer with Node 24/,
  });
  assert.throws(() => loadDriver(NaN), { kind: 'runtime' });
});
