// The history of an invented host in, what it costs to write it and how long a chart of a month takes to read out.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KEY_BYTES } from '../agent/store/cipher.ts';
import { openStore } from '../agent/store/open-store.ts';
import { HOST_SERIES } from '../agent/store/series/streams.ts';
import type { Store } from '../agent/store/store.ts';
import type { Figure } from './bench-figure.ts';
import { cycled, once, timeMs } from './bench-timing.ts';
import { inventHost } from './invented-host.ts';

const START_MS = Date.UTC(2026, 0, 1);
const MS_PER_S = 1000;
const SECONDS_AN_HOUR = 3600;
const HOUR_MS = SECONDS_AN_HOUR * MS_PER_S;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 4;
const DAYS = 30;
const POINTS_A_MONTH = (DAYS * DAY_MS) / 300_000;
const US_PER_MS = 1000;

export function historyFigures(): readonly Figure[] {
  const hours = once(() => withStore(writeHours));
  const common = { better: 'less', reference: null } as const;
  return [
    {
      ...{ ...common, name: 'history-write', unit: 'ms', statistic: 'p95', goal: 1 },
      measure: async () => (await hours()).writesMs,
    },
    {
      ...{ ...common, name: 'history-roll-up', unit: 'ms', statistic: 'median', goal: null },
      measure: async () => (await hours()).rollUpsMs,
    },
    {
      ...{ ...common, name: 'history-cpu', unit: '%', statistic: 'median', goal: 0.05 },
      measure: async () => (await hours()).cpuPercents,
    },
    {
      ...{ ...common, name: 'history-query-30-days', unit: 'ms', statistic: 'p95', goal: 5 },
      measure: () => withStore(queryMonth),
    },
  ];
}

async function withStore<T>(work: (store: Store) => T): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-bench-history-'));
  const { store } = await openStore(dataDir, { key: randomBytes(KEY_BYTES) });
  try {
    return work(store);
  } finally {
    store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Hours {
  /** Of each second: its row, its event, and the transaction. */
  readonly writesMs: readonly number[];
  readonly rollUpsMs: readonly number[];
  /** Of one core: what the processor had to do in an hour, by the hour. */
  readonly cpuPercents: readonly number[];
}

/** The first hour is warm-up. */
function writeHours(store: Store): Hours {
  const host = inventHost(1);
  const [writesMs, rollUpsMs, cpuPercents]: number[][] = [[], [], []];
  for (let hour = 0; hour <= HOURS; hour += 1) {
    const before = process.cpuUsage();
    const writes = timeMs(
      (n) => {
        const second = hour * SECONDS_AN_HOUR + n;
        const us = (START_MS + second * MS_PER_S) * US_PER_MS;
        store.addRow('host', us, host.row(second));
        store.addEvent(us, host.event(second));
        store.flush();
      },
      { warmUp: 0, samples: SECONDS_AN_HOUR },
    );
    const rollUps = timeMs(() => store.prune(START_MS + (hour + 1) * HOUR_MS), { warmUp: 0, samples: 1 });
    const { user, system } = process.cpuUsage(before);
    if (hour === 0) continue;
    writesMs?.push(...writes);
    rollUpsMs?.push(...rollUps);
    cpuPercents?.push((100 * (user + system)) / US_PER_MS / HOUR_MS);
  }
  return { writesMs: writesMs ?? [], rollUpsMs: rollUpsMs ?? [], cpuPercents: cpuPercents ?? [] };
}

/** One series at five minutes, another each time. A row a minute stands for the month; the last hour is not over and has all of its own. */
function queryMonth(store: Store): readonly number[] {
  const host = inventHost(2);
  const endMs = START_MS + DAYS * DAY_MS;
  const add = (atMs: number): void => {
    const second = (atMs - START_MS) / MS_PER_S;
    store.addRow('host', atMs * US_PER_MS, host.row(second));
  };
  for (let dayMs = START_MS; dayMs < endMs; dayMs += DAY_MS) {
    for (let atMs = dayMs; atMs < Math.min(dayMs + DAY_MS, endMs - HOUR_MS); atMs += 60 * MS_PER_S) add(atMs);
    store.prune(Math.min(dayMs + DAY_MS, endMs - HOUR_MS));
  }
  for (let atMs = endMs - HOUR_MS; atMs < endMs; atMs += MS_PER_S) add(atMs);
  store.flush();
  return timeMs(
    (n) => {
      const query = {
        series: cycled(HOST_SERIES, n),
        fromMs: START_MS,
        toMs: endMs - 1,
        maxPoints: POINTS_A_MONTH + 1,
      };
      const { stepMs, points } = store.readSeries(query);
      if (stepMs !== 300_000 || points.length !== POINTS_A_MONTH)
        throw new Error(`a month has ${POINTS_A_MONTH} points of five minutes, not ${points.length} of ${stepMs} ms`);
    },
    { warmUp: 100, samples: 300 },
  );
}
