// The synthetic typist's work through the pipeline with its models loaded. Leaves: how long the agent's thread is busy at a tick, and how
// long at most with each piece of the work that is done between two ticks, for so long may a tick that is due have to wait.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork } from './bench-stream.ts';
import { once } from './bench-timing.ts';

const WARM_UP_TICKS = 200;
const TICKS = 1000;
/** More than there are pieces for a stretch of typing; each is done in a turn of its own. */
const TURNS = 80;
/** A turn in which nothing was done takes less. */
const PIECE_MS = 0.05;

export function tickFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const measured = once(async () => measureTicks(await profile()));
  const common = { unit: 'ms', better: 'less' } as const;
  return [
    {
      ...{ ...common, name: 'tick', statistic: 'p95', reference: 75, goal: 5 },
      measure: async () => (await measured()).ticksMs,
    },
    {
      ...{ ...common, name: 'tick-between', statistic: 'p99', reference: null, goal: 2 },
      measure: async () => (await measured()).piecesMs,
    },
  ];
}

interface Ticks {
  /** Of those that scored something, from the closing of the windows to the row on the disk. */
  readonly ticksMs: readonly number[];
  readonly piecesMs: readonly number[];
}

/** A live clock leaves a second between two ticks, in which what was put off is done; here it is done as soon as the tick is over. */
async function measureTicks({ pipeline: build, store, settings, endUs }: Profile): Promise<Ticks> {
  const { pipeline } = await build();
  const [ticksMs, piecesMs]: [number[], number[]] = [[], []];
  let [nextUs, ticks] = [endUs + settings.hopUs, 0];
  for (const event of adaAtWork(4, endUs)) {
    for (; event.ts > nextUs; nextUs += settings.hopUs) {
      const startMs = performance.now();
      const { scores } = await pipeline.tick(nextUs);
      store.flush();
      const tookMs = performance.now() - startMs;
      const pieces = await catchUp();
      if (scores.size === 0) continue;
      ticks += 1;
      if (ticks <= WARM_UP_TICKS) continue;
      ticksMs.push(tookMs);
      piecesMs.push(...pieces);
    }
    if (ticksMs.length >= TICKS) break;
    pipeline.accept(event);
  }
  return { ticksMs, piecesMs };
}

/** @returns how long each turn took in which something was done. */
async function catchUp(): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const startMs = performance.now();
    await nextTurn();
    const ms = performance.now() - startMs;
    if (ms >= PIECE_MS) tookMs.push(ms);
  }
  return tookMs;
}
