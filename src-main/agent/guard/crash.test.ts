// A guard that is killed at random moments, while its log is written to and rotated, has counted every line once when all is read, and has
// found what one that was left alone finds.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { openFileSource } from '../collect/logs-file.ts';
import { createRandom } from '../learn/random.ts';
import { createCipher } from '../store/cipher.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { startEngine } from './engine.ts';
import { createGuardStore } from './guard-store.ts';
import type { GuardStore } from './guard-records.ts';
import { openGuardDatabase } from './open-guard-store.ts';
import { guardConfig } from './profile.ts';

const ROUNDS = 9;
const NOW_MS = Date.UTC(2026, 1, 22);
const cipher = createCipher(testKey());
/** Small batches, so that there are many moments to be killed at. */
const config = { ...guardConfig(DEFAULT_USER_SETTINGS.guard), batchLines: 50 };

const here = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
/** Reads what there is over and over, and says so after each batch and each look. */
const READER = `
  import { writeSync } from 'node:fs';
  const { openFileSource } = await import(${here('../collect/logs-file.ts')});
  const { createCipher } = await import(${here('../store/cipher.ts')});
  const { startEngine } = await import(${here('./engine.ts')});
  const { createGuardStore } = await import(${here('./guard-store.ts')});
  const { openGuardDatabase } = await import(${here('./open-guard-store.ts')});
  const cipher = createCipher(Buffer.alloc(32, 7));
  const store = createGuardStore(openGuardDatabase(process.argv[1], cipher, 0).db, cipher);
  const path = process.argv[2];
  const mark = store.marks().get(path);
  const source = openFileSource({ path, role: 'all', position: mark?.position ?? null, warmFrom: mark?.warm ?? null });
  const engine = await startEngine({
    config: ${JSON.stringify(config)}, store, sources: [source], nowMs: () => ${NOW_MS},
    onCycle: () => writeSync(1, '+\\n'), onTrouble: (text) => writeSync(2, text + '\\n'),
  });
  for (;;) {
    await engine.poll();
    writeSync(1, '.\\n');
  }
`;

async function readUntilKilled(folder: string, path: string, cycles: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', READER, folder, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) if (++seen >= cycles) child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
}

async function readAll(t: TestContext, folder: string, path: string): Promise<GuardStore> {
  const store = createGuardStore(openGuardDatabase(folder, cipher, 0).db, cipher);
  t.after(store.close);
  const mark = store.marks().get(path);
  const source = openFileSource({ path, role: 'all', position: mark?.position ?? null, warmFrom: mark?.warm ?? null });
  const engine = await startEngine({
    ...{ config, store, sources: [source], nowMs: () => NOW_MS },
    onCycle: () => undefined,
    onTrouble: assert.fail,
  });
  await engine.poll();
  await engine.stop();
  return store;
}

/** Failed logins of a few addresses, now and then a login and a command as root. */
function inventLines(count: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  let atMs = Date.UTC(2026, 1, 21);
  return Array.from({ length: count }, (_, n) => {
    atMs += random.int(4000);
    const at = `${new Date(atMs).toISOString()} host`;
    const address = `203.0.113.${random.int(12)}`;
    if (n % 40 === 0)
      return `${at} sshd[${n}]: Accepted password for user${random.int(3)} from 198.51.100.${random.int(2)} port 1 ssh2`;
    if (n % 55 === 0) return `${at} sudo:   user1 : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/true`;
    if (n % 90 === 0) return `${at} unknownd: says something`;
    return `${at} sshd[${n}]: Failed password for root from ${address} port 1 ssh2`;
  });
}

const found = (store: GuardStore): readonly string[] =>
  store
    .alerts(1000)
    .map(({ key, count, firstMs, risk }) => `${key} ${count} ${firstMs} ${risk}`)
    .toSorted();

test(`killed ${ROUNDS} times, nothing is counted twice and nothing is lost`, async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'auth.log');
  const random = createRandom(11);
  const lines = inventLines(4000, 5);
  let written = 0;
  writeFileSync(path, '');
  for (let round = 0; round < ROUNDS; round += 1) {
    const more = lines.slice(written, written + 150 + random.int(200));
    written += more.length;
    appendFileSync(path, more.map((line) => `${line}\n`).join(''));
    if (round % 4 === 1) rotate(path, round);
    await readUntilKilled(folder, path, 1 + random.int(6));
  }
  const store = await readAll(t, folder, path);
  const counts = store.counts();
  assert.equal(counts.lines, written);
  assert.equal(counts.lines, counts.parsed + counts.unparsed);

  const alone = join(folder, 'alone.log');
  writeFileSync(
    alone,
    lines
      .slice(0, written)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const other = await readAll(t, testFolder(t), alone);
  assert.equal(counts.events, other.counts().events);
  assert.deepEqual(
    store.habits().map(({ user, logins }) => [user, logins]),
    other.habits().map(({ user, logins }) => [user, logins]),
  );
  assert.deepEqual(found(store), found(other));
});

/** By name, by name and compressed, or by copy. */
function rotate(path: string, round: number): void {
  const to = `${path}.${100 - round}`;
  if (round % 3 === 0) {
    copyFileSync(path, to);
    truncateSync(path);
    return;
  }
  renameSync(path, to);
  if (round % 3 === 1) {
    writeFileSync(`${to}.gz`, gzipSync(readFileSync(to)));
    rmSync(to);
  }
  writeFileSync(path, '');
}
