// The host monitor in, what it costs and how much it takes out: processor time and memory on top of a process without it, events a second
// through the bus and the processor, and one point through every channel.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { HostEvent } from '../../src-preload/contract.ts';
import { cpuSeconds, memoryMiB } from '../agent/budget/proc-reader.ts';
import { createBus } from '../agent/bus/ring-bus.ts';
import { createHostCollector } from '../agent/collect/host/host-collector.ts';
import { hostSources } from '../agent/collect/host/index.ts';
import { createRandom } from '../agent/learn/random.ts';
import { SECONDS } from '../agent/monitor/detect/constants.ts';
import { createFamilyDetector } from '../agent/monitor/detect/family-detector.ts';
import { createStreamProcessor } from '../agent/monitor/stream-processor.ts';
import type { Figure } from './bench-figure.ts';
import { WORKER_FILE, type WorkerKind } from './bench-monitor-worker.ts';
import { cycled, once as onceMade, timeMs } from './bench-timing.ts';

const BATCH = 8192;
const SETTLE_MS = 20_000;
const WATCH_MS = 60_000;
const MB_PER_MIB = 2 ** 20 / 1e6;
const US_PER_MS = 1000;

export function monitorFigures(): readonly Figure[] {
  const onLinux = (): string | null => (process.platform === 'linux' ? null : 'the readings are those of Linux');
  const measured = onceMade(measureCost);
  const cost = { better: 'less', statistic: 'median', reference: null, long: true, missing: onLinux } as const;
  const rate = { unit: 'events/s', better: 'more', statistic: 'median', missing: onLinux } as const;
  return [
    { ...rate, name: 'monitor-bus', reference: 10_000, goal: 5_000_000, measure: measureBus },
    { ...rate, name: 'monitor-events', reference: 5000, goal: 3_000_000, measure: measureProcessor },
    {
      ...{ name: 'monitor-point', unit: 'µs', better: 'less', statistic: 'p95' },
      ...{ reference: 5000, goal: 50, measure: measurePoint },
    },
    { ...cost, name: 'monitor-cpu', unit: '%', goal: 0.5, measure: async () => [(await measured()).cpuPercent] },
    { ...cost, name: 'monitor-memory', unit: 'MB', goal: 15, measure: async () => [(await measured()).memoryMB] },
  ];
}

/** What the collectors really tell on this machine, over and over. */
async function realEvents(): Promise<readonly HostEvent[]> {
  const events: HostEvent[] = [];
  const collector = createHostCollector({ sources: hostSources({ commandLines: () => false }), intervalMs: 100 });
  await collector.start({
    publish: (event) => events.push(event),
    report: () => undefined,
    roundEnded: () => undefined,
  });
  await wait(2000);
  await collector.stop();
  // The first round has no rates.
  const [first] = events;
  return events.filter(({ timestamp }) => timestamp !== first?.timestamp);
}

async function measureBus(): Promise<readonly number[]> {
  const events = await realEvents();
  const bus = createBus<HostEvent>();
  const all = bus.subscribe('all');
  const anomalies = bus.subscribe('anomalies', ({ event_type }) => event_type === 'anomaly');
  let seen = 0;
  const round = (): void => {
    for (let i = 0; i < BATCH; i++) bus.publish(cycled(events, i));
    all.drain(() => void (seen += 1));
    anomalies.drain(() => void (seen += 1));
  };
  const took = timeMs(round, { warmUp: 50, samples: 200 });
  if (seen !== 250 * BATCH) throw new Error(`the bus handed over ${seen} events`);
  return took.map((ms) => (1000 * BATCH) / ms);
}

async function measureProcessor(): Promise<readonly number[]> {
  const events = await realEvents();
  const processor = createStreamProcessor();
  let atMs = 0;
  const round = (): void => {
    for (let i = 0; i < BATCH; i++) processor.accept(cycled(events, i), (atMs += 0.1));
  };
  return timeMs(round, { warmUp: 60, samples: 100 }).map((ms) => (1000 * BATCH) / ms);
}

/** A metric with a family of its own, as the forest costs most; training the forest anew is in it. */
async function measurePoint(): Promise<readonly number[]> {
  const random = createRandom(1);
  const detector = createFamilyDetector({ minimums: [0], constants: SECONDS, seed: 1 });
  const values = [0];
  const point = (i: number): void => {
    values[0] = 20 + 10 * Math.sin(i / 50) + random.normal();
    detector.push(values);
    detector.observe(values);
  };
  return timeMs(point, { warmUp: 20, samples: 60, batch: 256 }).map((ms) => ms * US_PER_MS);
}

interface Cost {
  /** Of one core, on top of the same process without it. */
  readonly cpuPercent: number;
  readonly memoryMB: number;
}

async function measureCost(): Promise<Cost> {
  const [idle, watching] = await Promise.all([measureWorker('idle'), measureWorker('watching')]);
  return { cpuPercent: watching.cpuPercent - idle.cpuPercent, memoryMB: watching.memoryMB - idle.memoryMB };
}

async function measureWorker(kind: WorkerKind): Promise<Cost> {
  const child = fork(WORKER_FILE, [kind], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    await once(child, 'message');
    const { pid } = child;
    if (pid === undefined) throw new Error('the worker has no process id');
    await wait(SETTLE_MS);
    const [fromS, fromMs] = [cpuSeconds(pid), performance.now()];
    await wait(WATCH_MS);
    const [toS, toMs, mib] = [cpuSeconds(pid), performance.now(), memoryMiB(pid)];
    if (fromS === null || toS === null || mib === null) throw new Error('the worker ended while it was measured');
    return { cpuPercent: (100 * (toS - fromS) * 1000) / (toMs - fromMs), memoryMB: mib * MB_PER_MIB };
  } finally {
    child.kill('SIGKILL');
  }
}
