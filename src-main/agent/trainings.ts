// Tracks that want to be trained enter; each training leaves its sentence or its failure, and none of a modality runs beside another.
import type { Modality } from '../../src-preload/contract.ts';
import type { Track, TrainingOrder } from './track.ts';
import { messageOf } from './thrown.ts';

export interface Trainings {
  /** Joins a training of the same modality that is under way. Rejects after the failure was told. */
  readonly start: (track: Track, nowMs: number, order?: TrainingOrder) => Promise<string>;
  /** Starts those that are due, where anything may be trained unasked now. */
  readonly whereDue: (tracks: readonly Track[], nowUs: number) => void;
  /** Resolves when none is under way. */
  readonly settled: () => Promise<void>;
}

export interface TrainingsParts {
  readonly mayTrain: () => boolean;
  readonly onTrained: (modality: Modality, sentence: string) => void;
  readonly onFailure: (modality: Modality, reason: string) => void;
}

/** A training that ends early because the program does: nobody has to know. */
export class TrainingAbandoned extends Error {}

export function createTrainings({ mayTrain, onTrained, onFailure }: TrainingsParts): Trainings {
  const running = new Map<Modality, Promise<string>>();

  function start(track: Track, nowMs: number, order?: TrainingOrder): Promise<string> {
    const { modality } = track;
    const joined = running.get(modality);
    if (joined !== undefined) return joined;
    const training = track
      .train(nowMs, order)
      .then((sentence) => {
        onTrained(modality, sentence);
        return sentence;
      })
      .catch((error: unknown) => {
        if (!(error instanceof TrainingAbandoned)) onFailure(modality, messageOf(error));
        throw error;
      })
      .finally(() => running.delete(modality));
    running.set(modality, training);
    return training;
  }

  return {
    start,
    whereDue: (tracks, nowUs) => {
      if (!mayTrain()) return;
      for (const track of tracks.filter((one) => one.wantsTraining()))
        start(track, Math.round(nowUs / 1000)).catch(() => 'told already');
    },
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
