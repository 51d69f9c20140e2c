import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DEFAULT_USER_SETTINGS,
  parseAgentMessage,
  type Decision,
  type Notification,
  type State,
  type UserSettings,
} from '../../../src-preload/contract.ts';
import { createAnnouncer } from './announcer.ts';
import { isQuiet, lockNotification, notificationFor } from './notification.ts';

const REASON = 'Trust fell: this may not be the owner. Typing: hold times 2.4 sd longer than yours.';
const change = (from: State, to: State, trust: number | null = 41.6): Decision => ({
  atMs: 1_700_000_000_123,
  from,
  to,
  trust,
  points: {},
  reason: REASON,
});

test('a drop says what it means, why, how far, and leads to the event', () => {
  assert.deepEqual(notificationFor(change('NORMAL', 'MONITORING')), {
    title: 'This may not be you',
    body: `${REASON}\nTrust 42 of 100.`,
    urgency: 'normal',
    link: '#/history?at=1700000000123',
  });
});

for (const [from, to, title, urgency] of [
  ['MONITORING', 'RESTRICTED', 'This is probably not you', 'normal'],
  ['NORMAL', 'LOCKDOWN', 'Somebody else seems to be here', 'critical'],
  ['LOCKDOWN', 'NORMAL', 'This is you again', 'low'],
  ['LOCKDOWN', 'RESTRICTED', 'Trust rises a little', 'low'],
  ['RESTRICTED', 'MONITORING', 'This may be you again', 'low'],
  ['LEARNING', 'NORMAL', 'Learning is complete', 'low'],
] as const) {
  test(`${from} to ${to}: ${title}`, () => {
    const notification = notificationFor(change(from, to));
    assert.deepEqual([notification?.title, notification?.urgency], [title, urgency]);
  });
}

test('learning that starts anew needs no notification', () => {
  assert.equal(notificationFor(change('LOCKDOWN', 'LEARNING', null)), null);
});

test('no trust, no number; no markup; and never longer than a message may be', () => {
  const reason = 'a<b>&c';
  assert.equal(notificationFor({ ...change('NORMAL', 'MONITORING', null), reason })?.body, 'a b  c');
  const notification = notificationFor({ ...change('NORMAL', 'MONITORING'), reason: 'x'.repeat(2000) });
  assert.doesNotThrow(() => parseAgentMessage({ kind: 'notify', notification }));
});

test('the lock says how long is left', () => {
  const { title, urgency, link } = lockNotification(20_000, 10_040);
  assert.deepEqual([title, urgency, link], ['The screen locks in 10 s', 'critical', '#/']);
  assert.equal(lockNotification(20_000, 20_500).title, 'The screen locks now');
});

for (const [from, to, quiet, loud] of [
  ['22:30', '07:00', [1350, 1439, 0, 419], [1349, 420, 720]],
  ['12:00', '13:15', [720, 794], [719, 795, 0]],
  ['08:00', '08:00', [], [0, 479, 480, 481]],
] as const) {
  test(`quiet from ${from} to ${to}`, () => {
    for (const minutes of quiet) assert.equal(isQuiet({ from, to }, minutes), true, String(minutes));
    for (const minutes of loud) assert.equal(isQuiet({ from, to }, minutes), false, String(minutes));
    assert.equal(isQuiet(null, 0), false);
  });
}

/** An announcer at a time of the test's own. */
function announcing(change_: Partial<UserSettings['notifications']> = {}) {
  const shown: Notification[] = [];
  const at = { s: 1000, localMinutes: 720, settings: { ...DEFAULT_USER_SETTINGS.notifications, ...change_ } };
  const announcer = createAnnouncer({
    settings: () => at.settings,
    show: (notification) => shown.push(notification),
    nowMs: () => at.s * 1000,
    localMinutes: () => at.localMinutes,
  });
  const go = (s: number, from: State, to: State): string | undefined => {
    at.s = s;
    const before = shown.length;
    announcer.decision(change(from, to));
    return shown.length === before ? undefined : shown.at(-1)?.title;
  };
  return { announcer, at, go, shown };
}

test('a state is told once in 60 s; what was held back is said with the next', () => {
  const { go, shown } = announcing();
  assert.equal(go(0, 'NORMAL', 'MONITORING'), 'This may not be you');
  assert.equal(go(10, 'MONITORING', 'NORMAL'), 'This is you again');
  assert.equal(go(20, 'NORMAL', 'MONITORING'), undefined);
  assert.equal(go(69, 'MONITORING', 'NORMAL'), undefined);
  assert.equal(go(69.9, 'NORMAL', 'MONITORING'), 'This may not be you');
  assert.match(shown.at(-1)?.body ?? '', /\n2 changes before this one were not shown\.$/);
  assert.equal(go(75, 'MONITORING', 'NORMAL'), 'This is you again');
  assert.doesNotMatch(shown.at(-1)?.body ?? '', /not shown/);
});

test('six in ten minutes, but worse than all of them always comes through', () => {
  const { go, shown } = announcing();
  for (let n = 0; n < 6; n++) go(n * 61, n % 2 === 0 ? 'NORMAL' : 'MONITORING', n % 2 === 0 ? 'MONITORING' : 'NORMAL');
  assert.equal(shown.length, 6);
  assert.equal(go(400, 'NORMAL', 'MONITORING'), undefined, 'the seventh');
  assert.equal(go(401, 'MONITORING', 'RESTRICTED'), 'This is probably not you');
  assert.match(shown.at(-1)?.body ?? '', /\n1 change before this one was not shown\.$/);
  assert.equal(go(402, 'RESTRICTED', 'LOCKDOWN'), 'Somebody else seems to be here');
  assert.equal(go(500, 'RESTRICTED', 'LOCKDOWN'), undefined, 'as bad as what was told is not worse');
  // Told at 0, 61 ... 305, 401 and 402: the one at 122 is ten minutes old at 722.
  assert.equal(go(721, 'LOCKDOWN', 'MONITORING'), undefined);
  assert.equal(go(722, 'LOCKDOWN', 'MONITORING'), 'This may be you again');
});

test('a clock set back silences nothing', () => {
  const { go } = announcing();
  go(100_000, 'NORMAL', 'MONITORING');
  assert.equal(go(10, 'NORMAL', 'MONITORING'), 'This may not be you');
});

test('quiet hours hold back all but the lock, and count it', () => {
  const { announcer, at, go, shown } = announcing({ quiet: { from: '22:00', to: '06:00' } });
  at.localMinutes = 23 * 60;
  assert.equal(go(0, 'NORMAL', 'LOCKDOWN'), undefined);
  announcer.locking(10_000);
  assert.deepEqual(
    shown.map(({ title }) => title),
    ['The screen locks in 10 s'],
  );
  at.localMinutes = 6 * 60;
  assert.equal(go(3600, 'LOCKDOWN', 'NORMAL'), 'This is you again');
  assert.match(shown.at(-1)?.body ?? '', /1 change before/);
});

test('off means off but for the lock, and nothing is missed then', () => {
  const { announcer, at, go, shown } = announcing({ enabled: false });
  assert.equal(go(0, 'NORMAL', 'LOCKDOWN'), undefined);
  announcer.locking(10_000);
  announcer.locking(10_000);
  assert.equal(shown.length, 1, 'one lock, one notification');
  announcer.locking(40_000);
  assert.equal(shown.length, 2);
  at.settings = DEFAULT_USER_SETTINGS.notifications;
  assert.equal(go(5, 'LOCKDOWN', 'NORMAL'), 'This is you again');
  assert.doesNotMatch(shown.at(-1)?.body ?? '', /not shown/);
});

test('recoveries can be turned off alone; the end of learning is none', () => {
  const { go, shown } = announcing({ recovery: false });
  assert.equal(go(0, 'LEARNING', 'NORMAL'), 'Learning is complete');
  assert.equal(go(100, 'NORMAL', 'MONITORING'), 'This may not be you');
  assert.equal(go(200, 'MONITORING', 'NORMAL'), undefined);
  assert.equal(go(300, 'NORMAL', 'MONITORING'), 'This may not be you');
  assert.doesNotMatch(shown.at(-1)?.body ?? '', /not shown/);
});
