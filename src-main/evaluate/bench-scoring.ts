// Somebody who is known, at work, in; out: how long the models in use need for what is new at a tick, features included.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork, withoutPauses } from './bench-stream.ts';
import { processorSeconds } from './bench-timing.ts';

/**
 * Twenty-five minutes of work. Until about the thousandth score the compiler is still busy, in threads whose time is this process's too,
 * so that the slowest twentieth of the first ones tells of it alone; a program that runs for days has long done with it.
 */
const WARM_UP = 1500;
const SCORES = 400;
const MS_PER_S = 1000;
/** A piece of work takes one; there are two at most. */
const TURNS_BETWEEN = 4;

export function scoringFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const score = { unit: 'ms', better: 'less', statistic: 'p95', reference: 6, goal: 0.2 } as const;
  return [
    { ...score, name: 'model-typing', measure: async () => measureScores(await profile(), 'keystroke') },
    { ...score, name: 'model-strokes', measure: async () => measureScores(await profile(), 'mouse') },
  ];
}

/** Ticks of one track that scored. Nothing is learned from them, which is another figure's affair. */
async function measureScores(
  { pipeline, settings, endUs }: Profile,
  modality: 'keystroke' | 'mouse',
): Promise<readonly number[]> {
  const { tracks } = await pipeline();
  const track = tracks.find((one) => one.modality === modality);
  if (track === undefined) throw new Error(`there is no ${modality} to score`);
  const took: number[] = [];
  let [nextUs, scores] = [endUs + settings.hopUs, 0];
  for (const event of withoutPauses(adaAtWork(4, endUs), modality)) {
    for (; event.ts > nextUs; nextUs += settings.hopUs) {
      // What waits for the time between two ticks has it: a second, as a rule.
      for (let turn = 0; turn < TURNS_BETWEEN; turn += 1) await nextTurn();
      const startS = processorSeconds();
      const score = await track.tick(nextUs, false);
      const tookMs = (processorSeconds() - startS) * MS_PER_S;
      if (score === null) continue;
      scores += 1;
      if (scores > WARM_UP) took.push(tookMs);
    }
    if (took.length >= SCORES) break;
    track.accept(event);
  }
  return took;
}
