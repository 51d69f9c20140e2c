import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostEvent, MetricEvent } from '../../../src-preload/contract.ts';
import { openMemoryStore } from '../store/open-store.ts';
import { createMonitor } from './monitor.ts';
import { recordHost } from './host-recorder.ts';

const AT_US = 1_795_238_170_000_000;

const metric = (source: string, timestamp: number, values: MetricEvent['data']['values'], parts = {}): MetricEvent => ({
  ...{ timestamp, event_type: 'cpu_metric', source, data: { values, parts } },
});

/** A monitor that hands on what it is given, as the real one does: one event after the other in one turn. */
function recorded(rounds: readonly (readonly HostEvent[])[]) {
  const store = openMemoryStore();
  let rows = 0;
  let listener: (event: HostEvent) => void = () => undefined;
  const end = recordHost({
    monitor: {
      subscribe: (_, __, listen) => {
        listener = listen;
        return () => (listener = () => undefined);
      },
    },
    store: {
      addRow: (...row) => {
        rows += 1;
        store.addRow(...row);
      },
      addEvent: store.addEvent,
    },
  });
  return {
    store,
    end,
    rows: () => rows,
    play: async () => {
      for (const round of rounds) {
        for (const event of round) listener(event);
        await Promise.resolve();
      }
    },
  };
}

const valuesOf = (store: ReturnType<typeof openMemoryStore>, series: string) =>
  store
    .readSeries({ series, fromMs: AT_US / 1000 - 1, toMs: AT_US / 1000 + 9000, maxPoints: 99 })
    .points.map(({ atMs, mean }) => [atMs * 1000 - AT_US, mean]);

test('a round is one row; what belongs to parts is a raw event', async () => {
  const cores = { cpu0: { busyPercent: 1 }, cpu1: { busyPercent: 99 } };
  const round = (us: number, busy: number | null): HostEvent[] => [
    metric('cpu', us, { busyPercent: busy, loadAverage1: 2, somethingNew: 7 }, cores),
    metric('pressure', us, {}, { cpu: { somePercent: 4 } }),
  ];
  const { store, rows, play, end } = recorded([round(AT_US, null), round(AT_US + 1e6, 50)]);
  await play();
  assert.equal(rows(), 2);
  assert.deepEqual(valuesOf(store, 'cpu.busyPercent'), [[1e6, 50]]);
  assert.deepEqual(valuesOf(store, 'cpu.loadAverage1'), [
    [0, 2],
    [1e6, 2],
  ]);
  assert.deepEqual(valuesOf(store, 'pressure.cpu.somePercent'), [
    [0, 4],
    [1e6, 4],
  ]);
  const [first] = store.rawEvents(0, 4e12);
  assert.deepEqual(first, { us: AT_US, kind: 'metric', parts: { cpu: cores, pressure: { cpu: { somePercent: 4 } } } });
  end();
  await play();
  assert.equal(rows(), 2);
});

test('a reading that comes late stands by itself', async () => {
  const disk = metric('filesystem', AT_US, {}, { '/': { usedPercent: 25, usedMiB: 1024 } });
  const { store, play } = recorded([[metric('cpu', AT_US, { busyPercent: 10 })], [disk]]);
  await play();
  assert.deepEqual(valuesOf(store, 'filesystem./.usedPercent'), [[0, 25]]);
  assert.deepEqual(valuesOf(store, 'cpu.busyPercent'), [[0, 10]]);
});

test(
  'the real monitor fills the series',
  { skip: process.platform !== 'linux' && 'the readings are those of Linux' },
  async (t) => {
    const store = openMemoryStore();
    const settings = { enabled: true, intervalSeconds: 1, commandLines: false };
    const monitor = createMonitor({ settings: () => settings, store, tell: assert.fail });
    t.after(monitor.stop);
    const twice = Promise.withResolvers<undefined>();
    let rows = 0;
    const addRow: typeof store.addRow = (...row) => {
      store.addRow(...row);
      if (++rows === 2) twice.resolve(undefined);
    };
    recordHost({ monitor, store: { ...store, addRow } });
    await monitor.apply();
    await twice.promise;
    const last = (series: string): number | undefined =>
      store.readSeries({ series, fromMs: 0, toMs: 4e12, maxPoints: 99 }).points.at(-1)?.mean;
    for (const series of ['memory.usedMiB', 'cpu.loadAverage1', 'processes.count'])
      assert.ok(Number.isFinite(last(series)), series);
    // No name of a process, nor its command line, is among what is kept.
    assert.ok(!JSON.stringify(store.rawEvents(0, 4e12)).includes('"top"'));
  },
);
