import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import type { LockOutcome } from '../session/lock-screen.ts';
import { createLockCountdown } from './lock-countdown.ts';

const LOCKED: LockOutcome = { locked: true, by: 'logind' };
const FAILED: LockOutcome = { locked: false, reason: 'nobody listens', fix: 'Start a screen locker' };

/** A countdown with a clock of its own, and everything that it did. */
function scene(outcomes: readonly LockOutcome[] = [LOCKED]) {
  const settings = { enabled: true, refusal: null as string | null };
  const [audit, told, locks]: [string[], string[], number[]] = [[], [], []];
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  let nowMs = 1_000_000;
  let changes = 0;
  const countdown = createLockCountdown({
    enabled: () => settings.enabled,
    allowed: () => settings.refusal,
    lock: async () => {
      locks.push(nowMs - 1_000_000);
      return outcomes[Math.min(locks.length, outcomes.length) - 1] ?? LOCKED;
    },
    audit: (_kind, text) => audit.push(text),
    tell: (level, text) => told.push(`${level}: ${text}`),
    changed: () => (changes += 1),
    nowMs: () => nowMs,
    setTimer: (run, delayMs) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const advance = async (seconds: number): Promise<void> => {
    for (let step = 0; step < seconds; step += 1) {
      nowMs += 1000;
      for (const timer of [...timers].filter(({ atMs }) => atMs <= nowMs)) {
        timers.delete(timer);
        timer.run();
      }
      await soon();
    }
  };
  return { countdown, settings, audit, told, locks, advance, timers, changes: () => changes };
}

test('LOCKDOWN locks after ten seconds, once, and says so before and after', async () => {
  const { countdown, audit, locks, advance, timers, changes } = scene();
  countdown.decision('RESTRICTED');
  assert.equal(countdown.deadline(), null);
  countdown.decision('LOCKDOWN');
  countdown.decision('LOCKDOWN');
  assert.equal(countdown.deadline(), 1_010_000);
  assert.equal(changes(), 1);
  await advance(9);
  assert.deepEqual(locks, []);
  await advance(60);
  assert.deepEqual(locks, [10_000]);
  assert.equal(countdown.deadline(), null);
  assert.equal(changes(), 2);
  assert.equal(timers.size, 0);
  assert.deepEqual(audit, [
    'Trust is very low: the screen is locked in 10 s unless it is unlocked before.',
    'SecLyzer locked the screen (logind).',
  ]);
});

test('re-authentication ends it; better trust and the setting do not', async () => {
  const { countdown, settings, audit, locks, advance } = scene();
  countdown.decision('LOCKDOWN');
  await advance(5);
  countdown.reauthenticated();
  countdown.decision('NORMAL');
  assert.equal(countdown.deadline(), null);
  await advance(20);
  assert.deepEqual(locks, []);
  assert.equal(audit.at(-1), 'The countdown to the lock has ended: the screen was unlocked.');
  countdown.decision('LOCKDOWN');
  settings.enabled = false;
  settings.refusal = 'no tray';
  countdown.decision('NORMAL');
  countdown.decision('LOCKDOWN');
  assert.equal(countdown.deadline(), 1_035_000, 'the second entry moves nothing');
  await advance(10);
  assert.deepEqual(locks, [35_000]);
});

test('nothing is locked while it is turned off, nor where it is not allowed, which is said', async () => {
  const { countdown, settings, audit, told, locks, advance } = scene();
  settings.enabled = false;
  countdown.decision('LOCKDOWN');
  assert.deepEqual(audit, []);
  settings.enabled = true;
  settings.refusal = 'nothing has been learned yet.';
  for (const state of ['NORMAL', 'LOCKDOWN', 'NORMAL', 'LOCKDOWN'] as const) countdown.decision(state);
  await advance(60);
  assert.deepEqual(locks, []);
  const said = 'Trust is very low, but the screen is not locked: nothing has been learned yet.';
  assert.deepEqual(audit, [said, said]);
  assert.deepEqual(told, [`warning: ${said}`]);
});

test('what kept it from locking is asked again at every tick, and said once', async () => {
  const { countdown, settings, audit, told, locks, advance } = scene();
  settings.refusal = 'the desktop session is still being looked for';
  // As after a restart of the program: the state that still holds, and no change to it.
  for (let tick = 0; tick < 3; tick += 1) countdown.decision('LOCKDOWN');
  assert.deepEqual([audit.length, told.length], [1, 1]);
  settings.refusal = null;
  countdown.decision('LOCKDOWN');
  await advance(10);
  assert.deepEqual(locks, [10_000]);
  countdown.decision('LOCKDOWN');
  await advance(60);
  assert.deepEqual(locks, [10_000], 'behind the lock nothing is locked again');
});

test('a lock that fails is told with what to do, and tried again while trust stays that low', async () => {
  const { countdown, told, audit, locks, advance } = scene([FAILED, FAILED, LOCKED]);
  countdown.decision('LOCKDOWN');
  await advance(10);
  assert.deepEqual(told, [
    'error: The screen could not be locked: nobody listens. Start a screen locker. SecLyzer tries again, ever more rarely.',
  ]);
  assert.equal(countdown.deadline(), null, 'what is tried again is no countdown');
  await advance(120);
  assert.deepEqual(locks, [10_000, 40_000, 100_000]);
  assert.deepEqual(audit.slice(1), [
    'The screen could not be locked: nobody listens. Start a screen locker.',
    'SecLyzer locked the screen (logind).',
  ]);
});

test('a lock that fails is not tried again once trust is better', async () => {
  const { countdown, audit, locks, advance } = scene([FAILED]);
  countdown.decision('LOCKDOWN');
  await advance(10);
  countdown.decision('RESTRICTED');
  assert.equal(countdown.deadline(), null);
  await advance(120);
  assert.deepEqual(locks, [10_000]);
  assert.equal(audit.at(-1), 'The lock is not tried again: trust is better.');
  countdown.decision('LOCKDOWN');
  countdown.decision('RESTRICTED');
  await advance(120);
  assert.deepEqual(
    locks,
    [10_000, 140_000],
    'better trust had not ended the countdown, but ends what follows its failure',
  );
});

test('a lock screen that goes away without a password starts it anew', async () => {
  const { countdown, locks, advance } = scene();
  countdown.opened();
  countdown.decision('LOCKDOWN');
  await advance(12);
  countdown.opened();
  countdown.opened();
  assert.equal(countdown.deadline(), 1_022_000);
  await advance(60);
  countdown.decision('NORMAL');
  countdown.opened();
  await advance(60);
  assert.deepEqual(locks, [10_000, 22_000]);
});

test('locking now takes the place of the countdown, and works without one', async () => {
  const { countdown, locks, advance } = scene();
  await countdown.lockNow();
  countdown.decision('LOCKDOWN');
  await advance(3);
  await countdown.lockNow();
  assert.equal(countdown.deadline(), null);
  await advance(60);
  assert.deepEqual(locks, [0, 3000]);
});

test('locking now that fails rejects in plain words; a countdown then goes on trying', async () => {
  const { countdown, locks, told, advance } = scene([FAILED, FAILED, LOCKED]);
  const refusal = { message: 'The screen could not be locked: nobody listens. Start a screen locker.' };
  await assert.rejects(countdown.lockNow(), refusal);
  assert.deepEqual(told, [], 'the one who asked was answered');
  countdown.decision('LOCKDOWN');
  await assert.rejects(countdown.lockNow(), refusal);
  assert.equal(countdown.deadline(), null);
  await advance(30);
  assert.deepEqual(locks, [0, 0, 30_000]);
  assert.equal(countdown.deadline(), null);
});

test('quitting during a countdown locks; without one it does not, and nothing follows', async () => {
  const quiet = scene();
  await quiet.countdown.stop();
  quiet.countdown.decision('LOCKDOWN');
  assert.deepEqual(quiet.locks, []);
  assert.equal(quiet.timers.size, 0);
  const running = scene([FAILED]);
  running.countdown.decision('LOCKDOWN');
  await running.advance(2);
  await running.countdown.stop();
  assert.deepEqual(running.locks, [2000]);
  assert.equal(running.timers.size, 0, 'no further try after the end');
  assert.equal(running.countdown.deadline(), null);
});

test('an unlock while the lock is under way ends it, whatever comes of it', async () => {
  const lock = Promise.withResolvers<LockOutcome>();
  const timers: (() => void)[] = [];
  const told: string[] = [];
  const countdown = createLockCountdown({
    enabled: () => true,
    allowed: () => null,
    lock: () => lock.promise,
    audit: () => undefined,
    tell: (_level, text) => told.push(text),
    changed: () => undefined,
    nowMs: () => 0,
    setTimer: (run) => {
      timers.push(run);
      return () => undefined;
    },
  });
  countdown.decision('LOCKDOWN');
  timers[0]?.();
  countdown.reauthenticated();
  lock.reject(new Error('the bus is gone'));
  await soon();
  assert.equal(countdown.deadline(), null);
  assert.equal(timers.length, 1);
  assert.deepEqual(told, []);
});
