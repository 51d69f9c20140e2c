// The ways in which the owner works: a profile is a keyboard together with a mouse, for they change together when he moves from the
// laptop to the dock, and so what either says of the choice counts for both. In: the user's wishes, and at each tick how well each
// profile explains what was done. Out: which one is in use, which one learns, and how well the owner explains it, whichever it is.
import * as v from 'valibot';
import type { Modality } from '../../../src-preload/contract.ts';
import type { Store } from '../store/store.ts';
import { likeliest, mix, relax, type Weights } from './profile-mixture.ts';

export interface ProfileEntry {
  /** From 1 on, never that of an earlier one. */
  readonly id: number;
  readonly name: string;
  readonly createdMs: number;
}

export interface Profiles {
  readonly list: () => readonly ProfileEntry[];
  /** The one that is being learned for the first time; null when there is none. */
  readonly learning: () => number | null;
  /** The one that fits best what came in last; null while none has a model. */
  readonly inUse: () => number | null;
  /** The one that what comes in teaches; null where it is not clear. */
  readonly taught: () => number | null;
  /** Whether what comes in of this modality may be of a profile that has no model of it yet: then nothing speaks against the owner. */
  readonly unjudged: (modality: Modality) => boolean;
  /** A track says whether it has a model of the profile. */
  readonly tell: (profile: number, modality: Modality, isKnown: boolean) => void;
  /** Whether any modality has a model of the profile. */
  readonly isKnown: (profile: number) => boolean;
  /**
   * How well the owner explains what was done since the last tick, whichever profile he works with: natural-log ratio, in the units
   * of what is given.
   * @param ratios by profile; of one that says nothing, what anybody would do is assumed.
   */
  readonly weigh: (nowUs: number, ratios: ReadonlyMap<number, number>) => number;
  /**
   * Whether somebody has shown with the password that he is the owner, and nobody was away for long since; where no unlocking can be
   * seen, always.
   */
  readonly confirmed: () => boolean;
  /** What is believed of its being in use, 0-1. */
  readonly weight: (profile: number) => number;
  /** Something came in. */
  readonly seen: (nowUs: number) => void;
  /** The password was typed. */
  readonly reauthenticated: (nowUs: number) => void;
  /** What comes next is another sitting: any of them may be in use. */
  readonly interrupt: () => void;
  /** @returns its number. @throws Error with a readable reason. */
  readonly add: (name: string, nowMs: number) => number;
  /** @throws Error with a readable reason. */
  readonly rename: (id: number, name: string) => void;
  /** Takes it off the list. @throws Error with a readable reason. */
  readonly remove: (id: number) => void;
  /** One profile of which nothing is known. */
  readonly reset: () => void;
}

export interface ProfilesParts {
  readonly store: Pick<Store, 'get' | 'set'>;
  readonly nowMs?: () => number;
  /** Whether the unlocking of the screen can be seen. */
  readonly unlocksSeen?: () => boolean;
}

const FIRST_NAME = 'Usual';
const FIRST_PROFILE = 1;
const MOST_PROFILES = 5;
/** Below this it is not clear enough which profile is in use to teach it. */
const CLEAR = 0.9;
/** However little a profile was used of late. Whoever takes it up again must not be taken for a stranger. */
const LEAST_SHARE = 0.1;
/** Use of the last so many ticks with evidence makes the shares: a week or so of work. */
const USE_MEMORY = 40_000;
const SAVE_EVERY = 100;
/** After a longer pause somebody else may have sat down: a profile that is being learned goes on with the next password. */
const LONGEST_PAUSE_US = 15 * 60e6;

const KEY = 'profiles';
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const schema = v.object({
  profiles: v.pipe(
    v.array(v.object({ id: count, name: v.string(), createdMs: v.number(), use: v.number() })),
    v.minLength(1),
  ),
  learning: v.nullable(count),
  nextId: count,
});
type Kept = v.InferOutput<typeof schema>;

export function openProfiles({ store, nowMs = Date.now, unlocksSeen = () => false }: ProfilesParts): Profiles {
  let kept = recall(store, nowMs());
  const known = new Map<number, ReadonlySet<Modality>>();
  let weights: Weights = new Map();
  let weighedUs: number | null = null;
  /** What fitted best last, also after an interruption. */
  let fitted: number | null = null;
  let unsaved = 0;
  let seenUs = Number.NEGATIVE_INFINITY;
  /** Since a password was typed nobody was away for long. */
  let here = false;

  const save = (next: Kept): void => {
    kept = next;
    unsaved = 0;
    store.set(KEY, JSON.stringify(kept));
  };
  const entryOf = (id: number): Kept['profiles'][number] => {
    const found = kept.profiles.find((one) => one.id === id);
    if (found === undefined) throw new Error('There is no such profile any more.');
    return found;
  };
  const knows = (id: number, modality: Modality): boolean => known.get(id)?.has(modality) === true;
  const isKnown = (id: number): boolean => (known.get(id)?.size ?? 0) > 0;
  /** What is believed of the choice when nothing is known of the present. */
  const shares = (): Weights => {
    const enrolled = kept.profiles.filter(({ id }) => isKnown(id));
    const use = enrolled.reduce((sum, one) => sum + one.use, 0);
    const free = 1 - enrolled.length * LEAST_SHARE;
    return new Map(enrolled.map((one) => [one.id, LEAST_SHARE + free * (one.use / use)]));
  };
  const confirmed = (): boolean => here || !unlocksSeen();
  const learningHere = (): boolean => kept.learning !== null && confirmed();
  const mustBeFree = (name: string, except: number | null): string => {
    const wanted = name.trim();
    const same = kept.profiles.find((one) => one.id !== except && one.name.toLowerCase() === wanted.toLowerCase());
    if (same !== undefined) throw new Error(`There is a profile of the name ${same.name} already.`);
    return wanted;
  };
  const clearlyInUse = (): number | null => {
    const first = likeliest(weights);
    return first !== null && (weights.get(first) ?? 0) >= CLEAR ? first : null;
  };
  function used(): void {
    const now = clearlyInUse();
    if (now === null || weights.size < 2) return;
    const step = 1 / USE_MEMORY;
    const profiles = kept.profiles.map((one) => ({ ...one, use: (1 - step) * one.use + (one.id === now ? step : 0) }));
    kept = { ...kept, profiles };
    unsaved += 1;
    if (unsaved >= SAVE_EVERY) save(kept);
  }

  return {
    list: () => kept.profiles,
    learning: () => kept.learning,
    inUse: () => (fitted !== null && weights.has(fitted) ? fitted : likeliest(weights)),
    taught: () => {
      if (learningHere()) return kept.learning;
      // Where nothing is known yet, it begins with the first.
      return weights.size === 0 ? (kept.profiles[0]?.id ?? null) : clearlyInUse();
    },
    unjudged: (modality) => learningHere() && !knows(kept.learning ?? 0, modality),
    tell: (profile, modality, is) => {
      if (knows(profile, modality) === is) return;
      const wasKnown = isKnown(profile);
      const others = [...(known.get(profile) ?? [])].filter((one) => one !== modality);
      known.set(profile, new Set(is ? [...others, modality] : others));
      if (isKnown(profile) !== wasKnown) weights = shares();
      if (!is || kept.learning !== profile) return;
      // Keyboards tell profiles apart best: where others are told by their typing, so must this one be.
      const byTyping = kept.profiles.some(({ id }) => id !== profile && knows(id, 'keystroke'));
      if (modality === 'keystroke' || !byTyping) save({ ...kept, learning: null });
    },
    isKnown,
    weigh: (nowUs, ratios) => {
      const seconds = weighedUs === null ? 0 : (nowUs - weighedUs) / 1e6;
      weighedUs = nowUs;
      const [only, ...more] = weights.keys();
      if (only !== undefined && more.length === 0) {
        // Nothing to choose from, which is the rule.
        fitted = only;
        return ratios.get(only) ?? 0;
      }
      const { ratio, after } = mix(relax(weights, shares(), seconds), ratios);
      weights = after;
      fitted = likeliest(after);
      used();
      return ratio;
    },
    confirmed,
    weight: (profile) => weights.get(profile) ?? 0,
    seen: (nowUs) => {
      if (nowUs - seenUs > LONGEST_PAUSE_US) here = false;
      seenUs = nowUs;
    },
    reauthenticated: (nowUs) => {
      [here, seenUs] = [true, nowUs];
    },
    interrupt: () => {
      weights = shares();
    },
    add: (name, atMs) => {
      const wanted = mustBeFree(name, null);
      if (kept.profiles.length >= MOST_PROFILES)
        throw new Error(`There are ${MOST_PROFILES} profiles already. Remove one first.`);
      if (kept.learning !== null)
        throw new Error(`${entryOf(kept.learning).name} is still being learned. Finish or remove it first.`);
      const unknown = kept.profiles.find(({ id }) => !isKnown(id));
      if (unknown !== undefined)
        throw new Error(
          `Nothing is known of ${unknown.name} yet. Another profile can be added when it has been learned.`,
        );
      const id = kept.nextId;
      const entry = { id, name: wanted, createdMs: atMs, use: 1 / (kept.profiles.length + 1) };
      save({ profiles: [...kept.profiles, entry], learning: id, nextId: id + 1 });
      [here, seenUs] = [true, 1000 * atMs];
      return id;
    },
    rename: (id, name) => {
      entryOf(id);
      const wanted = mustBeFree(name, id);
      save({ ...kept, profiles: kept.profiles.map((one) => (one.id === id ? { ...one, name: wanted } : one)) });
    },
    remove: (id) => {
      entryOf(id);
      if (kept.profiles.length === 1)
        throw new Error('This is the only profile. To begin again, start learning anew instead.');
      const profiles = kept.profiles.filter((one) => one.id !== id);
      save({ ...kept, profiles, learning: kept.learning === id ? null : kept.learning });
      known.delete(id);
      weights = shares();
    },
    reset: () => {
      known.clear();
      [weights, fitted] = [new Map(), null];
      save(fresh(nowMs()));
    },
  };
}

const fresh = (nowMs: number): Kept => ({
  profiles: [{ id: FIRST_PROFILE, name: FIRST_NAME, createdMs: nowMs, use: 1 }],
  learning: null,
  nextId: FIRST_PROFILE + 1,
});

/** Where there are none yet, what is known is that of the first one: the store's migration has put it under its number. */
function recall(store: ProfilesParts['store'], nowMs: number): Kept {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), store.get(KEY));
  if (parsed.success) return parsed.output;
  const first = fresh(nowMs);
  store.set(KEY, JSON.stringify(first));
  return first;
}
