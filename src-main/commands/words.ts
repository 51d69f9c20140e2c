// What the parts of the program are called where a person reads them.
import type { Modality } from '../../src-preload/contract.ts';

export const MODALITY_WORDS = {
  keystroke: 'Typing',
  mouse: 'Mouse',
  app: 'Applications',
  linguistic: 'Writing',
} as const satisfies Record<Modality, string>;

/** For the head of a result: what comes from no person must not be taken for one. */
export const SOURCE_WORDS = {
  live: null,
  replay: 'Recording: these are not your own movements now.',
  synthetic: 'Synthetic typist: not a real person.',
  redis: 'Input comes over Redis: not from the keyboard of this machine.',
  api: 'Input comes over the API: not from the keyboard of this machine.',
} as const;
