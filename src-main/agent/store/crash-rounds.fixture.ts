// Writers of the store that are killed in the middle of what they do, over and over, from one seed. What leaves: how many of each kind
// were survived; the first file that was not whole, or lost or doubled what had been written, ends it with an error.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createRandom, type Random } from '../learn/random.ts';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import { openStore } from './open-store.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import { testKey } from './test-folder.ts';

const CRASH_KINDS = ['write', 'roll-up', 'migration'] as const;
export type CrashKind = (typeof CRASH_KINDS)[number];

export interface CrashTask {
  /** Empty, for the databases. */
  readonly folder: string;
  readonly rounds: number;
  readonly seed: number;
  readonly survived?: (round: number, kind: CrashKind) => void;
}

const START_MS = Date.UTC(2026, 10, 1);
/** Of one second's work to the next: an hour comes quickly. */
const STEP_MS = 20_000;
const HOUR_MS = 3_600_000;
const OLD_POINTS = 1500;
const OLD_ENTRIES = 400;
/** A database serves this many rounds: to read all of it after each takes longer and longer. */
const ROUNDS_A_FOLDER = 30;
/** How long after its announcement a roll-up or a migration is killed, at most. */
const LATEST_MS = 60;

/**
 * Does a second's work of the agent in each turn, from the number given, and says so by its number; before it rolls an hour up it says `up`.
 * Values are below 64, which no level rounds.
 */
const WRITER = `
  import { writeSync } from 'node:fs';
  import { openStore } from ${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)};
  const [, folder, from] = process.argv;
  writeSync(1, 'up\\n');
  const { store } = await openStore(folder, { key: Buffer.alloc(32, 7) });
  const host = new Float64Array(48);
  for (let n = Number(from); ; n++) {
    const atMs = ${START_MS} + n * ${STEP_MS};
    store.addRow('host', atMs * 1000, host.fill(n % 64));
    store.addTrust({ atMs, trust: n % 64, low: 0, high: 64, state: 'NORMAL' });
    const decision = { atMs, from: 'NORMAL', to: 'MONITORING', trust: 61, points: {}, reason: 'invented' };
    store.addDecision(decision, new Uint8Array(200));
    store.addAudit({ atMs, kind: 'pause', text: 'Paused.' });
    store.flush();
    writeSync(1, n + 1 + '\\n');
    if (atMs % ${HOUR_MS} !== 0) continue;
    writeSync(1, 'up\\n');
    store.prune(atMs);
  }
`;

export async function crashRounds({ folder, rounds, seed, survived }: CrashTask): Promise<Record<CrashKind, number>> {
  const random = createRandom(seed);
  const counts = { write: 0, 'roll-up': 0, migration: 0 };
  const old = oldDatabase(folder);
  let [place, stored] = ['', 0];
  for (let round = 0; round < rounds; round++) {
    const kind = CRASH_KINDS[round % CRASH_KINDS.length] as CrashKind;
    if (round % ROUNDS_A_FOLDER === 0) {
      place = join(folder, `from-${round}`);
      mkdirSync(place);
      stored = 0;
    }
    const target = kind === 'migration' ? migrating(folder, old, round) : place;
    const before = kind === 'migration' ? OLD_POINTS : stored;
    const acknowledged = await writeUntilKilled(target, before, kind, random);
    const found = await contentOf(target).catch((error: unknown) => {
      throw new Error(`round ${round} (${kind}, seed ${seed}) left a database that is not whole`, { cause: error });
    });
    // What was not acknowledged was on its way: one second's work at most.
    assert.ok(found === acknowledged || found === acknowledged + 1, `round ${round}: ${found} of ${acknowledged}`);
    if (kind !== 'migration') stored = found;
    counts[kind] += 1;
    survived?.(round, kind);
  }
  return counts;
}

/** @returns the last second's work that the writer acknowledged before it was killed. */
async function writeUntilKilled(folder: string, from: number, kind: CrashKind, random: Random): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  // The first announcement is that of the opening, which migrates.
  const announcement = kind === 'roll-up' ? 2 : 1;
  const enough = 1 + random.int(150);
  let [acknowledged, announced, written] = [from, 0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'up') {
      announced += 1;
      if (kind !== 'write' && announced === announcement) setTimeout(kill, LATEST_MS * random.uniform());
      continue;
    }
    // A line that the kill has cut off is no greater than the one before.
    acknowledged = Math.max(acknowledged, Number(line));
    written += 1;
    if (kind === 'write' && written === enough) kill();
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return acknowledged;
}

/** @returns how many seconds' work it holds, each of them whole and there once. */
async function contentOf(folder: string): Promise<number> {
  const { store, opening } = await openStore(folder, { key: testKey() });
  try {
    assert.equal(opening.kind, 'opened');
    const trust = store.trust(0, 9e15, Infinity);
    for (const [n, point] of trust.entries())
      assert.deepEqual([point.atMs, point.trust], [START_MS + n * STEP_MS, n % 64]);
    const fromMs = START_MS;
    const { points } = store.readSeries({
      series: 'trust.trust',
      fromMs,
      toMs: fromMs + 29 * 86_400_000,
      maxPoints: 9000,
    });
    assert.equal(
      points.reduce((sum, { count }) => sum + count, 0),
      trust.length,
    );
    const host = store.readSeries({
      series: 'cpu.busyPercent',
      fromMs,
      toMs: fromMs + 29 * 86_400_000,
      maxPoints: 9000,
    });
    const old = trust.length - store.decisions(1e6).length;
    assert.ok(old === 0 || old === OLD_POINTS);
    assert.equal(
      host.points.reduce((sum, { count }) => sum + count, 0),
      trust.length - old,
    );
    // Chained to the last of them: of each second a decision, what it was made from, and what happened besides.
    const { whole, last, sentences } = await store.verifyLog({ version: '1.0.0' });
    assert.ok(whole, sentences.join(' '));
    assert.equal(last, 3 * (trust.length - old) + OLD_ENTRIES * (old / OLD_POINTS));
    return trust.length;
  } finally {
    store.close();
  }
}

/** Of the version before there were time series and the chain, with as many points and entries. */
function oldDatabase(folder: string): string {
  const path = join(folder, 'old.db');
  const db = new (loadDriver())(path);
  db.pragma('auto_vacuum = INCREMENTAL');
  const cipher = createCipher(testKey());
  migrate(db, cipher, MIGRATIONS.slice(0, 3));
  const entry = db.prepare(`INSERT INTO audit (at_ms, kind, text) VALUES (?, 'pause', ?)`);
  const insert = db.prepare('INSERT INTO trust VALUES (?, ?, 0, 64, 1)');
  db.transaction(() => {
    for (let n = 0; n < OLD_POINTS; n++) insert.run(START_MS + n * STEP_MS, n % 64);
    for (let n = 0; n < OLD_ENTRIES; n++) {
      const text = cipher.seal(Buffer.from('Paused.'), ['audit.text', START_MS + n, 'pause']);
      entry.run(START_MS + n, text);
    }
  })();
  db.close();
  return path;
}

function migrating(folder: string, old: string, round: number): string {
  const place = join(folder, `migrating-${round}`);
  mkdirSync(place);
  copyFileSync(old, join(place, 'seclyzer.db'));
  return place;
}
