// How well one modality of one of the owner's profiles does on what it had not learned from, in and out of the store. Numbers alone.
import * as v from 'valibot';
import type { Modality } from '../../src-preload/contract.ts';
import type { HeldOutWindow } from './learn/held-out-accuracy.ts';
import type { ScoreLevel } from './learn/score-level.ts';
import type { Store } from './store/store.ts';

export interface HeldOutRecord {
  /** Oldest first. */
  readonly windows: readonly HeldOutWindow[];
  /** Of the model in use; null while there is none. */
  readonly level: ScoreLevel | null;
  /** How far the owner's windows have fallen below it, as drift-watch.ts counts. */
  readonly fallen: number;
  /** Whether a model of it was once known to be as good as a full enrolment makes it. */
  readonly mature: boolean;
  /** Since old times were faded because the owner had changed: events learned; null where he has not. */
  readonly relearned: number | null;
}

export interface HeldOutPlace {
  readonly store: Pick<Store, 'get' | 'set'>;
  readonly modality: Modality;
  readonly profile: number;
}

const finite = v.pipe(v.number(), v.finite());
const record = v.object({
  /** Events learned from, the owner's score, then the others'. */
  windows: v.array(v.tupleWithRest([v.number(), finite], finite)),
  level: v.nullable(v.object({ mean: finite, sd: v.pipe(finite, v.gtValue(0)) })),
  fallen: v.pipe(finite, v.minValue(0)),
  mature: v.boolean(),
  relearned: v.nullable(finite),
});
const schema = v.pipe(v.string(), v.parseJson(), record);

export const NOTHING_HELD_OUT: HeldOutRecord = {
  windows: [],
  level: null,
  fallen: 0,
  mature: false,
  relearned: null,
};

const keyOf = ({ modality, profile }: HeldOutPlace): string => `${modality}-held-out ${profile}`;

/** Nothing where there is none, or none that can be read: it comes again with use. */
export function storedHeldOut(place: HeldOutPlace): HeldOutRecord {
  const parsed = v.safeParse(schema, place.store.get(keyOf(place)));
  if (!parsed.success) return NOTHING_HELD_OUT;
  const { windows, ...rest } = parsed.output;
  return { ...rest, windows: windows.map(([learned, genuine, ...impostors]) => ({ learned, genuine, impostors })) };
}

export function keepHeldOut(place: HeldOutPlace, { windows, ...rest }: HeldOutRecord): void {
  const stored: v.InferInput<typeof record> = {
    ...rest,
    windows: windows.map(({ learned, genuine, impostors }) => [learned, genuine, ...impostors]),
  };
  place.store.set(keyOf(place), JSON.stringify(stored));
}
