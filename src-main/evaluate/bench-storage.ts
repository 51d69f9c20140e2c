// An hour of the synthetic typist's work, as the pipeline writes it down, eight times a day for thirty days, and an invented host that never
// rests beside it. Leaves: the size of the database.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MODALITIES, type TrustPoint } from '../../src-preload/contract.ts';
import { KEY_BYTES } from '../agent/store/cipher.ts';
import { openStore } from '../agent/store/open-store.ts';
import type { Store, StoredScore, StoredWindow } from '../agent/store/store.ts';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork } from './bench-stream.ts';
import { inventHost, type InventedHost } from './invented-host.ts';

const DAYS = 30;
const HOURS_A_DAY = 24;
const HOURS_AT_WORK = 8;
/** At the end, second by second. */
const CLOSE_DAYS = 2;
const SPARSE_S = 20;
const UPKEEP_HOURS = 6;
const SECONDS_AN_HOUR = 3600;
const US_PER_S = 1e6;
const US_PER_HOUR = 3600e6;
const US_PER_DAY = 24 * US_PER_HOUR;
const BYTES_PER_MB = 1e6;
/** Ahead of all that the other figures have written. */
const LATER_US = 365 * US_PER_DAY;

export function storageFigures(profile: () => Promise<Profile>): readonly Figure[] {
  return [
    {
      ...{ name: 'storage-30-days', unit: 'MB', better: 'less', statistic: 'median', reference: 355, goal: 50 },
      long: true,
      measure: async () => [((await bytesByHour(await hourOf(await profile()), MONTH)).at(-1) ?? 0) / BYTES_PER_MB],
    },
  ];
}

/** What is written down in one hour after the other. */
export interface PlannedHour {
  readonly atWork: boolean;
  /** The host second by second. */
  readonly closely: boolean;
  /** What is over is rolled up at the end of it. */
  readonly upkeep: boolean;
}

/**
 * Of single readings the last day alone is kept, so before the last two the host brings one in twenty seconds, which fills as many minutes.
 * Upkeep comes every six hours then, the longest after which the clock is still believed, and every hour in the end, as in the agent.
 */
const MONTH: readonly PlannedHour[] = Array.from({ length: DAYS * HOURS_A_DAY }, (_, i) => {
  const closely = i >= (DAYS - CLOSE_DAYS) * HOURS_A_DAY;
  return { atWork: i % HOURS_A_DAY < HOURS_AT_WORK, closely, upkeep: closely || i % UPKEEP_HOURS === 0 };
});

export interface Hour {
  readonly startUs: number;
  readonly trust: readonly TrustPoint[];
  readonly scores: readonly StoredScore[];
  readonly windows: readonly StoredWindow[];
}

export async function hourOf({ pipeline: build, store, settings, endUs }: Profile): Promise<Hour> {
  const startUs = endUs + LATER_US;
  const untilUs = startUs + US_PER_HOUR;
  const { pipeline } = await build();
  let nextUs = startUs + settings.hopUs;
  for (const event of adaAtWork(6, startUs)) {
    for (; event.ts > nextUs; nextUs += settings.hopUs) await pipeline.tick(nextUs);
    if (nextUs > untilUs) break;
    pipeline.accept(event);
  }
  const mostWindows = US_PER_HOUR / settings.hopUs;
  const windows = MODALITIES.flatMap((modality) => store.windows(modality, mostWindows));
  return {
    startUs,
    trust: store.trust(startUs / 1000, untilUs / 1000, mostWindows),
    scores: store.scores(startUs, untilUs),
    windows: windows.filter(({ ts }) => ts > startUs),
  };
}

/** @returns the size of the database after each of the hours. */
export async function bytesByHour(hour: Hour, plan: readonly PlannedHour[]): Promise<readonly number[]> {
  if (hour.trust.length === 0 || hour.scores.length === 0) throw new Error('an hour of work left nothing in the store');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-bench-storage-'));
  const { store } = await openStore(dataDir, { key: randomBytes(KEY_BYTES) });
  const host = inventHost(3);
  try {
    return plan.map(({ atWork, closely, upkeep }, i) => {
      const laterUs = i * US_PER_HOUR;
      if (atWork) write(hour, store, laterUs);
      writeHost(host, store, hour.startUs + laterUs, closely);
      if (upkeep) store.prune((hour.startUs + laterUs + US_PER_HOUR) / 1000);
      return store.sizeBytes();
    });
  } finally {
    store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function writeHost(host: InventedHost, store: Store, fromUs: number, closely: boolean): void {
  for (let s = 0; s < SECONDS_AN_HOUR; s += closely ? 1 : SPARSE_S) {
    const us = fromUs + s * US_PER_S;
    const second = Math.floor(us / US_PER_S);
    store.addRow('host', us, host.row(second));
    if (closely) store.addEvent(us, host.event(second));
  }
  store.flush();
}

/** Each kind by itself, as the store lets rows go when too many wait. */
function write({ trust, scores, windows }: Hour, store: Store, laterUs: number): void {
  for (const point of trust) store.addTrust({ ...point, atMs: point.atMs + laterUs / 1000 });
  for (const score of scores) store.addScore({ ...score, ts: score.ts + laterUs });
  store.flush();
  for (const window of windows) store.addWindow({ ...window, ts: window.ts + laterUs });
  store.flush();
}
