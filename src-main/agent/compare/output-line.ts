// Lines of outputs in, what they say out, and back: one record a line, the JSON of the channels of Redis (DESIGN, section 7).
import * as v from 'valibot';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import { recordOf, type Sender } from '../publish/redis/redis-record.ts';
import type { Comparable } from './comparable.ts';

export interface Subject {
  readonly host: string;
  readonly user: string;
}

/** What a record is about, as one word. */
const subjectName = ({ host, user }: Subject): string => `${user}@${host}`;

const number = v.nullable(v.number());
const word = v.pipe(v.string(), v.maxLength(2000));
/** What others write besides (version of the format, run, number) is not asked for: they may be older, newer, or no SecLyzer. */
const about = {
  ts: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  host: v.optional(word, ''),
  user: v.optional(word, ''),
  /** Who made it, where it is not the agent of that host itself. */
  by: v.optional(word, ''),
  /** The installation that it is about, by either name. */
  id: v.optional(word, ''),
  subject: v.optional(word, ''),
};
const said = v.looseObject({ modality: v.string(), llr: v.optional(number), points: v.optional(number) });
const line = v.variant('type', [
  v.object({
    ...{ type: v.literal('features'), ...about, modality: v.string(), events: v.optional(v.number()) },
    features: v.record(v.string(), number),
  }),
  v.object({ type: v.literal('app_transition'), ...about, from: word, to: word, dwell_s: v.number() }),
  v.object({
    ...{
      type: v.literal('score'),
      ...about,
      trust: number,
      low: v.optional(number),
      high: v.optional(number),
      state: word,
    },
    modalities: v.optional(v.union([v.array(said), v.record(v.string(), v.record(v.string(), number))]), {}),
  }),
  v.object({ type: v.literal('state_change'), ...about, from: word, to: word }),
  // As the first versions that wrote outputs called it.
  v.object({ type: v.literal('change'), ...about, from: word, to: word }),
]);

/** Why a line is refused that belongs into a recording. */
export const AN_EVENT = 'an input event, and no output';

export type ParsedOutput =
  /** `about`: the installation, where that is told. */
  { readonly record: Comparable; readonly about: string } | { readonly refused: string };

/** @returns what one line says, or why it says nothing. The reason repeats nothing of the line. */
export function parseOutput(text: string): ParsedOutput {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { refused: 'no JSON' };
  }
  const parsed = v.safeParse(line, read);
  if (!parsed.success) return { refused: isEvent(read) ? AN_EVENT : 'no feature vector, score or change of state' };
  const { id, subject } = parsed.output;
  return { record: comparableFrom(parsed.output), about: subject || id };
}

const isEvent = (read: unknown): boolean =>
  typeof read === 'object' &&
  read !== null &&
  'type' in read &&
  ['keystroke', 'mouse', 'app'].includes(String(read.type));

function comparableFrom(output: v.InferOutput<typeof line>): Comparable {
  const { ts, by } = output;
  const subject = output.user === '' && output.host === '' ? '' : subjectName(output);
  const head = { ts, subject, by };
  switch (output.type) {
    case 'features': {
      const { modality, features, events } = output;
      const figures = named(`${modality}.`, events === undefined ? features : { ...features, events });
      return { kind: 'features', ...head, modality, figures, words: [] };
    }
    case 'app_transition': {
      const { from, to, dwell_s: dwellS } = output;
      const words = [
        ['app.from', from],
        ['app.to', to],
      ] as const;
      return { kind: 'features', ...head, modality: 'app', figures: [['app.dwell_seconds', dwellS]], words };
    }
    case 'score': {
      const { trust, low, high, state, modalities } = output;
      const each = Array.isArray(modalities)
        ? modalities.map(({ modality, llr, points }) => [modality, { llr, points }] as const)
        : Object.entries(modalities);
      const figures = [...named('', { trust, low, high }), ...each.flatMap(([of, figure]) => named(`${of}.`, figure))];
      return { kind: 'scores', ...head, modality: 'all', figures, words: [['state', state]] };
    }
    case 'state_change':
    case 'change':
      return {
        ...{ kind: 'decision', ...head, modality: 'all', figures: [] },
        words: [['decision', `${output.from} → ${output.to}`]],
      };
  }
}

/** What is left out says nothing; null says that it is not known. */
const named = (
  prefix: string,
  figures: Readonly<Record<string, number | null | undefined>>,
): readonly (readonly [string, number])[] =>
  Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [[prefix + name, value ?? NaN] as const],
  );

/** Without its line break. */
export const outputLine = (record: OutletRecord, sender: Sender, seq: number): string =>
  JSON.stringify(recordOf(record, sender, seq));
