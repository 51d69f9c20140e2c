// A scorer: partitions of the stream in, scores out, as many at a time as its share is. In: a connection, the key of the fleet, what is known of
// people in general. Out: how it is doing; all else lies in Redis.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import type { Cipher } from '../store/cipher.ts';
import { messageOf } from '../thrown.ts';
import { readBacklog, type Backlog } from './backlog.ts';
import { holdPartitions } from './holdings.ts';
import { addedMs, createLag, type LagView } from './lag.ts';
import { workOn, type PartitionWork } from './partition-work.ts';
import type { Priors } from './priors.ts';
import type { RedisCalls } from './redis-calls.ts';
import { createSubjectModels, type ModelsView } from './subject-models.ts';
import { createTrainingQueue, type TrainingQueue } from './training-queue.ts';

export interface ScorerView {
  readonly name: string;
  /** Numbers of the partitions that it holds now, and how many there are. */
  readonly partitions: readonly number[];
  readonly of: number;
  /** That there are, this one among them. */
  readonly scorers: number;
  /** Entries since the start, and a second over the last ten seconds. */
  readonly entries: number;
  readonly perSecond: number;
  /** Of the entries, those that another had taken and not finished, and those that no collector of this fleet has written. */
  readonly claimed: number;
  readonly refused: number;
  /** How often Redis has not let it go on, and how often a partition was another's before it was given back. */
  readonly failures: number;
  readonly lost: number;
  /** From the stream to the score, of the last few thousand entries; null before the first. */
  readonly lag: LagView | null;
  readonly models: ModelsView;
  readonly trainings: ReturnType<TrainingQueue['view']>;
  /** Why nothing can be scored at the moment; null where all is well. */
  readonly trouble: string | null;
}

export interface Scorer {
  readonly view: () => ScorerView;
  /** Of the partitions that it holds. Rejects where Redis does not say. */
  readonly backlog: () => Promise<Backlog>;
  /** Ends the batch under way and gives the partitions back. */
  readonly stop: () => Promise<void>;
}

export interface ScorerParts {
  readonly calls: RedisCalls;
  readonly cipher: Cipher;
  readonly priors: Priors;
  readonly settings: Settings;
  /** Of no other scorer. */
  readonly name: string;
  readonly partitions: number;
  readonly leaseMs?: number;
  /** Models that are kept in memory. */
  readonly models?: number;
  readonly nowMs?: () => number;
}

/** Somebody who dies is missed for so long; ten renewals of a slow connection fit in. */
const LEASE_MS = 5000;
const BATCH = 64;
/** Of a partition, in memory: a few KiB each. */
const SUBJECTS_KEPT = 5000;
const MODELS_KEPT = 20_000;
/** With nothing to do it is looked again so often at the least; an entry stands for five seconds. */
const IDLE_FROM_MS = 2;
const IDLE_TO_MS = 100;
const WITHOUT_REDIS_MS = 250;
const RATE_OVER_MS = 10_000;

export function startScorer(parts: ScorerParts): Scorer {
  const { calls, cipher, priors, settings, name, partitions, leaseMs = LEASE_MS, nowMs = Date.now } = parts;
  const models = createSubjectModels({ calls, cipher, priors, settings, most: parts.models ?? MODELS_KEPT });
  const lag = createLag();
  const batches: { readonly atMs: number; readonly entries: number }[] = [];
  const counts = { entries: 0, claimed: 0, refused: 0, failures: 0, lost: 0 };
  let [trouble, ended] = [null as string | null, false];
  const trainings = createTrainingQueue({
    ...{ calls, cipher, priors, settings, nowMs },
    holds: (partition) => holdings.holds(partition),
    pause: () => sleep(0),
  });
  const holdings = holdPartitions<PartitionWork>({
    ...{ calls, name, partitions, leaseMs },
    begin: (lease) =>
      workOn(lease, {
        ...{ calls, cipher, models, settings, wish: trainings.wish, batch: BATCH, most: SUBJECTS_KEPT },
      }),
  });

  async function round(): Promise<number> {
    await holdings.settle();
    for (const made of trainings.take()) {
      const work = holdings.held().find(({ lease }) => lease.partition === made.partition);
      await work?.install(made);
    }
    let done = 0;
    for (const { lease, turn } of holdings.held()) {
      if (ended) break;
      const worked = await turn();
      if (worked.kind === 'lost') {
        holdings.lost(lease.partition);
        counts.lost += 1;
        continue;
      }
      for (const { id } of worked.entries) lag.add(nowMs() - addedMs(id));
      done += worked.entries.length;
      counts.claimed += worked.claimed;
      counts.refused += worked.refused;
    }
    return done;
  }
  function note(done: number): void {
    counts.entries += done;
    if (done > 0) batches.push({ atMs: nowMs(), entries: done });
    while ((batches[0]?.atMs ?? Infinity) < nowMs() - RATE_OVER_MS) batches.shift();
  }
  async function run(): Promise<void> {
    let idleMs = IDLE_FROM_MS;
    while (!ended) {
      try {
        const done = await round();
        note(done);
        trouble = null;
        idleMs = done > 0 ? IDLE_FROM_MS : Math.min(IDLE_TO_MS, 2 * idleMs);
        // Also between two batches: trainings and renewals have their turn.
        await sleep(done > 0 ? 0 : idleMs);
      } catch (error) {
        trouble = messageOf(error);
        counts.failures += 1;
        await sleep(WITHOUT_REDIS_MS);
      }
    }
  }
  const running = run();

  return {
    view: () => {
      note(0);
      const recent = batches.reduce((sum, one) => sum + one.entries, 0);
      return {
        ...{ name, partitions: holdings.held().map(({ lease }) => lease.partition), of: partitions },
        ...{ scorers: holdings.scorers().length, ...counts, perSecond: recent / (RATE_OVER_MS / 1000) },
        ...{ lag: lag.view(), models: models.view(), trainings: trainings.view(), trouble },
      };
    },
    backlog: () =>
      readBacklog(
        calls,
        holdings.held().map(({ lease }) => lease.partition),
      ),
    stop: async () => {
      ended = true;
      await trainings.stop();
      await running;
      await holdings.stop();
    },
  };
}
