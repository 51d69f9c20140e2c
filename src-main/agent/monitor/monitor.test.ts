import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hostEvent, type HostEvent, type HostEventType, type MetricData } from '../../../src-preload/contract.ts';
import * as v from 'valibot';
import { fakeAlarm } from '../collect/fake-alarm.fixture.ts';
import type { HostSource } from '../collect/host/host-source.ts';
import type { SyscallSource } from '../collect/syscalls/syscall-source.ts';
import { createRandom } from '../learn/random.ts';
import { processRow, topOf } from './events.fixture.ts';
import { createMonitor } from './monitor.ts';
import type { SyscallsAnswer } from './syscalls-type.ts';

const START_MS = Date.UTC(2026, 2, 4, 12);

/** A machine that the test is the load of. */
function stage(t: TestContext, kept = new Map<string, string>(), syscalls?: SyscallSource) {
  const alarm = fakeAlarm();
  const machine = { busy: (): number => 2, wallShiftMs: 0, gap: false, broken: false };
  const source = (name: string, read: () => MetricData | null | Promise<MetricData>): HostSource => ({
    name,
    eventType: name === 'processes' ? 'process_metric' : 'cpu_metric',
    available: () => ({ ok: true }),
    open: () => ({ read, close: () => undefined }),
  });
  const sources = [
    source('cpu', () => {
      if (machine.broken) throw new Error('out of order');
      return { values: { busyPercent: machine.busy() }, parts: { cpu0: { busyPercent: 1 }, cpu1: { busyPercent: 3 } } };
    }),
    source('processes', () => ({
      values: { count: 100 },
      parts: {},
      top: topOf(processRow(7, { name: 'stress', cpuPercent: machine.busy() }), processRow(8)),
    })),
  ];
  const clock = () => ({
    read: () => {
      const { gap } = machine;
      machine.gap = false;
      const now = alarm.nowMs();
      return { timestampUs: (START_MS + machine.wallShiftMs + now) * 1000, steadyMs: now + 5e6, awakeMs: now, gap };
    },
  });
  const settings = { enabled: true, intervalSeconds: 1, commandLines: false };
  const told: string[] = [];
  const store = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
  };
  const monitor = createMonitor({
    ...{ settings: () => settings, store, collector: { alarm, clock } },
    sources: [...(syscalls === undefined ? [] : [syscalls.source]), ...sources],
    ...(syscalls === undefined ? {} : { syscalls }),
    tell: (problem) => told.push(problem),
  });
  t.after(monitor.stop);
  return { alarm, machine, settings, monitor, told, kept };
}

test('before it runs there is nothing; then the newest of each source, keys, and points by the wall clock', async (t) => {
  const { alarm, machine, monitor } = stage(t);
  assert.deepEqual([monitor.realtime(), monitor.keys(), monitor.history('cpu.busyPercent', 60)], [{}, [], null]);
  assert.equal(monitor.stats().running, false);
  await monitor.apply();
  machine.busy = () => Math.floor(alarm.nowMs() / 1000);
  await alarm.pass(4500);
  const { cpu } = monitor.realtime();
  assert.equal(cpu?.data.values['busyPercent'], 4);
  assert.deepEqual(monitor.keys(), [
    'cpu.busyPercent',
    'cpu.cpu0.busyPercent',
    'cpu.cpu1.busyPercent',
    'processes.count',
  ]);
  const history = monitor.history('cpu.busyPercent', 2);
  assert.equal(history?.unit, '%');
  assert.deepEqual(history?.points, [
    [START_MS + 2001, 2],
    [START_MS + 3001, 3],
    [START_MS + 4001, 4],
  ]);
  assert.deepEqual([history?.statistics?.mean, history?.statistics?.max], [3, 4]);
  assert.deepEqual(
    monitor.events('process_metric', 1).map(({ source }) => source),
    ['processes'],
  );
  const { running, rounds, events, series } = monitor.stats();
  assert.deepEqual([running, rounds, events.cpu_metric, series], [true, 5, 5, 4]);
});

test('when the wall clock is set, the points move with it and stay in order', async (t) => {
  const { alarm, machine, monitor } = stage(t);
  await monitor.apply();
  await alarm.pass(2500);
  machine.wallShiftMs = -3_600_000;
  await alarm.pass(2000);
  const times = monitor.history('cpu.busyPercent', 60)?.points.map(([atMs]) => atMs - START_MS + 3_600_000);
  assert.deepEqual(times, [0, 1001, 2001, 3001, 4001]);
});

test('it is turned off and on, and its interval changed, while it runs', async (t) => {
  const { alarm, settings, monitor } = stage(t);
  await monitor.apply();
  await alarm.pass(2500);
  settings.enabled = false;
  await monitor.apply();
  await alarm.pass(10_000);
  assert.deepEqual([monitor.stats().running, monitor.stats().rounds], [false, 3]);
  Object.assign(settings, { enabled: true, intervalSeconds: 5 });
  await monitor.apply();
  await alarm.pass(10_000);
  assert.deepEqual([monitor.stats().running, monitor.stats().rounds, monitor.stats().intervalMs], [true, 6, 5000]);
  settings.intervalSeconds = 1;
  await monitor.apply();
  await alarm.pass(3000);
  assert.ok(monitor.stats().rounds >= 8);
});

test('who subscribes gets the events of his types; who fails loses one event and is told of', async (t) => {
  const { alarm, monitor, told } = stage(t);
  const seen: HostEvent[] = [];
  let failures = 0;
  const end = monitor.subscribe('sound', ['process_metric'], (event) => seen.push(event));
  monitor.subscribe('faulty', null, () => {
    failures += 1;
    if (failures === 1) throw new Error('no such thing');
  });
  await monitor.apply();
  await alarm.pass(1500);
  await nextTurn();
  assert.deepEqual(
    seen.map(({ event_type }) => event_type),
    ['process_metric', 'process_metric'],
  );
  assert.deepEqual(told, ['faulty: Error: no such thing']);
  const { subscribers } = monitor.stats().bus;
  const faulty = subscribers.find(({ name }) => name === 'faulty');
  assert.deepEqual([faulty?.delivered, faulty?.failed, faulty?.dropped, faulty?.depth], [4, 1, 0, 0]);
  end();
  await alarm.pass(3000);
  assert.equal(seen.length, 2);
});

test('a load becomes an anomaly with its process first, an event, and what is kept for the next start', async (t) => {
  const { alarm, machine, monitor, kept } = stage(t);
  const random = createRandom(1);
  machine.busy = () => Math.abs(2 + random.normal());
  const events: HostEvent[] = [];
  monitor.subscribe('test', ['anomaly'], (event) => events.push(event));
  await monitor.apply();
  await alarm.pass(900_000);
  assert.deepEqual(monitor.anomalies(10), []);
  machine.busy = () => 97;
  await alarm.pass(12_000);
  const [anomaly, ...others] = monitor.anomalies(10);
  assert.ok(anomaly !== undefined && others.length === 0);
  assert.deepEqual([anomaly.family, anomaly.key, anomaly.id], ['cpu', 'cpu.busyPercent', 1]);
  assert.ok(anomaly.score > 0.5 && anomaly.score <= 1);
  const { rankedBy, processes, neighbours } = anomaly.evidence;
  assert.deepEqual([rankedBy, processes[0]?.name], ['cpu', 'stress']);
  assert.match(
    anomaly.sentence,
    /^The processor’s load .+ %; usual of late is \d.* stress \(process 7\) has used the processor most/,
  );
  assert.deepEqual(
    neighbours.find(({ key }) => key === 'cpu.cpu1.busyPercent'),
    { key: 'cpu.cpu1.busyPercent', value: 3, usual: 3 },
  );
  assert.deepEqual(
    events.map(({ data }) => data),
    [anomaly],
  );
  assert.deepEqual(monitor.events('anomaly', 1), events);
  for (const event of monitor.events(null, 5000)) v.parse(hostEvent, event);
  await monitor.stop();

  const again = stage(t, kept);
  assert.deepEqual(again.monitor.anomalies(10), [anomaly]);
  again.machine.busy = machine.busy;
  await again.monitor.apply();
  await again.alarm.pass(120_000);
  assert.equal(again.monitor.anomalies(10).length, 1, 'after a restart the load is known');
});

test('a source that fails is said; the others go on', async (t) => {
  const { alarm, machine, monitor } = stage(t);
  machine.broken = true;
  await monitor.apply();
  await alarm.pass(2500);
  const { sources, events } = monitor.stats();
  assert.deepEqual([sources['cpu']?.ok, sources['processes']?.ok], [false, true]);
  assert.deepEqual(events, { process_metric: 3 });
});

test('over a gap nothing is judged', async (t) => {
  const { alarm, machine, monitor } = stage(t);
  const random = createRandom(2);
  machine.busy = () => Math.abs(2 + random.normal());
  await monitor.apply();
  await alarm.pass(600_000);
  machine.busy = () => 100;
  await alarm.pass(2000);
  machine.gap = true;
  machine.busy = () => Math.abs(2 + random.normal());
  await alarm.pass(60_000);
  assert.deepEqual(monitor.anomalies(10), []);
});

test('types of events are those of the contract', () => {
  const types: readonly HostEventType[] = [
    'cpu_metric',
    'memory_metric',
    'disk_metric',
    'network_metric',
    'process_metric',
  ];
  for (const event_type of types)
    v.parse(hostEvent, { timestamp: 1, event_type, source: 'x', data: { values: { a: 1, b: null }, parts: {} } });
  assert.throws(() => v.parse(hostEvent, { timestamp: 1, event_type: 'gpu_metric', source: 'x', data: {} }));
});

test('system calls: the newest reading or the reason why there is none, and totals among the metrics', async (t) => {
  const lack = { ok: false, reason: 'no helper', fix: 'install one' } as const;
  const reading = { ts: 1, seconds: 1, calls: [], costCpuPercent: 0.5, source: 'bpftrace' } as const;
  let answer: SyscallsAnswer = lack;
  const read = (): MetricData => ({ values: { callsPerSecond: 900, errorsPerSecond: 3, costPercent: 0.5 }, parts: {} });
  const source: HostSource = {
    ...{ name: 'syscalls', eventType: 'syscall', available: () => ({ ok: true }) },
    open: () => ({ read, close: () => undefined }),
  };
  const { alarm, settings, monitor } = stage(t, undefined, { source, newest: () => answer, malformed: () => 0 });
  await monitor.apply();
  await alarm.pass(2500);
  assert.deepEqual(monitor.syscalls(), lack);
  answer = { ok: true, reading: { ...reading, calls: [] } };
  assert.equal(monitor.syscalls().ok, true);
  assert.equal(monitor.history('syscalls.callsPerSecond', 60)?.statistics?.mean, 900);
  assert.equal(monitor.history('syscalls.callsPerSecond', 60)?.unit, '/s');
  assert.equal(monitor.events('syscall', 10).length, 3);
  settings.enabled = false;
  const off = monitor.syscalls();
  assert.ok(!off.ok && /turned off/.test(off.reason));
});

test('processes are urgent while somebody looks: who asks for five seconds, who listens to them until he ends', async (t) => {
  const alarm = fakeAlarm();
  const clock = () => ({
    read: () => {
      const now = alarm.nowMs();
      return { timestampUs: (START_MS + now) * 1000, steadyMs: now + 5e6, awakeMs: now, gap: false };
    },
  });
  let urgent = (): boolean => assert.fail();
  const monitor = createMonitor({
    ...{ settings: () => ({ enabled: true, intervalSeconds: 1, commandLines: false }), tell: assert.fail },
    ...{ store: { get: () => null, set: () => undefined }, collector: { alarm, clock } },
    sources: (given) => {
      urgent = given;
      return [];
    },
  });
  t.after(monitor.stop);
  await monitor.apply();
  await alarm.pass(20_000);
  monitor.subscribe('history', ['process_metric'], () => undefined, false);
  monitor.subscribe('another', ['cpu_metric'], () => undefined);
  assert.equal(urgent(), false);
  const end = monitor.subscribe('page', null, () => undefined);
  assert.equal(urgent(), true);
  end();
  assert.equal(urgent(), false);
  monitor.realtime();
  assert.equal(urgent(), true);
  await alarm.pass(4000);
  assert.equal(urgent(), true);
  await alarm.pass(2000);
  assert.equal(urgent(), false);
});
