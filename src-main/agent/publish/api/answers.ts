// What the API answers, one schema each: answers are checked by them, and the OpenAPI document is made of them.
import * as v from 'valibot';
import {
  anomaly,
  atMs,
  count,
  decision,
  hostEvent,
  HOST_EVENT_TYPES,
  incident,
  logAlert,
  metricData,
  resourceCalls,
  resourceView,
  snapshot,
  state,
  text,
  trend,
  trust,
  trustPoint,
} from '../../../../src-preload/contract.ts';

const { enrolment, modalities, paused, locking, screen, sentence, source, sinceMs } = snapshot.entries;

export const problem = v.object({
  type: v.literal('about:blank'),
  title: text,
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  detail: text,
  parameter: v.optional(text),
  near: v.optional(v.array(text)),
});

export const index = v.object({
  name: v.literal('SecLyzer'),
  version: text,
  documentation: text,
  openapi: text,
  endpoints: v.array(v.object({ method: v.picklist(['GET', 'POST']), path: text, summary: text })),
});

export const realtime = v.object({
  atMs,
  /** Newest reading of each source, by its name. */
  sources: v.record(
    v.string(),
    v.object({ timestamp: count, event_type: v.picklist(HOST_EVENT_TYPES), data: metricData }),
  ),
});

const statistics = v.object({
  ...{ count, min: v.number(), max: v.number(), mean: v.number(), sd: v.number() },
  ...{ p50: v.number(), p95: v.number(), p99: v.number() },
});
export const history = v.object({
  key: text,
  /** Empty for a plain number. */
  unit: text,
  /** Milliseconds since the Unix epoch and the value, oldest first. */
  points: v.array(v.tuple([v.number(), v.number()])),
  statistics: v.nullable(statistics),
});

export const anomalies = v.array(anomaly);
export const trends = v.array(trend);
export const events = v.array(hostEvent);
export const trustHistory = v.array(trustPoint);
export const alerts = v.array(logAlert);

export const trustNow = v.object({
  ...{ atMs, source, state, sinceMs, trust: v.nullable(trust), low: v.nullable(trust), high: v.nullable(trust) },
  ...{ sentence, enrolment, paused, locking, screen, modalities },
});

/** In short, and then all of it. */
export const budget = v.object({ ...v.unwrap(snapshot.entries.budget).entries, ...resourceView.entries });
export const budgetHistory = resourceCalls.historyResult;

const availability = v.object({ ok: v.boolean(), reason: v.nullable(text), fix: v.nullable(text) });
const subscriber = v.object({
  ...{ name: text, delivered: count, dropped: count, failed: count, depth: count, rate: v.number() },
});
const apiCounts = v.object({
  requests: count,
  /** Answered with a status of 400 or more. */
  refused: count,
  live: v.object({ clients: count, sent: count, dropped: count }),
  ingest: v.object({ accepted: count, refused: count, lastRefusal: v.nullable(text) }),
});
export type ApiCounts = v.InferOutput<typeof apiCounts>;
export const stats = v.object({
  version: text,
  uptimeSeconds: v.number(),
  monitor: v.object({
    running: v.boolean(),
    intervalMs: v.number(),
    rounds: count,
    /** Of one core, what a round takes. */
    cpuPercent: v.number(),
    sources: v.record(v.string(), availability),
    bus: v.object({ published: count, subscribers: v.array(subscriber) }),
    ...{ series: count, processes: count, events: v.record(v.string(), count), anomalies: count },
  }),
  api: apiCounts,
});

export const health = v.object({ status: v.literal('ok'), version: text, uptimeSeconds: v.number() });

export const ingested = v.object({
  accepted: count,
  refused: count,
  /** Of the first ones that were refused: which, counted from 0, and why. */
  reasons: v.array(v.object({ index: count, reason: text })),
});

/** Of the stream: its names of events, and what comes with each. */
export const LIVE_EVENTS = [...HOST_EVENT_TYPES, 'trust', 'decision', 'incident'] as const;
export type LiveEvent = (typeof LIVE_EVENTS)[number];

/** Those that the OpenAPI document names. */
export const NAMED = {
  ...{ Problem: problem, Index: index, Realtime: realtime, History: history, Anomaly: anomaly, Trend: trend },
  ...{ HostEvent: hostEvent, Trust: trustNow, TrustPoint: trustPoint, Alert: logAlert, Budget: budget },
  ...{
    Stats: stats,
    Health: health,
    Ingested: ingested,
    Decision: decision,
    Incident: incident,
    MetricData: metricData,
  },
} as const;
