// What one modality knows of each of the owner's profiles, put together to what a track has to answer about models and training.
import type { Modality } from '../../src-preload/contract.ts';
import type { Profiles } from './profiles/profiles.ts';
import type { Standing, Track, TrackView, TrainingOrder } from './track.ts';

/** Of one profile. */
export interface Knowledge<Model> {
  /** null while there is none, or none that can be used. */
  readonly model: () => Model | null;
  readonly standing: () => Standing;
  /** Why it is time for a model, or another one; null while it is not. */
  readonly due: () => TrainingOrder['why'] | null;
  /** Rejects with a readable reason; then the model stays what it was. */
  readonly train: (nowMs: number, why: TrainingOrder['why']) => Promise<string>;
  /** @throws Error with a readable reason. */
  readonly goBack: (version: number) => string;
  /** @throws Error when what is stored can't be used. */
  readonly load: () => void;
  readonly forget: () => void;
}

export interface KnowledgeShelf<K> {
  readonly of: (profile: number) => K;
  readonly view: (now: ShelfNow) => TrackView;
  readonly track: Pick<
    Track,
    | 'needsTrust'
    | 'wantsTraining'
    | 'train'
    | 'trained'
    | 'mature'
    | 'standing'
    | 'useVersion'
    | 'load'
    | 'forget'
    | 'reset'
  >;
}

/** What the shelf can't know of what its track does at this moment. */
export interface ShelfNow extends Pick<TrackView, 'evidence'> {
  readonly scoring: boolean;
  /** Events of enrolment that a minute of use brings. */
  readonly perMinute: number;
}

export interface ShelfParts<Model, K extends Knowledge<Model>> {
  readonly modality: Modality;
  readonly profiles: Profiles;
  readonly make: (profile: number) => K;
  /** Other models are in use from now on: what was scored with those before says nothing any more. */
  readonly changed: (models: ReadonlyMap<number, Model>) => void;
}

const FIRST = 1;
const FIX = 'Run seclyzer train, or start learning anew with seclyzer enrol --restart.';

export function knowledgeShelf<Model, K extends Knowledge<Model>>(parts: ShelfParts<Model, K>): KnowledgeShelf<K> {
  const { modality, profiles, make } = parts;
  const shelf = new Map<number, K>();
  let models: ReadonlyMap<number, Model> = new Map();

  const of = (profile: number): K => {
    const there = shelf.get(profile) ?? make(profile);
    shelf.set(profile, there);
    return there;
  };
  const all = (): readonly (readonly [number, K])[] => profiles.list().map(({ id }) => [id, of(id)]);
  /** The one that a question about none in particular is about. */
  const current = (): number => profiles.taught() ?? profiles.inUse() ?? profiles.list()[0]?.id ?? FIRST;
  const changed = (): void => {
    const made = all().map(([profile, { model }]) => [profile, model()] as const);
    for (const [profile, model] of made) profiles.tell(profile, modality, model !== null);
    models = new Map(made.flatMap(([profile, model]) => (model === null ? [] : [[profile, model]])));
    parts.changed(models);
  };

  /** Said while what comes in may be of a profile that has no model yet. */
  function learningFor(): string | null {
    const name = profiles.list().find(({ id }) => id === profiles.learning())?.name;
    if (name === undefined || models.size === 0 || !profiles.unjudged(modality)) return null;
    return `Learning for ${name}. Until that is done, only what fits a profile that is known is scored.`;
  }

  function view({ evidence, scoring, perMinute }: ShelfNow): TrackView {
    const { have, need, refused, trouble } = of(current()).standing();
    const progress = { evidence, enrolment: { have, need, perMinute } };
    if (refused) return { status: 'unavailable', reason: trouble, fix: FIX, ...progress };
    const learning = learningFor();
    const status = models.size === 0 || learning !== null ? 'learning' : scoring ? 'scoring' : 'waiting';
    return { status, reason: trouble ?? learning, fix: null, ...progress };
  }

  return {
    of,
    view,
    track: {
      needsTrust: () => {
        const profile = profiles.taught();
        return profile === null || of(profile).model() !== null;
      },
      wantsTraining: () => of(current()).due() !== null,
      train: async (nowMs, order) => {
        const { train, due, standing } = of(order?.profile ?? current());
        const why = order?.why ?? due() ?? (standing().versions.length === 0 ? 'enrolment' : 'more');
        const sentence = await train(nowMs, why);
        changed();
        return sentence;
      },
      trained: () => models.size > 0,
      mature: () => all().some(([, { standing }]) => standing().maturity === 'mature'),
      standing: (profile) => of(profile).standing(),
      useVersion: async (profile, version) => {
        const sentence = of(profile).goBack(version);
        changed();
        return sentence;
      },
      load: async () => {
        const refused: unknown[] = [];
        for (const [, { load }] of all()) {
          try {
            load();
          } catch (error) {
            refused.push(error);
          }
        }
        changed();
        // One that is refused is told; the others work.
        if (refused.length > 0) throw refused[0];
      },
      forget: async (profile) => {
        of(profile).forget();
        shelf.delete(profile);
        profiles.tell(profile, modality, false);
        changed();
      },
      reset: async () => {
        for (const [, { forget }] of all()) forget();
        changed();
      },
    },
  };
}
