// The features of an address, a user and a session against values worked out by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '../parse/event.ts';
import { createBounded } from './bounded.ts';
import {
  hourDeviation,
  isFirstPrivilege,
  isNewAddress,
  isNewNetwork,
  learnLogin,
  newHabits,
  readHabits,
  writeHabits,
} from './habits.ts';
import { LOG_FEATURES, vectorOf } from './log-features.ts';
import { countSince, recentOf, see } from './recent.ts';
import { addTo, slidingOf, sumOf } from './sliding.ts';
import { createWatch, type Scene } from './watch.ts';

const WINDOW_MS = 300_000;
const START_MS = new Date(2026, 1, 2, 9, 0, 0).getTime();

test('a sliding count holds the last thirty steps, also for what comes late', () => {
  const sliding = slidingOf(WINDOW_MS);
  addTo(sliding, 1_000_000);
  addTo(sliding, 1_000_000, 4);
  assert.equal(sumOf(sliding, 1_000_000), 5);
  addTo(sliding, 1_060_000, 2);
  addTo(sliding, 1_030_000, 1);
  assert.equal(sumOf(sliding, 1_060_000), 8);
  // Step 100 to 129 are the thirty that end with 1,290,000 ms; one later the five of step 100 are gone.
  assert.equal(sumOf(sliding, 1_299_999), 8);
  assert.equal(sumOf(sliding, 1_300_000), 3);
  assert.equal(sumOf(sliding, 1_330_000), 2);
  assert.equal(sumOf(sliding, 1_360_000), 0);
  addTo(sliding, 1_390_000);
  addTo(sliding, 1_000_000, 100);
  assert.equal(sumOf(sliding, 1_390_000), 1);
  addTo(sliding, 9_000_000, 3);
  assert.equal(sumOf(sliding, 9_000_000), 3);
});

test('names within the window, at most so many', () => {
  const recent = recentOf(3);
  for (const [name, atMs] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const)
    see(recent, name, atMs);
  assert.equal(countSince(recent, 0), 2);
  assert.equal(countSince(recent, 2), 1);
  for (const name of ['c', 'd', 'e', 'f']) see(recent, name, 5);
  assert.equal(countSince(recent, 0), 3);
});

test('who is asked for stays, who is not makes room', () => {
  const kept = createBounded<string, number>(2);
  kept.set('a', 1);
  kept.set('b', 2);
  assert.equal(kept.get('a'), 1);
  kept.set('c', 3);
  assert.deepEqual(
    [kept.peek('a'), kept.peek('b'), kept.peek('c'), kept.size(), kept.evicted()],
    [1, undefined, 3, 2, 1],
  );
});

const DEFAULTS = {
  program: 'sshd',
  pid: 0,
  count: 1,
  user: null,
  address: null,
  method: null,
  target: null,
  detail: null,
};
const event = (kind: LogEvent['kind'], atS: number, facts: Partial<LogEvent>): LogEvent => ({
  ...DEFAULTS,
  kind,
  ...facts,
  atMs: START_MS + atS * 1000,
});

/** The vector after the last of these, by names. */
function featuresAfter(...events: readonly LogEvent[]): Readonly<Record<string, number>> {
  const watch = createWatch({ windowMs: WINDOW_MS, addresses: 100, users: 100 });
  let scene: Scene | undefined;
  for (const one of events) scene = watch.take(one, 'line');
  assert.ok(scene !== undefined);
  const vector = vectorOf(scene, WINDOW_MS);
  assert.equal(vector.length, 14);
  return Object.fromEntries(LOG_FEATURES.map(({ name }, f) => [name, Math.round((vector[f] ?? NaN) * 1000) / 1000]));
}

const A = '203.0.113.5';

test('of an address: failures, names, share, gap and mix of methods', () => {
  const seen = featuresAfter(
    event('login-failed', 0, { user: 'root', address: A, method: 'password' }),
    event('login-failed', 10, { user: 'admin', address: A, method: 'password', count: 3 }),
    event('key-refused', 20, { user: 'root', address: A, method: 'publickey' }),
    event('login', 50, { user: 'root', address: A, method: 'password' }),
  );
  // 1 + 3 failed, 1 succeeded: 4/5. Attempts at 0, 10, 20 and 50 s: 50/3 s apart. Methods p, p, k, p: 1 − (9 + 1)/16.
  assert.deepEqual(seen, {
    ...{ failedLogins: 4, distinctUsers: 2, failRatio: 0.8, meanGapS: 16.667, methodVariance: 0.375 },
    ...{ hourDeviation: 0, newAddress: 0, firstSudo: 0, failedSudo: 0, newNetwork: 0 },
    ...{ privilegeS: 300, commandRate: 0, livingOff: 0, accountChanges: 0 },
  });
});

test('of a session: time to root, commands, programs that shells come from, changes to accounts', () => {
  const seen = featuresAfter(
    event('login', 0, { user: 'alice', address: A, method: 'publickey' }),
    event('privilege-failed', 4, { user: 'alice', program: 'sudo', count: 2, detail: 'wrong password' }),
    event('privilege', 7, { user: 'alice', program: 'sudo', target: 'root', detail: '/usr/bin/id' }),
    event('privilege', 9, { user: 'alice', program: 'sudo', target: 'root', detail: '/usr/bin/vim.basic /etc/hosts' }),
    event('privilege', 12, { user: 'alice', program: 'sudo', target: 'root', detail: '/usr/bin/python3.11 x.py' }),
    event('account-added', 13, { program: 'useradd', target: 'eve', detail: '1001' }),
    event('privilege', 20, { user: 'alice', program: 'sudo', target: 'root', detail: '/usr/bin/bash' }),
    event('account-added', 30, { program: 'useradd', target: 'eve', detail: '1001' }),
    event('group-joined', 31, { program: 'usermod', target: 'eve', detail: 'sudo' }),
  );
  // Root after 7 s; 4 commands in 5 minutes; vim, python and bash; the account made 1 s after a command that makes none is nobody's.
  assert.deepEqual(
    [seen['privilegeS'], seen['commandRate'], seen['livingOff'], seen['accountChanges']],
    [7, 0.8, 2, 2],
  );
});

test('of a user: what is new about a login, once three are known', () => {
  const habits = newHabits('bob', 0);
  const at = (day: number, hour: number): number => new Date(2026, 1, day, hour, 30).getTime();
  assert.ok(!isNewAddress(habits, A));
  for (const day of [1, 2, 3]) learnLogin(habits, at(day, 9), '198.51.100.7');
  assert.ok(isNewAddress(habits, '198.51.100.8') && !isNewNetwork(habits, '198.51.100.8'));
  assert.ok(isNewNetwork(habits, A));
  assert.ok(!isNewAddress(habits, '198.51.100.7'));
  assert.ok(isFirstPrivilege(habits));
  // With fewer than twenty logins no hour is unusual.
  assert.equal(hourDeviation(habits, at(4, 3)), 0);
  for (let day = 4; day <= 20; day += 1) learnLogin(habits, at(day, day % 2 === 0 ? 9 : 14), '198.51.100.7');
  // 12 at 9 h and 8 at 14 h; five hours apart they do not reach each other. At 11 h those of 9 h count, at 12 h those of 14 h alone.
  assert.equal(hourDeviation(habits, at(21, 9)), 0);
  assert.equal(hourDeviation(habits, at(21, 11)), 0);
  assert.equal(Math.round(1000 * hourDeviation(habits, at(21, 16))), Math.round(1000 * (1 - 8 / 12)));
  assert.equal(hourDeviation(habits, at(21, 3)), 1);
  assert.deepEqual(readHabits(writeHabits(habits)), habits);
});

test('one attempt is one, however many lines tell of it', () => {
  const same = { pid: 7, user: 'root', address: A } as const;
  const failed = (...events: readonly LogEvent[]): number | undefined => featuresAfter(...events)['failedLogins'];
  assert.equal(
    failed(
      event('login-failed', 0, { ...same, method: 'password' }),
      event('abandoned', 1, { ...same, method: 'none' }),
    ),
    1,
  );
  assert.equal(failed(event('abandoned', 1, { ...same, method: 'none' })), 1);
  assert.equal(
    failed(event('login', 0, { ...same, method: 'password' }), event('abandoned', 1, { ...same, method: 'none' })),
    0,
  );
  const both = [0, 3, 6].flatMap((atS) => [
    event('login-failed', atS, { ...same, method: 'pam' }),
    event('login-failed', atS + 1, { ...same, method: 'keyboard-interactive' }),
  ]);
  assert.equal(failed(...both), 3);
  // Another process is another attempt; so is the same number, an hour later.
  assert.equal(
    failed(
      event('abandoned', 0, { ...same, method: 'none' }),
      event('abandoned', 1, { ...same, pid: 8, method: 'none' }),
    ),
    2,
  );
});

test('a flood of addresses costs what was allowed, and the one that stays is not lost in it', () => {
  const watch = createWatch({ windowMs: WINDOW_MS, addresses: 1000, users: 1000 });
  for (let n = 0; n < 20_000; n += 1) {
    watch.take(
      event('login-failed', n / 100, {
        user: `u${n}`,
        address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
        method: 'password',
      }),
      'x',
    );
    if (n % 100 === 0)
      watch.take(event('login-failed', n / 100, { user: 'root', address: A, method: 'password' }), 'x');
  }
  assert.equal(watch.sizes().addresses, 1000);
  assert.equal(watch.sizes().users, 1000);
  assert.equal(watch.sizes().evicted, 2 * (20_001 - 1000));
  assert.equal(sumOf(watch.address(A)?.failed ?? slidingOf(1), START_MS + 200_000), 200);
});
