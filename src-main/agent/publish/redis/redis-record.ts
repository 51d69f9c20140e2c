// What goes to the channels of Redis: records in, one JSON object a message out, and back again, checked, for whoever reads them
// (roles, comparisons). Times are integer microseconds since the epoch; what is not known is null; never a key, never text.
import * as v from 'valibot';
import { MODALITIES, STATES } from '../../../../src-preload/contract.ts';
import type { OutletRecord } from '../outlets/outlet-record.ts';

export const EVENTS_CHANNEL = 'seclyzer:events';
export const SCORES_CHANNEL = 'seclyzer:scores';
/**
 * Where scorers answer one subject, the same JSON as on the channel of scores: a channel that no agent may publish on (assets/redis), so that what
 * is heard there comes from a scorer.
 * @param subject as `subjectId` makes it.
 */
export const scoredChannel = (subject: string): string => `${SCORED}${subject}`;
export const SCORED = 'seclyzer:scored:';
export const CHANGES_CHANNEL = 'seclyzer:state_change';
export const FEATURE_CHANNELS = {
  keystroke: 'seclyzer:features:keystroke',
  mouse: 'seclyzer:features:mouse',
  app: 'seclyzer:features:app',
} as const;

/** Who speaks. */
const subject = {
  /** Of the format; a reader refuses what it does not know. */
  v: v.literal(1),
  host: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  user: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  /** Of the installation: two hosts may have the same name. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{8,36}$/)),
  /** Of the agent's run. With `seq` it names the record: one that came twice is the same, and what is missing was let go. */
  run: v.pipe(v.string(), v.regex(/^[0-9a-f-]{8,36}$/)),
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  ts: v.pipe(v.number(), v.integer(), v.minValue(0)),
};
const figure = v.nullable(v.pipe(v.number(), v.finite()));
const trust = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100)));
const state = v.picklist(STATES);
const name = v.pipe(v.string(), v.maxLength(64));

/** A window that ends at `ts`, by the names of the features (features/, one table a modality). */
const features = v.object({
  ...{ type: v.literal('features'), ...subject, modality: v.picklist(['keystroke', 'mouse']) },
  window_s: v.pipe(v.number(), v.minValue(0)),
  /** Strokes of keys or of the mouse in it. */
  events: v.pipe(v.number(), v.integer(), v.minValue(0)),
  features: v.record(v.string(), figure),
});
const transition = v.object({
  ...{ type: v.literal('app_transition'), ...subject, modality: v.literal('app'), from: name, to: name },
  /** In `from`, seconds. */
  dwell_s: v.pipe(v.number(), v.finite()),
});
const score = v.object({
  ...{ type: v.literal('score'), ...subject, trust, low: trust, high: trust, state },
  /** Natural-log likelihood ratio of the window, owner against population, and the points of trust that it moved. */
  modalities: v.partial(
    v.object(v.entriesFromList(MODALITIES, v.object({ llr: v.pipe(v.number(), v.finite()), points: figure }))),
  ),
});
const change = v.object({
  ...{ type: v.literal('state_change'), ...subject, from: state, to: state, trust, reason: v.string() },
});

const redisRecord = v.variant('type', [features, transition, score, change]);
export type RedisRecord = v.InferOutput<typeof redisRecord>;
export type Sender = Pick<RedisRecord, 'host' | 'user' | 'id' | 'run'>;

const WINDOW_S = 30;

export function recordOf(record: OutletRecord, sender: Sender, seq: number): RedisRecord {
  const head = { v: 1 as const, ...sender, seq, ts: record.ts };
  switch (record.kind) {
    case 'features': {
      const { modality, names, values, events } = record;
      const figures = Object.fromEntries(names.map((of, i) => [of, singleOf(values[i])]));
      return { type: 'features', ...head, modality, window_s: WINDOW_S, events, features: figures };
    }
    case 'transition': {
      const { from, to, dwellS } = record;
      return { type: 'app_transition', ...head, modality: 'app', from, to, dwell_s: dwellS };
    }
    case 'score': {
      const { state: now, modalities } = record;
      const each = Object.fromEntries(modalities.map(({ modality, llr, points }) => [modality, { llr, points }]));
      return {
        type: 'score',
        ...head,
        trust: record.trust,
        low: record.low,
        high: record.high,
        state: now,
        modalities: each,
      };
    }
    case 'change': {
      const { from, to, reason } = record;
      return { type: 'state_change', ...head, from, to, trust: record.trust, reason };
    }
  }
}

export function channelOf(record: RedisRecord): string {
  switch (record.type) {
    case 'features':
    case 'app_transition':
      return FEATURE_CHANNELS[record.modality];
    case 'score':
      return SCORES_CHANNEL;
    case 'state_change':
      return CHANGES_CHANNEL;
  }
}

export type ParsedRecord =
  { readonly ok: true; readonly record: RedisRecord } | { readonly ok: false; readonly reason: string };

/** One message of one of the channels, of unknown origin. The reason never repeats what stands in it. */
export function parseRecord(text: string): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is not JSON' };
  }
  const parsed = v.safeParse(redisRecord, value);
  if (parsed.success) return { ok: true, record: parsed.output };
  const [issue] = parsed.issues;
  return {
    ok: false,
    reason: `"${v.getDotPath(issue) ?? 'it'}" is not accepted, expected ${issue.expected ?? issue.type}`,
  };
}

/** Nine figures bring a 32-bit number back exactly (IEEE 754-2019, 5.12.2), and more of them say nothing. */
const singleOf = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(9));
