// A snapshot for tests: a calm moment of a live agent.
import type { Snapshot } from '../src-preload/contract.ts';

export const calmSnapshot: Snapshot = {
  version: '0.1.0',
  atMs: 1000,
  source: 'live',
  state: 'NORMAL',
  sinceMs: 0,
  paused: null,
  locking: null,
  screen: 'open',
  trust: 94,
  low: 90,
  high: 97,
  sentence: 'This is you.',
  enrolment: { share: 1, sentence: 'Complete.' },
  modalities: [],
  budget: null,
  events: { published: 0, refused: 0, dropped: 0, lastRefusal: null },
  notices: [],
};
