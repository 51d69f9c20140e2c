// The owner's chain of applications and the switches of a tick in, how well they fit the owner out.
import type { MarkovModel } from './learn/markov-model.ts';
import { markovLogRatio, type Transition } from './learn/markov.ts';
import type { ModalitySettings } from './settings.ts';
import type { TrackScore } from './track.ts';

/**
 * @param switches one or more.
 * @param cap bounds of one hop: a longer tick has as many of them as hops, and none more than switches.
 */
export function appScore(
  chain: MarkovModel,
  switches: readonly Transition[],
  cap: ModalitySettings['cap'],
  hops: number,
): TrackScore {
  const ratios = switches.map((one) => markovLogRatio(chain, one));
  const raw = ratios.reduce((sum, ratio) => sum + ratio, 0);
  const [low, high] = cap.map((bound) => bound * Math.min(hops, switches.length)) as [number, number];
  const llr = Math.min(high, Math.max(low, raw));
  const strongest =
    llr < 0 ? 'switches between applications that are rare for you' : 'applications in your usual order';
  return { raw, llr, share: 1, strongest };
}
