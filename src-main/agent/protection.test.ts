// What follows from decisions, with a session that the test plays and a clock that it moves.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import type { Decision, Notification, State, UserSettings } from '../../src-preload/contract.ts';
import { createNotices } from './notices.ts';
import type { Pipeline, Tick } from './pipeline.ts';
import { createProtection, type Protection } from './protection.ts';
import type { SessionEvent, SessionParts } from './session/watch-session.ts';
import { openMemoryStore } from './store/open-store.ts';

interface Stage {
  readonly protection: Protection;
  readonly audited: string[];
  readonly shown: Notification[];
  readonly notices: () => readonly string[];
  readonly locks: () => number;
  readonly moved: Tick[];
  settings: UserSettings;
  mature: boolean;
  trust: number | null;
  passwords: number;
  /** The state changes, as a tick of the pipeline tells it. */
  readonly state: (to: State) => void;
  readonly session: (event: SessionEvent) => void;
}

/** @param found whether the session answers. */
async function stage(t: TestContext, neverLock: string | null = null, found = true): Promise<Stage> {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 });
  const notices = createNotices(Date.now);
  const [audited, shown, moved]: [string[], Notification[], Tick[]] = [[], [], []];
  let [locks, now]: [number, State] = [0, 'NORMAL'];
  let told: SessionParts | null = null;
  const decisionTo = (to: State): Decision => ({
    atMs: Date.now(),
    from: now,
    to,
    trust: 20,
    points: {},
    reason: 'Why.',
  });
  const point = { atMs: 0, trust: 90, low: 80, high: 95, state: 'NORMAL' } as const;
  const built = {
    settings: { ...DEFAULT_USER_SETTINGS, lock: { enabled: true } } as UserSettings,
    mature: true,
    trust: 95 as number | null,
    passwords: 0,
  };
  const protection = createProtection({
    store: openMemoryStore(),
    pipeline: {
      mature: () => built.mature,
      interrupt: () => undefined,
      reauthenticated: () => ({ point, decision: null, scores: new Map() }),
    } as Partial<Pipeline> as Pipeline,
    settings: () => built.settings,
    audit: (kind, text) => audited.push(`${kind}: ${text}`),
    notices,
    nowMs: Date.now,
    point: () => ({ state: now, trust: built.trust }),
    reauthenticated: () => void (built.passwords += 1),
    moved: (tick) => moved.push(tick),
    changed: () => undefined,
    notify: (notification) => shown.push(notification),
    neverLock,
    watch: async (parts) => {
      told = parts;
      if (!found) return await new Promise<never>(() => undefined);
      const ability = { available: true, reason: null, fix: null };
      const lock = async () => {
        locks += 1;
        return { locked: true, by: 'logind' } as const;
      };
      return {
        lockAbility: () => ability,
        locked: () => false,
        idle: () => false,
        missing: null,
        lock,
        stop: () => Promise.resolve(),
      };
    },
  });
  // The session is found a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  return Object.assign(built, {
    ...{ protection, audited, shown, moved, locks: () => locks },
    notices: () => notices.list().map(({ text }) => text),
    state: (to: State) => {
      const decision = decisionTo(to);
      now = to;
      protection.tick({ point: { ...point, state: to }, decision, scores: new Map() });
    },
    session: (event: SessionEvent) => told?.onEvent(event, 'logind'),
  });
}

test('a fall is shown; at the bottom a countdown begins, and locks after ten seconds', async (t) => {
  const { protection, shown, state, locks } = await stage(t);
  state('MONITORING');
  assert.equal(shown.length, 1);
  assert.equal(protection.view().locking, null);
  state('LOCKDOWN');
  assert.deepEqual(protection.view().locking, { atMs: 1_700_000_010_000 });
  assert.ok(shown.some(({ urgency, link }) => urgency === 'critical' && link === '#/'));
  t.mock.timers.tick(9_999);
  assert.equal(locks(), 0);
  t.mock.timers.tick(1);
  assert.equal(locks(), 1);
});

test('unlocking ends the countdown and tells the pipeline; without it there is no doubt any more', async (t) => {
  const { protection, state, session, moved, locks, audited } = await stage(t);
  state('LOCKDOWN');
  assert.match(protection.doubt() ?? '', /Lock the screen and unlock it with your password first/);
  session('locked');
  assert.equal(protection.accepting(), false);
  session('unlocked');
  assert.deepEqual([moved.length, protection.view().locking, protection.accepting()], [1, null, true]);
  t.mock.timers.tick(60_000);
  assert.equal(locks(), 0);
  assert.ok(audited.some((line) => line.startsWith('unlock: ')));
  state('NORMAL');
  assert.equal(protection.doubt(), null);
});

test('nothing is locked that was not learned well, that nobody asked for, or that nobody would see coming', async (t) => {
  const young = await stage(t);
  young.mature = false;
  young.state('LOCKDOWN');
  t.mock.timers.tick(60_000);
  assert.equal(young.locks(), 0);
  assert.match(young.notices().join(), /not locked: neither typing nor the mouse has been learned/);
  t.mock.timers.reset();

  const off = await stage(t);
  off.settings = DEFAULT_USER_SETTINGS;
  off.state('LOCKDOWN');
  t.mock.timers.tick(60_000);
  assert.deepEqual([off.locks(), off.protection.view().locking], [0, null]);
  t.mock.timers.reset();

  const unseen = await stage(t, 'nobody could see it');
  unseen.state('LOCKDOWN');
  t.mock.timers.tick(60_000);
  assert.equal(unseen.locks(), 0);
  assert.deepEqual(unseen.protection.lockAbility(), { available: false, reason: 'nobody could see it', fix: null });
  assert.notEqual(unseen.protection.doubt(), null, 'the user can still lock and unlock');
});

test('a state that was there before the program leads to the lock as well', async (t) => {
  const { protection, locks } = await stage(t);
  const point = { atMs: 0, trust: 3, low: 1, high: 9, state: 'LOCKDOWN' } as const;
  protection.tick({ point, decision: null, scores: new Map() });
  t.mock.timers.tick(10_000);
  assert.equal(locks(), 1);
});

test('until the session is found nothing is looked at, and whoever is doubted stays so', async (t) => {
  const { protection, state } = await stage(t, null, false);
  state('RESTRICTED');
  assert.equal(protection.accepting(), false);
  assert.notEqual(protection.doubt(), null);
  t.mock.timers.tick(10_000);
  assert.equal(protection.accepting(), true, 'a session that never answers keeps nothing waiting for ever');
  assert.equal(protection.doubt(), null);
});

test('quitting is no way around the lock', async (t) => {
  const { protection, state, locks } = await stage(t);
  state('LOCKDOWN');
  await protection.stop();
  assert.equal(locks(), 1);
});

test('what is known of the owner may be changed for ten minutes after the password, where its unlocking can be seen', async (t) => {
  const stageNow = await stage(t);
  const { protection, session, state } = stageNow;
  const first = protection.refusal() ?? '';
  assert.match(first, /^Show first that this is you: lock the screen and unlock it with your password/);
  session('locked');
  session('opened');
  assert.notEqual(protection.refusal(), null, 'open, but nobody showed who he is');
  session('unlocked');
  assert.deepEqual([protection.refusal(), stageNow.passwords], [null, 1]);
  t.mock.timers.tick(600_000);
  assert.equal(protection.refusal(), null);
  t.mock.timers.tick(1);
  assert.equal(protection.refusal(), first);
  session('unlocked');
  state('RESTRICTED');
  assert.match(protection.refusal() ?? '', /Not while SecLyzer doubts that this is you/);
});

test('where no unlocking can be seen, high trust stands in for the password, and the sentence says so', async (t) => {
  const blind = await stage(t, null, false);
  assert.match(blind.protection.refusal() ?? '', /Not before it is known whether the screen is locked/);
  t.mock.timers.tick(10_000);
  assert.deepEqual([blind.protection.unlocksSeen(), blind.protection.refusal()], [false, null]);
  blind.trust = 89.9;
  assert.match(
    blind.protection.refusal() ?? '',
    /a trust of 90 or more has to stand in for the password, and it is 89 now/,
  );
  blind.trust = null;
  assert.match(blind.protection.refusal() ?? '', /there is no score now/);
  blind.trust = 99;
  blind.state('LOCKDOWN');
  assert.notEqual(blind.protection.refusal(), null);
});

test('a host that tells of unlocking is believed, also where nothing can lock', async (t) => {
  const blind = await stage(t, null, false);
  t.mock.timers.tick(10_000);
  blind.protection.session('locked');
  blind.protection.session('unlocked');
  blind.trust = 50;
  assert.deepEqual([blind.protection.unlocksSeen(), blind.protection.refusal()], [true, null]);
  t.mock.timers.tick(600_001);
  assert.match(blind.protection.refusal() ?? '', /Show first/);
});
