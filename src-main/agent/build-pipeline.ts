// Store, settings and shipped priors in, a pipeline with its three tracks out: the same for the live agent and for replays.
import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AgentOptions, Modality } from '../../src-preload/contract.ts';
import { appTrack } from './app-track.ts';
import { decisionReason } from './act/decision-reason.ts';
import { loadPrior } from './learn/prior.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import type { Track } from './track.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from './vector-path.ts';
import { vectorTrack } from './vector-track.ts';
import { messageOf } from './thrown.ts';

export interface BuildParts {
  readonly options: Pick<AgentOptions, 'dataDir' | 'modelsDir'>;
  readonly settings: Settings;
  readonly store: Store;
  /** Local hour of day, 0-23: recordings bring their own clock. */
  readonly hourOf: (tsUs: number) => number;
  readonly tell: (level: 'info' | 'warning' | 'error', modality: Modality, text: string) => void;
}

export interface Built {
  readonly pipeline: Pipeline;
  readonly tracks: readonly Track[];
}

export async function buildPipeline(parts: BuildParts): Promise<Built> {
  const { settings, store, tell } = parts;
  const seed = seedOf(store);
  const vector = async <E extends { readonly ts: number }>(path: VectorPath<E>): Promise<Track> => {
    const prior = await loadPrior(parts.options.modelsDir, path.prior, path.table, path.features);
    return vectorTrack({ path, settings, store, prior, dataDir: parts.options.dataDir, seed, pause: () => nextTurn() });
  };
  const tracks = [
    await vector(KEYSTROKE_PATH),
    await vector(MOUSE_PATH),
    appTrack({ settings, store, hourOf: parts.hourOf }),
  ];
  for (const track of tracks) {
    await track.load().catch((error: unknown) => tell('error', track.modality, messageOf(error)));
  }
  const pipeline = createPipeline({
    settings,
    store,
    tracks,
    onFailure: (modality, reason) => tell('error', modality, reason),
    onTrained: (modality, sentence) => tell('info', modality, sentence),
    reasonFor: decisionReason,
  });
  return { pipeline, tracks };
}

/** One seed an installation, so that its models can be made again from the same windows. */
function seedOf(store: Store): number {
  const stored = store.get('seed');
  if (stored !== null) return Number(stored);
  const seed = randomInt(1, 2 ** 31);
  store.set('seed', String(seed));
  return seed;
}
