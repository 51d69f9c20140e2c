// Lines of outputs in, what they say out, and back: one record a line, the JSON of the channels of Redis (DESIGN, section 7).
import * as v from 'valibot';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import type { Comparable } from './comparable.ts';

export interface Subject {
  readonly host: string;
  readonly user: string;
}

/** What a record is about, as one word. */
export const subjectName = ({ host, user }: Subject): string => `${user}@${host}`;

const number = v.nullable(v.number());
const about = {
  ts: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  host: v.optional(v.string(), ''),
  user: v.optional(v.string(), ''),
};
const line = v.variant('type', [
  v.object({
    type: v.literal('features'),
    ...about,
    modality: v.string(),
    events: v.optional(v.number()),
    features: v.record(v.string(), number),
  }),
  v.object({ type: v.literal('transition'), ...about, from: v.string(), to: v.string(), dwell_seconds: v.number() }),
  v.object({
    ...{ type: v.literal('score'), ...about, trust: number, low: number, high: number, state: v.string() },
    modalities: v.record(v.string(), v.record(v.string(), number)),
  }),
  v.object({
    type: v.literal('change'),
    ...about,
    from: v.string(),
    to: v.string(),
    trust: number,
    reason: v.string(),
  }),
]);

/** Why a line is refused that belongs into a recording. */
export const AN_EVENT = 'an input event, and no output';

export type ParsedOutput = { readonly record: Comparable } | { readonly refused: string };

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
  return { record: comparableFrom(parsed.output) };
}

const isEvent = (read: unknown): boolean =>
  typeof read === 'object' &&
  read !== null &&
  'type' in read &&
  ['keystroke', 'mouse', 'app'].includes(String(read.type));

function comparableFrom(output: v.InferOutput<typeof line>): Comparable {
  const { ts } = output;
  const subject = output.user === '' && output.host === '' ? '' : subjectName(output);
  const known = (value: number | null): number => value ?? NaN;
  switch (output.type) {
    case 'features': {
      const { modality, features, events } = output;
      const figures = Object.entries(features).map(([name, value]) => [`${modality}.${name}`, known(value)] as const);
      const counted = events === undefined ? [] : [[`${modality}.events`, events] as const];
      return { kind: 'features', subject, modality, ts, figures: [...figures, ...counted], words: [] };
    }
    case 'transition': {
      const { from, to, dwell_seconds } = output;
      const words = [
        ['app.from', from],
        ['app.to', to],
      ] as const;
      return { kind: 'features', subject, modality: 'app', ts, figures: [['app.dwell_seconds', dwell_seconds]], words };
    }
    case 'score': {
      const { trust, low, high, state, modalities } = output;
      const said = Object.entries(modalities).flatMap(([modality, figures]) =>
        Object.entries(figures).map(([name, value]) => [`${modality}.${name}`, known(value)] as const),
      );
      const levels = Object.entries({ trust, low, high }).map(([name, value]) => [name, known(value)] as const);
      return { kind: 'scores', subject, modality: 'all', ts, figures: [...levels, ...said], words: [['state', state]] };
    }
    case 'change': {
      const words = [['decision', `${output.from} → ${output.to}`]] as const;
      return { kind: 'decision', subject, modality: 'all', ts, figures: [], words };
    }
  }
}

/** Without its line break. */
export function outputLine(record: OutletRecord, { host, user }: Subject): string {
  const about = { ts: record.ts, host, user };
  switch (record.kind) {
    case 'features': {
      const { modality, events, names, values } = record;
      const features = Object.fromEntries(names.map((name, i) => [name, orNull(values[i] ?? NaN)]));
      return JSON.stringify({ type: 'features', ...about, modality, events, features });
    }
    case 'transition':
      return JSON.stringify({
        type: 'transition',
        ...about,
        from: record.from,
        to: record.to,
        dwell_seconds: record.dwellS,
      });
    case 'score': {
      const { trust, low, high, state } = record;
      const modalities = Object.fromEntries(record.modalities.map(({ modality, ...said }) => [modality, said]));
      return JSON.stringify({ type: 'score', ...about, trust, low, high, state, modalities });
    }
    case 'change': {
      const { from, to, trust, reason } = record;
      return JSON.stringify({ type: 'change', ...about, from, to, trust, reason });
    }
  }
}

/** JSON has no NaN. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
