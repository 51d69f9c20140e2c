// The series of the monitor enter, round by round; the anomalies among them leave, newest first, those of earlier runs included. What the
// detectors have learned is kept, or every start would be a first day.
import { createHash } from 'node:crypto';
import type { Anomaly } from '../../../src-preload/contract.ts';
import { anomalyOf } from './anomaly-record.ts';
import type { SeasonMoment } from './detect/season.ts';
import { createFamilyWatch, MEAN_MS, type FamilyWatch } from './family-watch.ts';
import { loadAnomalies, loadLearned, saveAnomalies, saveLearned, type MemoryStore } from './monitor-memory.ts';
import type { StreamProcessor } from './stream-processor.ts';
import { WATCHED_FAMILIES, type WatchedFamily } from './watched-metrics.ts';

export interface AnomalyDesk {
  /** @returns those that have just been found. */
  readonly round: (moment: RoundMoment) => readonly Anomaly[];
  /** Whether one will be told in a moment. */
  readonly suspects: () => boolean;
  readonly newest: (limit: number) => readonly Anomaly[];
  /** Found in this run and those before that are still kept. */
  readonly count: () => number;
  /** Forgets anomalies of a period, both ends included; of one without ends also what was learned, but that in memory alone. */
  readonly forget: (fromMs: number, toMs: number) => void;
  /** Keeps what was learned. */
  readonly save: () => void;
}

export interface RoundMoment {
  readonly steadyMs: number;
  /** Of the wall clock. */
  readonly atMs: number;
  readonly intervalMs: number;
  readonly gap: boolean;
}

const KEPT = 500;
const SAVE_EVERY_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Of readings in a mean: with a long interval, ten seconds hold too few. */
const LEAST_READINGS = 4;

type Watches = readonly { readonly watched: WatchedFamily; readonly watch: FamilyWatch }[];

export function createAnomalyDesk(processor: StreamProcessor, store: MemoryStore): AnomalyDesk {
  let found = loadAnomalies(store);
  let nextId = 1 + Math.max(0, ...found.map(({ id }) => id));
  let learned = loadLearned(store);
  let watches: Watches | null = null;
  let watchedIntervalMs = NaN;
  let savedMs: number | null = null;

  /** Means have another length with another interval; what was learned stays. */
  function watchesFor(intervalMs: number): Watches {
    if (watches !== null && watchedIntervalMs === intervalMs) return watches;
    remember();
    watchedIntervalMs = intervalMs;
    const meanMs = Math.max(MEAN_MS, LEAST_READINGS * intervalMs);
    watches = WATCHED_FAMILIES.map((watched) => ({
      watched,
      watch: createFamilyWatch({
        ...{ watched, meanMs, seed: seedOf(watched.family) },
        ...(learned[watched.family] === undefined ? {} : { memory: learned[watched.family] }),
      }),
    }));
    return watches;
  }
  function remember(): void {
    if (watches !== null)
      learned = Object.fromEntries(watches.map(({ watched, watch }) => [watched.family, watch.memory()]));
  }
  function save(): void {
    remember();
    saveLearned(store, learned);
  }
  return {
    round: ({ steadyMs, atMs, intervalMs, gap }) => {
      const season = seasonOf(atMs);
      const fresh = watchesFor(intervalMs).flatMap(({ watched, watch }) => {
        if (gap) watch.forgetLast();
        const values = watched.metrics.map(({ key }) => processor.last(key, steadyMs));
        return watch
          .push(values, steadyMs, season)
          .map((incident) => anomalyOf(incident, watched, { id: nextId++, atMs, steadyMs }, processor));
      });
      savedMs ??= steadyMs;
      if (steadyMs - savedMs >= SAVE_EVERY_MS) {
        savedMs = steadyMs;
        save();
      }
      if (fresh.length === 0) return fresh;
      found = [...fresh.toReversed(), ...found].slice(0, KEPT);
      saveAnomalies(store, found);
      return fresh;
    },
    suspects: () => watches?.some(({ watch }) => watch.suspects()) ?? false,
    newest: (limit) => found.slice(0, limit),
    count: () => found.length,
    forget: (fromMs, toMs) => {
      const kept = found.filter(({ atMs }) => atMs < fromMs || atMs > toMs);
      if (fromMs === -Infinity && toMs === Infinity) [learned, watches] = [{}, null];
      if (kept.length < found.length) saveAnomalies(store, (found = kept));
    },
    save,
  };
}

function seasonOf(atMs: number): SeasonMoment {
  const time = new Date(atMs);
  return {
    minuteOfDay: time.getHours() * 60 + time.getMinutes(),
    day: Math.floor((atMs - time.getTimezoneOffset() * MINUTE_MS) / DAY_MS),
    weekend: time.getDay() % 6 === 0,
  };
}

/** The same for a family on every machine. */
const seedOf = (family: string): number => createHash('sha256').update(family).digest().readUInt32LE();
