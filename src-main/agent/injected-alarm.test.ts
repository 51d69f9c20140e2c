import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notification } from '../../src-preload/contract.ts';
import type { InjectedFinding } from './infer/injected-finding.ts';
import { createInjectedAlarm } from './injected-alarm.ts';
import { createNotices } from './notices.ts';

const BURST: InjectedFinding = {
  kind: 'burst faster than a hand',
  evidence: '24 keystrokes in 0.4 s',
  confidence: 0.9,
  firstUs: 1_700_000_000_000_000,
  lastUs: 1_700_000_000_400_000,
  events: 24,
};

function scene() {
  const notices = createNotices(() => 1);
  const [audited, shown]: [string[], Notification[]] = [[], []];
  const found: (InjectedFinding | null)[] = [];
  let interrupted = 0;
  const alarm = createInjectedAlarm({
    expected: false,
    audit: (kind, text) => audited.push(`${kind}: ${text}`),
    notices,
    notify: (notification) => shown.push(notification),
    interrupt: () => (interrupted += 1),
    watch: { accept: () => undefined, check: () => found.shift() ?? null, reset: () => undefined, expected: false },
  });
  return { alarm, found, audited, shown, notices, interrupted: () => interrupted };
}

test('an episode is told once, however long it grows, and keeps its windows from the models all along', () => {
  const { alarm, found, audited, shown, notices, interrupted } = scene();
  found.push(null, BURST, { ...BURST, events: 80, evidence: '80 keystrokes in 1.4 s' }, null);
  for (let tick = 0; tick < 4; tick += 1) alarm.tick(tick);
  assert.deepEqual(audited, ['injected: Input that no hand made: burst faster than a hand. 24 keystrokes in 0.4 s.']);
  assert.equal(shown.length, 1);
  assert.equal(shown[0]?.link, '#/history?at=1700000000000');
  assert.equal(notices.list().length, 1);
  assert.equal(interrupted(), 2);
});

test('the next episode of a kind takes the place of the notice about the last one', () => {
  const { alarm, found, audited, notices } = scene();
  found.push(BURST, { ...BURST, firstUs: BURST.firstUs + 90e6, evidence: '30 keystrokes in 0.5 s' });
  alarm.tick(1);
  alarm.tick(2);
  assert.equal(audited.length, 2);
  assert.deepEqual(
    notices.list().map(({ text }) => text),
    ['Input that no hand made: burst faster than a hand. 30 keystrokes in 0.5 s.'],
  );
});

test('a device made by a program is told as loudly as it is sure', () => {
  const { alarm, audited, shown, notices, interrupted } = scene();
  const remapper = {
    ...BURST,
    kind: 'virtual device',
    evidence: '3 keystrokes came from "keyd"',
    confidence: 0.5,
  } as const;
  alarm.report(remapper);
  assert.equal(notices.list().length, 0, 'until the next tick');
  alarm.tick(1);
  alarm.report({ ...remapper, evidence: '90 keystrokes came from "keyd"' });
  alarm.tick(2);
  assert.deepEqual(
    notices.list().map(({ level, text }) => [level, text]),
    [['info', '3 keystrokes came from "keyd".']],
  );
  assert.deepEqual([audited, shown, interrupted()], [[], [], 0]);
  alarm.report({ ...remapper, firstUs: BURST.firstUs + 1, evidence: '5 keystrokes came from "x"', confidence: 0.9 });
  alarm.tick(3);
  alarm.tick(4);
  assert.deepEqual(audited, ['injected: Input that no hand made: virtual device. 5 keystrokes came from "x".']);
  assert.deepEqual([shown.length, interrupted()], [1, 1]);
});

test('declared input is not watched; a burst that nobody declared is', () => {
  for (const expected of [true, false]) {
    const audited: string[] = [];
    const alarm = createInjectedAlarm({
      expected,
      audit: (kind) => audited.push(kind),
      notices: createNotices(() => 1),
      notify: () => undefined,
      interrupt: () => undefined,
    });
    let ts = 1_700_000_000_000_000;
    for (let n = 0; n < 200; n += 1) {
      const key = 'abcdefgh'[n % 8] ?? 'a';
      alarm.accept({ type: 'keystroke', ts, key, event: 'press' });
      alarm.accept({ type: 'keystroke', ts: ts + 2000, key, event: 'release' });
      ts += 10_000;
    }
    alarm.tick(ts);
    assert.deepEqual(audited, expected ? [] : ['injected']);
  }
});
