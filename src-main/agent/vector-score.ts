// The trained models of one vector modality with their cards in, how well a window fits their owner out: the same for the agent, which has
// them in files, and for a scorer, which has those of many people.
import { strongestReason } from './act/strongest-reason.ts';
import { calibrated } from './infer/calibration.ts';
import type { Feature } from './features/index.ts';
import { SCORERS, type Scorer } from './infer/index.ts';
import type { ModelCard } from './infer/model-card.ts';
import type { ModelGate } from './infer/model-gate.ts';
import { isMissing, type OwnerWindow } from './learn/negatives.ts';
import type { Prior } from './learn/prior.ts';
import type { ModalitySettings } from './settings.ts';
import type { TrackScore } from './track.ts';
import type { ModelKind } from './vector-path.ts';

export interface OwnModel {
  /** Scores a window that no model has seen, `share` of it new. */
  readonly score: (window: OwnerWindow, share: number) => Promise<TrackScore>;
  /** Events in the windows that it was trained on. */
  readonly learnedFrom: number;
  readonly release: () => Promise<void>;
}

export interface Member {
  readonly kind: ModelKind;
  readonly card: ModelCard;
  readonly scorer: Pick<Scorer, 'score' | 'release'>;
}

/** @param load reads and checks the bytes, each time that the model must be loaded. @throws Error for a kind that nothing scores with. */
export function memberOf(
  kind: ModelKind,
  card: ModelCard,
  load: () => Promise<Uint8Array>,
  gate: ModelGate | undefined,
): Member {
  const make = SCORERS[kind.name.slice(kind.name.lastIndexOf('-') + 1)];
  if (make === undefined) throw new Error(`no way to score with ${kind.name}`);
  return { kind, card, scorer: make({ card, load, ...(gate === undefined ? {} : { gate }) }) };
}

export interface OwnModelParts {
  readonly features: readonly Feature[];
  readonly prior: Prior;
  readonly own: Pick<ModalitySettings, 'cap' | 'fullEvents'>;
}

export function ownModel(members: readonly Member[], { features, prior, own }: OwnModelParts): OwnModel {
  const usual = members[0]?.card.owner ?? { mean: [], sd: [] };
  return {
    score: async (window, share) => {
      let [raw, llr] = [0, 0];
      for (const { kind, card, scorer } of members) {
        const said = kind.raw(await scorer.score(window.vector));
        raw += said / members.length;
        llr += calibrated(card.calibration, said, window.events, own) / members.length;
      }
      const telling = (i: number): boolean => prior.telling[i] === 1 && !isMissing(window.vector, i, prior);
      return { raw, llr, share, strongest: strongestReason(window.vector, features, usual, telling, llr > 0) };
    },
    learnedFrom: Math.min(...members.map(({ card }) => card.training.events)),
    release: async () => {
      for (const { scorer } of members) await scorer.release();
    },
  };
}
