// Store, settings and shipped priors in, a pipeline with its four tracks out: the same for the live agent and for replays.
import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS, type AgentOptions, type Modality } from '../../src-preload/contract.ts';
import { appTrack } from './app-track.ts';
import { decisionReason } from './act/decision-reason.ts';
import { graphTrack } from './graph-track.ts';
import { modelsFolder } from './infer/model-files.ts';
import { OPEN_GATE, type ModelGate } from './infer/model-gate.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import { loadLinguisticPrior } from './learn/linguistic-prior.ts';
import { linguisticTrack } from './linguistic-track.ts';
import { loadMousePrior } from './learn/mouse-prior.ts';
import { loadPrior } from './learn/prior.ts';
import { openProfiles, type Profiles } from './profiles/profiles.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import type { DecisionSettings, Settings } from './settings.ts';
import type { Cipher } from './store/cipher.ts';
import type { RemoteScore } from './stages/remote-score.ts';
import type { Store } from './store/store.ts';
import { strokeTrack } from './stroke-track.ts';
import type { Track } from './track.ts';
import { TrainingAbandoned } from './trainings.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from './vector-path.ts';
import { vectorTrack } from './vector-track.ts';
import { messageOf } from './thrown.ts';

export interface BuildParts {
  readonly options: Pick<AgentOptions, 'dataDir' | 'modelsDir'>;
  readonly settings: Settings;
  /** Of the program. */
  readonly version?: string;
  /**
   * Which models score typing and the mouse. The forests, with the one-class SVM, are there to compare with: beside the best they add
   * nothing on the development recordings.
   */
  readonly scorers?: 'best' | 'forests';
  /** In force at this moment; by default those of `settings`, and what is watched unless the user wants otherwise. */
  readonly decision?: () => DecisionSettings;
  readonly watched?: (modality: Modality) => boolean;
  /** Whether what comes in may teach at all. */
  readonly mayLearn?: () => boolean;
  /** Whether models may be trained unasked now. */
  readonly mayTrain?: () => boolean;
  /** Whether there is memory for models. */
  readonly gate?: ModelGate;
  /** Whether the unlocking of the screen can be seen. */
  readonly unlocksSeen?: () => boolean;
  /** As in graph-track.ts. */
  readonly followDrift?: boolean;
  readonly store: Store;
  /** Seals the model files. */
  readonly cipher: Cipher;
  /** Local hour of day, 0-23: recordings bring their own clock. */
  readonly hourOf: (tsUs: number) => number;
  readonly tell: (level: 'info' | 'warning' | 'error', modality: Modality, text: string) => void;
  /** A scorer elsewhere; asked at each tick. */
  readonly remote?: () => RemoteScore;
  /** Something was trained that nobody asked for. */
  readonly onDueTraining?: (sentence: string) => void;
}

export interface Built {
  readonly pipeline: Pipeline;
  readonly tracks: readonly Track[];
  readonly profiles: Profiles;
  readonly mayLearn: () => boolean;
  /** Makes the trainings under way end at their next pause, with nothing saved. */
  readonly abandonTraining: () => void;
}

export async function buildPipeline(parts: BuildParts): Promise<Built> {
  const {
    settings,
    store,
    tell,
    decision = () => settings.decision,
    watched = byDefault,
    mayLearn = () => true,
    gate = OPEN_GATE,
  } = parts;
  const seed = seedOf(store);
  const profiles = openProfiles({ store, unlocksSeen: parts.unlocksSeen ?? (() => false) });
  const { modelsDir, dataDir } = parts.options;
  const modelFiles = modelsFolder(dataDir, parts.cipher);
  let abandoned = false;
  const pause = async (): Promise<void> => {
    await nextTurn();
    if (abandoned) throw new TrainingAbandoned('The program ended before the training did.');
  };
  const vector = async <E extends { readonly ts: number }>(path: VectorPath<E>): Promise<Track> => {
    const prior = await loadPrior(modelsDir, path.prior, path.table, path.features);
    return vectorTrack({ path, settings, store, prior, modelFiles, seed, pause, gate });
  };
  const forests = parts.scorers === 'forests';
  const tracks = [
    forests
      ? await vector(KEYSTROKE_PATH)
      : graphTrack({
          ...{ settings, store, prior: await loadGraphPrior(modelsDir), seed, profiles },
          ...(parts.followDrift === undefined ? {} : { followDrift: parts.followDrift }),
        }),
    forests
      ? await vector(MOUSE_PATH)
      : strokeTrack({ settings, store, prior: await loadMousePrior(modelsDir), profiles }),
    appTrack({ settings, store, hourOf: parts.hourOf }),
    linguisticTrack({ settings, store, prior: await loadLinguisticPrior(modelsDir), seed, gate }),
  ];
  for (const track of tracks) {
    await track.load().catch((error: unknown) => tell('error', track.modality, messageOf(error)));
  }
  const pipeline = createPipeline({
    settings,
    ...(parts.version === undefined ? {} : { version: parts.version }),
    decision,
    watched,
    mayLearn,
    ...(parts.mayTrain === undefined ? {} : { mayTrain: parts.mayTrain }),
    store,
    tracks,
    onFailure: (modality, reason) => tell('error', modality, reason),
    onTrained: (modality, sentence) => tell('info', modality, sentence),
    ...(parts.onDueTraining === undefined ? {} : { onDueTraining: parts.onDueTraining }),
    reasonFor: decisionReason,
    ...(parts.remote === undefined ? {} : { remote: parts.remote }),
    onReset: profiles.reset,
  });
  return { pipeline, tracks, profiles, mayLearn, abandonTraining: () => (abandoned = true) };
}

const byDefault = (modality: Modality): boolean => DEFAULT_USER_SETTINGS.modalities[modality];

/** One seed an installation, so that its models can be made again from the same windows. */
function seedOf(store: Store): number {
  const stored = store.get('seed');
  if (stored !== null) return Number(stored);
  const seed = randomInt(1, 2 ** 31);
  store.set('seed', String(seed));
  return seed;
}
