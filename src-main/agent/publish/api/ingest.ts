// Events from outside in, each taken or refused with a reason. Two kinds may come: what the machine does (metric events, under a source of
// their own, `ingest:NAME`), and what a person does (DESIGN's input events), but only in a run that watches no device of this machine:
// nobody with a token may type in the name of its owner.
import * as v from 'valibot';
import type { MetricEvent } from '../../../../src-preload/contract.ts';
import { FUTURE_TOLERANCE_US, futureReason, parseEvent } from '../../events.ts';
import type { ApiSources } from './api-sources.ts';

export type Refusal = { readonly kind: 'malformed' | 'forbidden' | 'unavailable'; readonly reason: string };

export interface Ingest {
  /** null where it was taken. The reason never repeats what the event holds. */
  readonly take: (value: unknown) => Refusal | null;
  readonly counts: () => { readonly accepted: number; readonly refused: number; readonly lastRefusal: string | null };
}

/** What others may tell of: not processes, syscalls, anomalies and trends, which are this machine's evidence. */
const INGEST_TYPES = ['cpu_metric', 'memory_metric', 'disk_metric', 'network_metric'] as const;
/** Others could make the series fill the memory, and the history hold nothing but theirs. */
export const SOURCES_AT_MOST = 16;
export const SERIES_AT_MOST = 500;
const FIELDS_AT_MOST = 64;
const LEAST_BETWEEN_MS = 500;
const OLDEST_US = 60_000_000;
const INPUT_TYPES: ReadonlySet<unknown> = new Set(['keystroke', 'mouse', 'app']);

const field = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,63}$/, 'a field name such as loadPercent'));
const part = v.pipe(v.string(), v.regex(/^[^\p{C}]{1,64}$/u, 'a name of at most 64 characters'));
const readings = v.pipe(v.record(field, v.nullable(v.pipe(v.number(), v.finite()))), v.maxEntries(FIELDS_AT_MOST));
export const metricIn = v.strictObject({
  timestamp: v.pipe(v.number(), v.integer(), v.minValue(0)),
  event_type: v.picklist(INGEST_TYPES),
  source: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,31}$/, 'a name of small letters, figures, _ and -')),
  data: v.strictObject({
    values: readings,
    parts: v.optional(v.pipe(v.record(part, readings), v.maxEntries(FIELDS_AT_MOST)), {}),
  }),
});

type IngestSources = Pick<ApiSources, 'takeInput' | 'nowMs'> & {
  readonly monitor: Pick<ApiSources['monitor'], 'take' | 'stats'>;
};

export function createIngest({ monitor, takeInput, nowMs }: IngestSources): Ingest {
  const counts = { accepted: 0, refused: 0 };
  let lastRefusal: string | null = null;
  const lastMs = new Map<string, number>();
  const series = new Set<string>();
  let lastInputUs = 0;

  function takeMetric(value: unknown): Refusal | null {
    const parsed = v.safeParse(metricIn, value);
    if (!parsed.success) return malformed(reasonOf(parsed.issues[0]));
    if (holdsList(value)) return malformed('a list stands where names with their values are expected');
    const { timestamp, event_type, source, data } = parsed.output;
    const presentUs = Date.now() * 1000;
    const untimely = untimeliness(timestamp, presentUs);
    if (untimely !== null) return untimely;
    if (!monitor.stats().running) return { kind: 'unavailable', reason: 'the host monitor is turned off' };
    const before = lastMs.get(source);
    if (before === undefined && lastMs.size >= SOURCES_AT_MOST)
      return malformed(`there are ${SOURCES_AT_MOST} sources already, which is the most`);
    if (before !== undefined && presentUs / 1000 - before < LEAST_BETWEEN_MS)
      return malformed(`a source may tell something once in ${LEAST_BETWEEN_MS} ms`);
    const fresh = seriesOf(source, data).filter((key) => !series.has(key));
    if (series.size + fresh.length > SERIES_AT_MOST)
      return malformed(`with it there would be more than ${SERIES_AT_MOST} series, which is the most`);
    for (const key of fresh) series.add(key);
    lastMs.set(source, presentUs / 1000);
    monitor.take({ timestamp, event_type, source: `ingest:${source}`, data } satisfies MetricEvent);
    return null;
  }
  function takePerson(value: unknown): Refusal | null {
    if (takeInput === null)
      return {
        kind: 'forbidden',
        reason:
          'this run watches the keyboard and mouse of this machine, for which nobody else may speak; `seclyzer run --input-from-api` takes them',
      };
    const presentUs = nowMs() * 1000;
    const parsed = parseEvent(value, presentUs);
    if (!parsed.ok) return malformed(parsed.reason);
    const { ts } = parsed.event;
    if (ts < lastInputUs) return malformed('"ts" lies before that of the event taken last');
    const untimely = untimeliness(ts, presentUs);
    if (untimely !== null) return untimely;
    const refused = takeInput(parsed.event);
    if (refused !== null) return { kind: 'unavailable', reason: refused };
    lastInputUs = ts;
    return null;
  }
  return {
    take: (value) => {
      const isPerson = typeof value === 'object' && value !== null && 'type' in value && INPUT_TYPES.has(value.type);
      const refusal = isPerson ? takePerson(value) : takeMetric(value);
      if (refusal === null) counts.accepted += 1;
      else {
        counts.refused += 1;
        lastRefusal = refusal.reason;
      }
      return refusal;
    },
    counts: () => ({ ...counts, lastRefusal }),
  };
}

const malformed = (reason: string): Refusal => ({ kind: 'malformed', reason });

/** Valibot takes a list for a record. @param value that fits otherwise, so that it is not deep. */
const holdsList = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || Object.values(value).some(holdsList));

/** What comes late would stand among what is now. */
function untimeliness(us: number, presentUs: number): Refusal | null {
  if (us > presentUs + FUTURE_TOLERANCE_US) return malformed(futureReason(us - presentUs));
  return us < presentUs - OLDEST_US ? malformed('it is older than a minute') : null;
}

type Data = v.InferOutput<typeof metricIn>['data'];
const seriesOf = (source: string, { values, parts }: Data): string[] =>
  [['', values] as const, ...Object.entries(parts)].flatMap(([name, fields]) =>
    Object.keys(fields).map((key) => `${source} ${name} ${key}`),
  );

function reasonOf(issue: v.BaseIssue<unknown>): string {
  // A name in the path may be anything; what was sent is not repeated.
  const [first, second] = issue.path ?? [];
  const at = [first, second].map((item) => item?.key).filter((key) => typeof key === 'string' && KNOWN.has(key));
  const where = at.length === 0 ? 'the event' : `"${at.join('.')}"`;
  const got = issue.input === undefined ? 'missing' : `not accepted (a ${typeof issue.input})`;
  return `${where} is ${got}, expected ${issue.expected ?? issue.message}`;
}
const KNOWN = new Set(['timestamp', 'event_type', 'source', 'data', 'values', 'parts']);
