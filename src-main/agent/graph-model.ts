// What typing has taught, kept in the store: the statistics that learning goes on from, and the profile that scores. Text of unknown
// origin enters, checked records leave.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { GraphPrior } from './learn/graph-prior.ts';
import { graphProfileOf, type GraphProfile } from './learn/graph-profile.ts';
import type { GraphStatistics } from './learn/graph-statistics.ts';
import type { Store } from './store/store.ts';

export const GRAPH_MODEL = 'keystroke-graphs';
const STATISTICS_KEY = 'keystroke-statistics';
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

/** Null where there are none, or they are of another prior: learning then begins anew. */
export function storedStatistics(store: Store, prior: GraphPrior): GraphStatistics | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), statisticsSchema), store.get(STATISTICS_KEY));
  if (!parsed.success || parsed.output.table !== prior.file.table) return null;
  const { table: _of, ...statistics } = parsed.output;
  return statistics;
}

export function keepStatistics(store: Store, prior: GraphPrior, statistics: GraphStatistics): void {
  store.set(STATISTICS_KEY, JSON.stringify({ table: prior.file.table, ...statistics }));
}

export const forgetStatistics = (store: Store): void => store.set(STATISTICS_KEY, 'null');

/** @returns null when none was made yet. @throws Error when what is stored can't be used. */
export function loadProfile(store: Store, prior: GraphPrior): GraphProfile | null {
  const stored = store.models().find(({ name }) => name === GRAPH_MODEL);
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
export function makeProfile(store: Store, prior: GraphPrior, statistics: GraphStatistics, nowMs: number): GraphProfile {
  const { strokes } = statistics;
  if (strokes < LEAST_STROKES)
    throw new Error(`${GRAPH_MODEL} needs ${LEAST_STROKES} keystrokes to learn from, there are ${strokes}`);
  const profile = graphProfileOf(prior, statistics);
  const card = JSON.stringify(profile);
  const before = store.models().find(({ name }) => name === GRAPH_MODEL)?.version ?? 0;
  store.addModel({
    modality: 'keystroke',
    name: GRAPH_MODEL,
    version: before + 1,
    createdMs: nowMs,
    file: '',
    sha256: createHash('sha256').update(card).digest('hex'),
    card,
  });
  store.flush();
  return profile;
}
