// What the tracks said at a tick that stands for several hops enters; the evidence of each hop leaves, oldest first, to be fused and decided on
// one after the other. A longer tick then comes to the same trust as the short ones in its place would, only later: nothing of what bounds one
// hop, and none of the patience of the decision, counts for a longer time.
import type { Modality } from '../../../src-preload/contract.ts';
import type { ModalitySettings } from '../settings.ts';
import type { TrackScore } from '../track.ts';
import type { Evidence } from './trust-filter.ts';

type Said = ReadonlyMap<Modality, TrackScore>;
type Weights = Readonly<Record<Modality, Pick<ModalitySettings, 'weight'>>>;

/** Of the hops that had evidence, the last of them at the end; at least one, with nothing in it where nobody said anything. */
export function hopEvidence(said: Said, modalities: Weights): readonly (readonly Evidence[])[] {
  const parts = [...said].map(([modality, score]) => partsOf(modality, score, modalities[modality].weight));
  const most = parts.reduce((longest, part) => Math.max(longest, part.length), 1);
  return Array.from({ length: most }, (_, hop) => parts.flatMap((part) => part[hop - (most - part.length)] ?? []));
}

function partsOf(
  modality: Modality,
  { llr, share, against, earlier = [], hops = 1 }: TrackScore,
  weight: number,
): Evidence[] {
  if (weight === 0) return [];
  if (against === undefined)
    return Array.from({ length: hops }, () => ({ modality, llr: (llr * share * weight) / hops, share: share / hops }));
  const all = [...earlier, against];
  return all.map((ratios) => ({
    ...{ modality, share: share / all.length },
    against: ratios.map((ratio) => ratio * weight),
  }));
}
