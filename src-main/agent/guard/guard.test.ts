// The guard as the agent has it: files in, notifications, incidents and a database out that tells nobody what it holds.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS, type Notification, type UserSettings } from '../../../src-preload/contract.ts';
import { createModelDoor } from '../infer/model-gate.ts';
import { createRandom } from '../learn/random.ts';
import { createCipher } from '../store/cipher.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { logWriter, type LogWriter } from './demo/log-writer.ts';
import { startGuard, type Guard, type GuardEconomy } from './guard.ts';
import { createGuardStore } from './guard-store.ts';
import { openGuardDatabase } from './open-guard-store.ts';

const START_MS = Date.UTC(2026, 1, 2, 9);
const ATTACKER = '203.0.113.66';
const DAY_MS = 86_400_000;

interface Bench {
  readonly dataDir: string;
  readonly log: LogWriter;
  /** Writes what the log has got meanwhile into its file. */
  readonly write: () => void;
  readonly start: () => Guard;
  readonly notifications: Notification[];
  readonly notices: Map<string, string | null>;
  settings: UserSettings['guard'];
  economy?: GuardEconomy;
  nowMs: number;
}

function bench(t: TestContext): Bench {
  const dataDir = testFolder(t);
  const path = join(dataDir, 'auth.log');
  const log = logWriter(START_MS, createRandom(1));
  let written = 0;
  writeFileSync(path, '');
  const b: Bench = {
    ...{ dataDir, log, notifications: [], notices: new Map(), settings: DEFAULT_USER_SETTINGS.guard, nowMs: START_MS },
    write: () => {
      appendFileSync(
        path,
        log
          .lines()
          .slice(written)
          .map((line) => `${line}\n`)
          .join(''),
      );
      written = log.lines().length;
      b.nowMs = Math.max(b.nowMs, log.atMs());
    },
    start: () => {
      const guard = startGuard({
        ...{ dataDir, cipher: createCipher(testKey()), logs: [path] },
        settings: () => b.settings,
        notify: (notification) => b.notifications.push(notification),
        notice: (about, _, text) => b.notices.set(about, text),
        nowMs: () => b.nowMs,
        economy: b.economy,
      });
      t.after(guard.stop);
      return guard;
    },
  };
  return b;
}

const breakIn = (log: LogWriter): void => {
  for (let n = 0; n < 12; n += 1) log.failed('alice', ATTACKER, true);
  log.login('alice', ATTACKER);
  log.wait(3);
  log.sudo('alice', '/usr/bin/cat /etc/shadow');
};

test('an attack becomes an incident and an interruption, once, also over a restart', async (t) => {
  const b = bench(t);
  breakIn(b.log);
  b.write();
  const guard = b.start();
  const heard: number[] = [];
  guard.subscribe(({ id }) => heard.push(id));
  await guard.poll();
  assert.deepEqual(
    b.notifications.map(({ title, urgency }) => [title, urgency]),
    [['This machine is being attacked', 'critical']],
  );
  assert.deepEqual(heard, [1]);
  const [incident] = guard.incidents(10);
  assert.equal(incident?.risk, 'CRITICAL');
  const detail = guard.incident(1, true);
  assert.equal(detail.alerts.length, incident?.alerts);
  assert.ok(detail.lines.some(({ line }) => line.includes('Accepted password for alice')));
  assert.ok(detail.responses.length >= 3);
  assert.throws(() => guard.incident(99, true), /There is no incident 99/);
  assert.deepEqual(
    guard.alerts(1).map(({ id }) => id),
    [detail.alerts.at(-1)?.id],
  );
  const status = guard.status();
  assert.deepEqual(
    [status.running, status.lines, status.parsed, status.alerts],
    [true, b.log.lines().length, b.log.lines().length, detail.alerts.length],
  );
  assert.deepEqual(status.open, { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 1 });
  assert.equal(status.sources[0]?.status, 'reading');
  await guard.stop();

  const again = b.start();
  await again.poll();
  assert.equal(again.status().lines, b.log.lines().length);
  assert.equal(b.notifications.length, 1);
  // It goes on: the same incident, no second interruption.
  b.log.sudo('alice', '/usr/bin/truncate -s 0 /var/log/auth.log');
  b.write();
  await again.poll();
  assert.deepEqual(
    again.incidents(10).map(({ id }) => id),
    [1],
  );
  assert.equal(b.notifications.length, 1);
  assert.deepEqual(again.acknowledge(1, true).acknowledgedMs, b.nowMs);
  assert.deepEqual(again.status().open.CRITICAL, 0);
  assert.throws(() => again.acknowledge(5, true), /There is no incident 5/);
});

test('what happened long ago is on the dashboard, and interrupts nobody', async (t) => {
  const b = bench(t);
  breakIn(b.log);
  b.write();
  b.nowMs += DAY_MS;
  const guard = b.start();
  await guard.poll();
  assert.equal(guard.incidents(10).length, 1);
  assert.deepEqual(b.notifications, []);
});

test('turned off it reads nothing and says so; turned on it goes on where it stopped', async (t) => {
  const b = bench(t);
  b.settings = { ...b.settings, enabled: false };
  breakIn(b.log);
  b.write();
  const guard = b.start();
  await guard.poll();
  const off = guard.status();
  assert.deepEqual([off.running, off.lines, off.sources[0]?.reason], [false, 0, 'turned off in the settings']);
  b.settings = { ...b.settings, enabled: true };
  await guard.apply();
  await guard.poll();
  assert.equal(guard.status().lines, b.log.lines().length);
});

test('a threshold keeps what lies below it out', async (t) => {
  const b = bench(t);
  b.settings = { ...b.settings, threshold: 0.6 };
  for (let n = 0; n < 6; n += 1) b.log.failed('root', ATTACKER, true);
  b.write();
  const guard = b.start();
  await guard.poll();
  assert.deepEqual(guard.incidents(10), []);
});

test('nothing that is kept tells a name, an address or a line; the stream does, where it is wanted', async (t) => {
  const b = bench(t);
  breakIn(b.log);
  b.write();
  const first = b.start();
  await first.poll();
  await first.stop();
  const stored = ['guard.db', 'guard.db-wal'].map((name) => join(b.dataDir, name)).filter((path) => existsSync(path));
  for (const path of stored) {
    const bytes = readFileSync(path).toString('latin1');
    for (const secret of ['alice', ATTACKER, 'Accepted', 'shadow', 'T1110'])
      assert.ok(!bytes.includes(secret), `${secret} in ${path}`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
  }
  const stream = join(b.dataDir, 'guard', 'alerts.jsonl');
  assert.ok(!existsSync(stream));
  b.settings = { ...b.settings, advanced: { stream: true } };
  const guard = b.start();
  b.log.sudo('alice', '/usr/bin/systemctl stop auditd');
  b.write();
  await guard.poll();
  assert.equal(statSync(stream).mode & 0o777, 0o600);
  const lines = readFileSync(stream, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.ok(
    lines.some(({ technique, kind }) => technique === 'T1562.006' && kind === 'new'),
    JSON.stringify(lines),
  );
});

test('what is usual is learned once there is enough of it, and survives a restart', async (t) => {
  const b = bench(t);
  for (let n = 0; n < 260; n += 1) {
    b.log.login(n % 2 === 0 ? 'alice' : 'bob', '198.51.100.7', 'publickey');
    b.log.wait(3600);
  }
  b.write();
  const guard = b.start();
  await guard.poll();
  const { baseline } = guard.status();
  assert.ok(baseline.trainedMs !== null && baseline.have >= 256, JSON.stringify(baseline));
  await guard.stop();
  const again = b.start();
  await again.poll();
  assert.deepEqual(again.status().baseline, baseline);
});

test('LOW and MEDIUM are kept for a week, HIGH for a month; archived they stay without their lines', async (t) => {
  const b = bench(t);
  for (let n = 0; n < 6; n += 1) b.log.failed('root', '203.0.113.9', true);
  breakIn(b.log);
  b.write();
  const guard = b.start();
  await guard.poll();
  const all = guard.alerts(100).length;
  await guard.stop();
  const cipher = createCipher(testKey());
  const store = createGuardStore(openGuardDatabase(b.dataDir, cipher, 0).db, cipher);
  t.after(store.close);
  const keep = { keepDays: 7, keepHighDays: 30, afterwards: 'archive', trainingSamples: 2048 } as const;
  store.prune(b.nowMs + 6 * DAY_MS, keep);
  assert.equal(store.alerts(100).length, all);
  store.prune(b.nowMs + 8 * DAY_MS, keep);
  const left = store.alerts(100);
  assert.ok(left.length > 0 && left.length < all && left.every(({ risk }) => risk === 'HIGH' || risk === 'CRITICAL'));
  store.prune(b.nowMs + 31 * DAY_MS, keep);
  assert.deepEqual([store.alerts(100).length, store.incidents(100).length], [0, 0]);
  const archived = store.archived(0);
  assert.equal(archived.length, all);
  assert.ok(archived.every((alert) => !('lines' in alert)));
});

test('a database that is damaged is set aside, and said', async (t) => {
  const b = bench(t);
  breakIn(b.log);
  b.write();
  const first = b.start();
  await first.poll();
  await first.stop();
  writeFileSync(join(b.dataDir, 'guard.db'), 'no database');
  const guard = b.start();
  await guard.poll();
  assert.match(
    b.notices.get('guard-store') ?? '',
    /^What the log guard had kept was damaged .* set aside as .*guard\.db\.damaged-/,
  );
  assert.equal(guard.incidents(10).length, 1);
});

test('a log that somebody empties is an incident of its own', async (t) => {
  const b = bench(t);
  for (let n = 0; n < 5; n += 1) b.log.login('alice', '198.51.100.7');
  b.write();
  const guard = b.start();
  await guard.poll();
  writeFileSync(join(b.dataDir, 'auth.log'), '');
  await guard.poll();
  const [alert] = guard.alerts(10);
  assert.deepEqual([alert?.risk, alert?.techniques[0]?.id], ['HIGH', 'T1070.002']);
  assert.match(alert?.explanation ?? '', /auth\.log was emptied or replaced, and there is no rotated copy of it\.$/);
});

test('held back it learns nothing anew; without memory for its model the rules go on, and that is no trouble', async (t) => {
  const b = bench(t);
  const door = createModelDoor();
  let [mayTrain, looks] = [false, 0];
  b.economy = {
    ...{ leastPollMs: () => 0, mayTrain: () => mayTrain, gate: door },
    timed: (look) => {
      looks += 1;
      return look();
    },
  };
  for (let n = 0; n < 260; n += 1) {
    b.log.login(n % 2 === 0 ? 'alice' : 'bob', '198.51.100.7', 'publickey');
    b.log.wait(3600);
  }
  b.write();
  const guard = b.start();
  await guard.poll();
  assert.equal(guard.status().baseline.trainedMs, null);
  mayTrain = true;
  await guard.poll();
  assert.notEqual(guard.status().baseline.trainedMs, null);
  door.set('84 % is in use.', 1000);
  breakIn(b.log);
  b.write();
  await guard.poll();
  assert.equal(guard.incidents(10).length, 1, 'found by the rules');
  assert.deepEqual(
    door.models().map(({ name, loaded }) => [name, loaded]),
    [['log-forest', false]],
  );
  assert.equal(b.notices.get('guard') ?? null, null);
  assert.ok(looks >= 3);
});
