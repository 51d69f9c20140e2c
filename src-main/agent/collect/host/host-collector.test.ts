import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetricData, MetricEvent } from '../../../../src-preload/contract.ts';
import type { Availability } from '../collector.ts';
import { fakeAlarm } from '../fake-alarm.fixture.ts';
import { createHostCollector } from './host-collector.ts';
import type { HostSource, Moment } from './host-source.ts';

const EMPTY: MetricData = { values: {}, parts: {} };

/** A source that notes when it is read. */
function source(
  name: string,
  change: Partial<HostSource> = {},
  read: () => MetricData | null | Promise<MetricData | null> = () => EMPTY,
) {
  const moments: Moment[] = [];
  const counts = { opened: 0, closed: 0 };
  const record: HostSource = {
    name,
    eventType: 'cpu_metric',
    available: () => ({ ok: true }),
    open: () => {
      counts.opened += 1;
      return {
        read: (moment) => {
          moments.push(moment);
          return read();
        },
        close: () => void (counts.closed += 1),
      };
    },
    ...change,
  };
  return { record, moments, counts };
}

function stage(sources: readonly HostSource[], intervalMs = 1000) {
  const alarm = fakeAlarm();
  const gap = { next: false };
  const clock = () => ({
    read: () => {
      const { next } = gap;
      gap.next = false;
      const now = alarm.nowMs();
      return { timestampUs: now * 1000, steadyMs: now, awakeMs: now, gap: next };
    },
  });
  const collector = createHostCollector({ sources, intervalMs, clock, alarm });
  const events: MetricEvent[] = [];
  const reports: [string, Availability][] = [];
  const rounds = { count: 0 };
  const sink = {
    publish: (event: MetricEvent) => void events.push(event),
    report: (name: string, found: Availability) => void reports.push([name, found]),
    roundEnded: () => void (rounds.count += 1),
  };
  return { alarm, gap, collector, events, reports, rounds, sink };
}

test('one reading at once and one a second, with the time since the last', async () => {
  const { record, moments } = source('a');
  const { alarm, collector, events, rounds, sink } = stage([record]);
  await collector.start(sink);
  await alarm.pass(2500);
  assert.deepEqual(
    moments.map(({ elapsedS }) => elapsedS),
    [null, 1.001, 1],
  );
  assert.deepEqual(
    events.map(({ source: from, timestamp }) => [from, timestamp]),
    [
      ['a', 0],
      ['a', 1_001_000],
      ['a', 2_001_000],
    ],
  );
  assert.equal(rounds.count, 3);
  await collector.stop();
});

test('another interval holds from now on', async () => {
  const { record, moments } = source('a');
  const { alarm, collector, sink } = stage([record], 10_000);
  await collector.start(sink);
  await alarm.pass(100);
  collector.setIntervalMs(500);
  await alarm.pass(1900);
  assert.deepEqual(
    moments.map(({ steadyMs }) => steadyMs),
    [0, 501, 1001, 1501],
  );
  await collector.stop();
});

test('stopped and started again: nothing is read between, and the past is forgotten', async () => {
  const { record, moments, counts } = source('a');
  const { alarm, collector, sink } = stage([record]);
  await collector.stop();
  await collector.start(sink);
  await collector.start(sink);
  await alarm.pass(1500);
  await collector.stop();
  await collector.stop();
  await alarm.pass(5000);
  assert.equal(moments.length, 2);
  await collector.start(sink);
  assert.equal(moments.at(-1)?.elapsedS, null);
  assert.deepEqual(counts, { opened: 2, closed: 1 });
  await collector.stop();
});

test('stopped before it has found out what is there', async () => {
  const { record, moments } = source('a');
  const { alarm, collector, sink } = stage([record]);
  const starting = collector.start(sink);
  await collector.stop();
  await starting;
  await alarm.pass(3000);
  assert.equal(moments.length, 0);
});

test('nothing spans a gap', async () => {
  const { record, moments } = source('a');
  const { alarm, gap, collector, sink } = stage([record]);
  await collector.start(sink);
  await alarm.pass(1500);
  gap.next = true;
  await alarm.pass(2000);
  assert.deepEqual(
    moments.map(({ elapsedS }) => elapsedS),
    [null, 1.001, null, 1],
  );
  await collector.stop();
});

test('one that is read seldom keeps its own time', async () => {
  const { record, moments } = source('slow', { leastEveryMs: 3000 });
  const { alarm, collector, sink } = stage([record]);
  await collector.start(sink);
  await alarm.pass(6500);
  assert.deepEqual(
    moments.map(({ steadyMs, elapsedS }) => [steadyMs, elapsedS]),
    [
      [0, null],
      [3001, 3.001],
      [6001, 3],
    ],
  );
  await collector.stop();
});

test('one that is not there is said and left alone; one that tells nothing publishes nothing', async () => {
  const missing = { ok: false, reason: 'no such thing', fix: 'Get one.' } as const;
  const absent = source('absent', { available: () => missing });
  const silent = source('silent', {}, () => null);
  const { alarm, collector, events, reports, sink } = stage([absent.record, silent.record]);
  await collector.start(sink);
  await alarm.pass(1500);
  assert.deepEqual(reports, [
    ['absent', missing],
    ['silent', { ok: true }],
  ]);
  assert.equal(absent.counts.opened, 0);
  assert.equal(silent.moments.length, 2);
  assert.deepEqual(events, []);
  await collector.stop();
});

test('one that fails is closed, said, and tried again after a minute; the others go on', async () => {
  let broken = true;
  const faulty = source('faulty', {}, () => {
    if (broken) throw new Error('it burns');
    return EMPTY;
  });
  const sound = source('sound');
  const { alarm, collector, reports, sink } = stage([faulty.record, sound.record]);
  await collector.start(sink);
  await alarm.pass(58_000);
  assert.equal(faulty.moments.length, 1);
  assert.equal(sound.moments.length, 58);
  assert.match(JSON.stringify(reports.at(-1)), /"faulty".*"faulty: it burns".*tried again in 60 seconds/);
  broken = false;
  await alarm.pass(5000);
  assert.deepEqual(reports.at(-1), ['faulty', { ok: true }]);
  assert.deepEqual(faulty.counts, { opened: 2, closed: 1 });
  assert.equal(faulty.moments[1]?.elapsedS, null);
  await collector.stop();
});

test('a slow one is not asked again before it has answered, holds up nobody, and may fail late', async () => {
  const answers: PromiseWithResolvers<MetricData>[] = [];
  const slow = source('slow', {}, () => {
    const answer = Promise.withResolvers<MetricData>();
    answers.push(answer);
    return answer.promise;
  });
  const { alarm, collector, events, reports, rounds, sink } = stage([slow.record]);
  await collector.start(sink);
  await alarm.pass(3500);
  assert.deepEqual([slow.moments.length, rounds.count, events.length], [1, 4, 0]);
  answers[0]?.resolve(EMPTY);
  await alarm.pass(1000);
  assert.deepEqual([events.length, events[0]?.timestamp], [1, 0]);
  assert.deepEqual([slow.moments.length, slow.moments[1]?.elapsedS], [2, 4.001]);
  answers[1]?.reject(new Error('late'));
  await alarm.pass(100);
  assert.match(JSON.stringify(reports.at(-1)), /slow: late/);
  await collector.stop();
});

test('a reading that never ends holds up the stop for less than a second', async () => {
  const hanging = source('hanging', {}, () => new Promise<null>(() => undefined));
  const { alarm, collector, sink } = stage([hanging.record]);
  await collector.start(sink);
  let stopped = false;
  const stopping = collector.stop().then(() => (stopped = true));
  await alarm.pass(800);
  assert.equal(stopped, false);
  await alarm.pass(150);
  await stopping;
  assert.deepEqual([stopped, hanging.counts.closed], [true, 1]);
});
