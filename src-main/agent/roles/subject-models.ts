// The models of the subjects that a scorer sees, out of Redis when they are first needed: those that were not needed for longest go first.
// In: what can be used of an entry. Out: what the subject's models say of it.
import type { Modality } from '../../../src-preload/contract.ts';
import { appScore } from '../app-score.ts';
import type { MarkovModel } from '../learn/markov-model.ts';
import { filled } from '../learn/negatives.ts';
import { plainScore, unpackPlain } from '../learn/plain-model.ts';
import type { Settings } from '../settings.ts';
import type { Cipher } from '../store/cipher.ts';
import type { TrackScore } from '../track.ts';
import { messageOf } from '../thrown.ts';
import { ownModel, type OwnModel } from '../vector-score.ts';
import { openModel } from './packed-model.ts';
import type { WindowModality } from './packed-window.ts';
import { partitionKeys } from './partitions.ts';
import { CENTRAL_PATHS, isVector, type Priors } from './priors.ts';
import { bytesOf, type RedisCalls } from './redis-calls.ts';
import type { Prepared } from './score-entry.ts';
import { CENTRAL, type CentralModality, type SubjectState } from './subject-state.ts';

type Loaded =
  | { readonly kind: 'vector'; readonly model: OwnModel }
  | { readonly kind: 'chain'; readonly chain: MarkovModel }
  /** What lies there is not what the subject's state names. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface ModelsView {
  readonly loaded: number;
  /** Times that one had to come out of Redis. */
  readonly fetched: number;
  /** The last that could not be opened; null where all could. */
  readonly refusal: string | null;
}

export interface SubjectModels {
  /** Fetches what a batch will need, all at once. Rejects where Redis does not answer. */
  readonly fetchAll: (partition: number, states: ReadonlyMap<string, SubjectState>) => Promise<void>;
  /** Rejects where Redis does not answer. A model that can't be opened says nothing, and `view` tells of it. */
  readonly score: (
    of: { readonly partition: number; readonly subject: string; readonly state: SubjectState },
    prepared: Prepared,
  ) => Promise<Map<Modality, TrackScore>>;
  readonly view: () => ModelsView;
}

export interface SubjectModelsParts {
  readonly calls: RedisCalls;
  readonly cipher: Cipher;
  readonly priors: Priors;
  readonly settings: Pick<Settings, 'modalities'>;
  /** That are kept in memory: some 20 KiB each. */
  readonly most: number;
}

/** Of the agent's hops of one second: an entry stands for so many. */
const HOPS = 5;

export function createSubjectModels(parts: SubjectModelsParts): SubjectModels {
  const { calls, cipher, priors, settings, most } = parts;
  const held = new Map<string, Loaded>();
  let [fetched, refusal] = [0, null as string | null];

  async function fetch(
    partition: number,
    subject: string,
    modality: CentralModality,
    version: number,
  ): Promise<Loaded> {
    const found = await calls.send(['HGET', partitionKeys(partition).models(subject), modality]);
    fetched += 1;
    try {
      const { members, chain } = openModel(cipher, subject, modality, version, bytesOf(found ?? undefined));
      if (chain !== null) return { kind: 'chain', chain };
      if (!isVector(modality)) throw new Error('a model of applications is a chain');
      return { kind: 'vector', model: vectorOf(modality, members) };
    } catch (error) {
      refusal = `the ${modality} model of a subject can't be opened: ${messageOf(error)}`;
      return { kind: 'broken', reason: refusal };
    }
  }
  function vectorOf(modality: WindowModality, members: ReturnType<typeof openModel>['members']): OwnModel {
    const { models, features } = CENTRAL_PATHS[modality];
    const all = models.map((kind) => {
      const member = members.find(({ card }) => card.name === kind.name);
      if (member === undefined) throw new Error(`there is no ${kind.name}`);
      const { table } = member.card.inputs;
      if (table !== CENTRAL_PATHS[modality].table) throw new Error(`${kind.name} reads ${table}`);
      const plain = unpackPlain(member.bytes);
      const score = (vector: Float32Array): Promise<number> => Promise.resolve(plainScore(plain, vector));
      return { kind, card: member.card, scorer: { score, release: () => Promise.resolve() } };
    });
    return ownModel(all, { features, prior: priors[modality], own: settings.modalities[modality] });
  }
  const nameOf = (subject: string, modality: CentralModality, version: number): string =>
    `${subject} ${modality} ${version}`;
  /** The one that is asked for becomes the last to go. */
  async function get(partition: number, subject: string, modality: CentralModality, version: number): Promise<Loaded> {
    const name = nameOf(subject, modality, version);
    const loaded = held.get(name) ?? (await fetch(partition, subject, modality, version));
    held.delete(name);
    held.set(name, loaded);
    while (held.size > most) held.delete(held.keys().next().value ?? '');
    return loaded;
  }
  return {
    fetchAll: async (partition, states) => {
      const missing = [...states].flatMap(([subject, { learned }]) =>
        CENTRAL.map((modality) => ({ subject, modality, version: learned[modality].version })).filter(
          ({ modality, version }) => version > 0 && !held.has(nameOf(subject, modality, version)),
        ),
      );
      await Promise.all(missing.map(({ subject, modality, version }) => get(partition, subject, modality, version)));
    },
    score: async ({ partition, subject, state }, { windows, switches }) => {
      const said = new Map<Modality, TrackScore>();
      for (const { window, share } of windows) {
        const { version } = state.learned[window.modality];
        if (version === 0) continue;
        const loaded = await get(partition, subject, window.modality, version);
        if (loaded.kind !== 'vector') continue;
        const vector = filled(window.values, priors[window.modality]);
        said.set(window.modality, await loaded.model.score({ vector, events: window.count }, share));
      }
      const { version } = state.learned.app;
      if (version === 0 || switches.length === 0) return said;
      const loaded = await get(partition, subject, 'app', version);
      if (loaded.kind === 'chain') said.set('app', appScore(loaded.chain, switches, settings.modalities.app.cap, HOPS));
      return said;
    },
    view: () => ({ loaded: held.size, fetched, refusal }),
  };
}
