// The user's settings and what is given up to stay within the budget enter; which modalities are watched, shown, and why not, leaves.
import { DEFAULT_USER_SETTINGS, type Modality, type UserSettings } from '../../src-preload/contract.ts';
import type { Economy } from './budget/economy.ts';
import { TURNED_OFF, type Missing } from './sources.ts';

export interface Watching {
  readonly watched: (modality: Modality) => boolean;
  /** What is off until somebody wants it is not spoken of before. */
  readonly shown: (modality: Modality) => boolean;
  /** Of one that is not watched. */
  readonly whyNot: (modality: Modality) => Missing;
}

const SAVED: Missing = {
  reason: 'not watched at the moment, to stay within the budget',
  fix: 'It comes back when there is room; the budget is under Settings.',
};

export function createWatching(user: () => UserSettings, economy: () => Economy): Watching {
  const wanted = (modality: Modality): boolean => user().modalities[modality];
  return {
    watched: (modality) => wanted(modality) && !economy().modalitiesOff.has(modality),
    shown: (modality) => wanted(modality) || DEFAULT_USER_SETTINGS.modalities[modality],
    whyNot: (modality) => (wanted(modality) ? SAVED : TURNED_OFF),
  };
}
