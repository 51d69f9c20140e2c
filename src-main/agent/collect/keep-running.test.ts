import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Availability, Collector, CollectorSink } from './collector.ts';
import { fakeAlarm } from './fake-alarm.fixture.ts';
import { keepRunning } from './keep-running.ts';
import { UnavailableError } from './unavailable.ts';

const GONE: Availability = { ok: false, reason: 'gone', fix: 'wait' };

/** A collector that is told how to answer; `did` has the second and the name of each call. */
function rig(change: Partial<Collector> = {}) {
  const alarm = fakeAlarm();
  const did: string[] = [];
  const sinks: CollectorSink[] = [];
  const note = (what: string): void => void did.push(`${alarm.nowMs() / 1000} ${what}`);
  let wanted = true;
  let changes = 0;
  const collector: Collector = {
    name: 'keyboard',
    modalities: ['keystroke'],
    available: change.available ?? (() => Promise.resolve({ ok: true })),
    start: async (sink) => {
      note('start');
      sinks.push(sink);
      await change.start?.(sink);
    },
    stop: async () => {
      note('stop');
      await change.stop?.();
    },
  };
  const kept = keepRunning(collector, {
    sink: { publish: () => undefined, refuse: () => undefined },
    wanted: () => wanted,
    changed: () => void (changes += 1),
    alarm,
  });
  const report = (now: Availability, nth = sinks.length - 1): void => sinks[nth]?.report(now);
  return { kept, did, report, pass: alarm.pass, want: (now: boolean) => (wanted = now), changes: () => changes };
}

test('one that can not be started is tried again after 5, 30 and 120 s, then every ten minutes', async () => {
  const { kept, did, pass } = rig({ start: () => Promise.reject(new Error('broken')) });
  await kept.settle();
  assert.deepEqual(kept.health(), { ok: false, reason: 'keyboard: broken', fix: 'See seclyzer doctor.' });
  await pass(2_000_000);
  const starts = did.filter((what) => what.endsWith('start')).map((what) => Number.parseInt(what, 10));
  assert.deepEqual(starts, [0, 5, 35, 155, 755, 1355, 1955]);
});

test('the words of an unavailable source reach the dashboard apart', async () => {
  const found = { ok: false, reason: 'no X display', fix: 'Log in.' } as const;
  const { kept } = rig({ start: () => Promise.reject(new UnavailableError(found)) });
  await kept.settle();
  assert.deepEqual(kept.health(), found);
});

test('one that comes back is fine again', async () => {
  let works = false;
  const { kept, pass, changes } = rig({ available: () => Promise.resolve(works ? { ok: true } : GONE) });
  await kept.settle();
  assert.deepEqual(kept.health(), GONE);
  const before = changes();
  works = true;
  await pass(5000);
  assert.deepEqual(kept.health(), { ok: true });
  assert.ok(changes() > before);
});

test('one that fails after it ran is stopped before it is started anew', async () => {
  const { kept, did, pass, report } = rig();
  await kept.settle();
  await pass(100_000);
  report(GONE);
  assert.deepEqual(kept.health(), GONE);
  await pass(10_000);
  assert.deepEqual(did, ['0 start', '105 stop', '105 start']);
  assert.deepEqual(kept.health(), { ok: true });
});

test('one that recovers by itself is left alone', async () => {
  const { kept, did, pass, report } = rig();
  await kept.settle();
  report(GONE);
  report({ ok: true });
  await pass(1_000_000);
  assert.deepEqual(did, ['0 start']);
});

test('the waits begin anew only after a minute of good work', async () => {
  const { kept, did, pass, report } = rig();
  await kept.settle();
  report(GONE); // At 0 s: again at 5 s.
  await pass(10_000);
  report(GONE); // It ran for 5 s: again after 30 s, at 40 s.
  await pass(30_000);
  await pass(60_000);
  report(GONE); // At 100 s it had run for 60 s: again after 5 s.
  await pass(10_000);
  report(GONE); // At 110 s it had run for 5 s again: after 30 s, at 140 s.
  await pass(30_000);
  assert.deepEqual(
    did.filter((what) => what.endsWith('start')),
    ['0 start', '5 start', '40 start', '105 start', '140 start'],
  );
});

test('what has come to its end is not begun again', async () => {
  const { kept, did, pass, report } = rig();
  await kept.settle();
  report({ ok: false, reason: 'the recording has ended', fix: '', final: true });
  await pass(1_000_000);
  assert.deepEqual(did, ['0 start']);
  assert.equal(kept.health().ok, false);
});

test('off stops it and its tries, on starts it, and what an earlier run reports counts no more', async () => {
  const { kept, did, pass, report, want } = rig();
  want(false);
  await kept.settle();
  assert.deepEqual(did, []);
  want(true);
  await kept.settle();
  report(GONE);
  want(false);
  await kept.settle();
  await pass(1_000_000);
  assert.deepEqual(did, ['0 start', '0 stop']);
  want(true);
  await kept.settle();
  report(GONE, 0);
  assert.deepEqual(kept.health(), { ok: true });
  await kept.stop();
  await kept.settle();
  await pass(1_000_000);
  assert.deepEqual(did, ['0 start', '0 stop', '1000 start', '1000 stop']);
});

test('a start that reports at once is believed', async () => {
  const { kept } = rig({ start: async ({ report }) => report(GONE) });
  await kept.settle();
  assert.deepEqual(kept.health(), GONE);
});

test('nothing that it throws comes through', async () => {
  const { kept, pass } = rig({
    available: () => {
      throw new Error('at once');
    },
    stop: () => Promise.reject(new Error('stuck')),
  });
  await kept.settle();
  assert.deepEqual(kept.health(), { ok: false, reason: 'keyboard: at once', fix: 'See seclyzer doctor.' });
  await pass(10_000);
  await kept.stop();
});
