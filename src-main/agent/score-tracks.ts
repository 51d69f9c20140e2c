// The tracks of one tick in, what each that has something to say says out. One that fails is out until it works again; the others go on.
import type { Modality } from '../../src-preload/contract.ts';
import { messageOf } from './thrown.ts';
import type { Track, TrackScore } from './track.ts';

interface Moment {
  readonly nowUs: number;
  readonly hops: number;
  /** Nothing is suspicious, and learning is allowed. */
  readonly calm: boolean;
  /** The same, and it is surely the owner. */
  readonly sure: boolean;
}

export async function scoreTracks(
  tracks: readonly Track[],
  { nowUs, hops, calm, sure }: Moment,
  onFailure: (modality: Modality, reason: string) => void,
): Promise<Map<Modality, TrackScore>> {
  const scores = new Map<Modality, TrackScore>();
  for (const track of tracks) {
    try {
      // What has no model yet learns while nothing is suspicious, or one that is learned early would keep out the others.
      const score = await track.tick(nowUs, track.needsTrust() ? sure : calm, calm, hops);
      if (score !== null) scores.set(track.modality, score);
    } catch (error) {
      onFailure(track.modality, messageOf(error));
    }
  }
  return scores;
}
