// The synthetic typist's work through the pipeline with its models loaded. Leaves: how long the agent's thread is busy at a tick.
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork } from './bench-stream.ts';

const WARM_UP_TICKS = 200;
const TICKS = 1000;

export function tickFigures(profile: () => Promise<Profile>): readonly Figure[] {
  return [
    {
      ...{ name: 'tick', unit: 'ms', better: 'less', statistic: 'p95', reference: 75, goal: 5 },
      measure: async () => measureTicks(await profile()),
    },
  ];
}

/** Ticks that scored something, from the closing of the windows to the row on the disk. */
async function measureTicks({ pipeline: build, store, settings, endUs }: Profile): Promise<readonly number[]> {
  const { pipeline } = await build();
  const took: number[] = [];
  let [nextUs, ticks] = [endUs + settings.hopUs, 0];
  for (const event of adaAtWork(4, endUs)) {
    for (; event.ts > nextUs; nextUs += settings.hopUs) {
      const startMs = performance.now();
      const { scores } = await pipeline.tick(nextUs);
      store.flush();
      const tookMs = performance.now() - startMs;
      if (scores.size === 0) continue;
      ticks += 1;
      if (ticks > WARM_UP_TICKS) took.push(tookMs);
    }
    if (took.length >= TICKS) return took;
    pipeline.accept(event);
  }
  return took;
}
