// What typing has taught of one of the owner's profiles, kept in the store: the statistics that learning goes on from, and the model
// that scores, in a few versions, each with the statistics of its moment. Text of unknown origin enters, checked records leave.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { packStatistics, statisticsJson, statisticsText, unpackStatistics } from './graph-basis.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import { graphProfileOf, type GraphProfile } from './learn/graph-profile.ts';
import type { GraphStatistics } from './learn/graph-statistics.ts';
import type { Store, StoredVersion } from './store/store.ts';
import { messageOf } from './thrown.ts';

export const GRAPH_MODEL = 'keystroke-graphs';
const statisticsKey = (profile: number): string => `keystroke-statistics ${profile}`;
/** Below this nobody is known well enough to be told from others: the error rates with 100 keystrokes are twice those with 200. */
export const LEAST_STROKES = 200;

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const corrections = v.object({ pairs: count, corrections: count });

const statisticsSchema = v.object({
  table: v.string(),
  strokes: count,
  sittings: count,
  corrections,
  types: v.array(
    v.array(v.object({ name: v.string(), group: v.string(), kind: count, count, values: v.array(finite) })),
  ),
});

const unpacked = v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
  try {
    return statisticsJson(dataset.value);
  } catch (error) {
    addIssue({ message: messageOf(error) });
    return NEVER;
  }
});

const profileSchema = v.object({
  format: v.literal(1),
  table: v.string(),
  strokes: count,
  sittings: count,
  corrections,
  types: v.array(
    v.object({
      offset: finite,
      classOffsets: v.array(finite),
      scale: finite,
      graphs: v.record(v.string(), v.tuple([finite, finite, count])),
    }),
  ),
});

/** Where it is kept, and of which of the owner's profiles. */
export interface GraphPlace {
  readonly store: Store;
  readonly prior: GraphPrior;
  readonly profile: number;
}

/** Null where there are none, or they are of another prior: learning then begins anew. */
export const storedStatistics = ({ store, prior, profile }: GraphPlace): GraphStatistics | null =>
  statisticsFrom(store.get(statisticsKey(profile)), prior);

function statisticsFrom(text: string | null, prior: GraphPrior): GraphStatistics | null {
  const parsed = v.safeParse(v.pipe(v.string(), unpacked, v.parseJson(), statisticsSchema), text);
  if (!parsed.success || parsed.output.table !== prior.file.table) return null;
  const { table: _of, ...statistics } = parsed.output;
  return statistics;
}

export const keepStatistics = ({ store, prior, profile }: GraphPlace, statistics: GraphStatistics): void =>
  store.set(statisticsKey(profile), statisticsText(prior.file.table, statistics));

export const forgetStatistics = ({ store, profile }: Pick<GraphPlace, 'store' | 'profile'>): void =>
  store.set(statisticsKey(profile), 'null');

export const typingVersions = ({ store, profile }: GraphPlace): readonly StoredVersion[] =>
  store.versions(profile, GRAPH_MODEL);

/** @returns null when none was made yet. @throws Error when what is stored can't be used. */
export function loadProfile({ store, prior, profile }: GraphPlace): GraphProfile | null {
  const stored = store.models().find((model) => model.name === GRAPH_MODEL && model.profile === profile);
  if (stored === undefined) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), profileSchema), stored.card);
  if (!parsed.success) {
    throw new Error(`model ${GRAPH_MODEL} refused: it is malformed (${parsed.issues[0].message}); train again`);
  }
  const { table } = prior.file;
  if (parsed.output.table !== table)
    throw new Error(`model ${GRAPH_MODEL} was learned against ${parsed.output.table}, not ${table}; train again`);
  return parsed.output;
}

/** @throws Error when there is too little to learn from; then nothing is kept. */
export function makeProfile(
  { store, prior, profile }: GraphPlace,
  statistics: GraphStatistics,
  { nowMs, why, accuracy }: Pick<StoredVersion, 'why' | 'accuracy'> & { readonly nowMs: number },
): GraphProfile {
  const { strokes } = statistics;
  if (strokes < LEAST_STROKES)
    throw new Error(`${GRAPH_MODEL} needs ${LEAST_STROKES} keystrokes to learn from, there are ${strokes}`);
  const made = graphProfileOf(prior, statistics);
  const card = JSON.stringify(made);
  store.addModel(
    {
      ...{ modality: 'keystroke', profile, name: GRAPH_MODEL, version: store.nextVersion(profile, GRAPH_MODEL) },
      ...{ createdMs: nowMs, why, events: strokes, accuracy },
      ...{ file: '', sha256: createHash('sha256').update(card).digest('hex'), card },
    },
    packStatistics(prior.file.table, statistics),
  );
  store.flush();
  return made;
}

/**
 * Goes back to an earlier version and to what had been learned by then.
 * @throws Error when there is no such version, or nothing to go on from was kept with it.
 */
export function goBackTo(place: GraphPlace, version: number): GraphStatistics {
  const { store, prior, profile } = place;
  const basis = store.basis(profile, GRAPH_MODEL, version);
  const statistics = basis === null ? null : statisticsFrom(unpackStatistics(basis), prior);
  if (statistics === null)
    throw new Error(
      `Version ${version} of typing can't be gone back to: what it was learned from was not kept with it.`,
    );
  keepStatistics(place, statistics);
  store.goBack(profile, GRAPH_MODEL, version);
  return statistics;
}
