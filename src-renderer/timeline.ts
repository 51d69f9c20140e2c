// Decisions, audit entries, alerts of the log and anomalies of the machine in one list. In: any of them, in any order and with repetitions. Out: each once, newest first.
import type { AuditEntry, Decision, HostAnomaly, LogAlert } from '../src-preload/contract.ts';

export type TimelineEntry =
  | { readonly kind: 'decision'; readonly atMs: number; readonly decision: Decision }
  | { readonly kind: 'audit'; readonly atMs: number; readonly audit: AuditEntry }
  | { readonly kind: 'log'; readonly atMs: number; readonly alert: LogAlert }
  | { readonly kind: 'host'; readonly atMs: number; readonly anomaly: HostAnomaly };

export type Timeline = readonly TimelineEntry[];

export const decisionEntry = (decision: Decision): TimelineEntry => ({
  kind: 'decision',
  atMs: decision.atMs,
  decision,
});
export const auditEntry = (audit: AuditEntry): TimelineEntry => ({ kind: 'audit', atMs: audit.atMs, audit });

export const logEntry = (alert: LogAlert): TimelineEntry => ({ kind: 'log', atMs: alert.atMs, alert });
export const hostEntry = (anomaly: HostAnomaly): TimelineEntry => ({ kind: 'host', atMs: anomaly.ts, anomaly });

/** The same entry has the same key, whether it was fetched or pushed; an alert keeps its own while it lasts. */
export function entryKey(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'decision':
      return `${entry.atMs} ${entry.decision.from} ${entry.decision.to}`;
    case 'audit':
      return `${entry.atMs} ${entry.audit.kind} ${entry.audit.text}`;
    case 'log':
      return `log ${entry.alert.id}`;
    case 'host':
      return `host ${entry.anomaly.id}`;
  }
}

/** @param atMost the newest are kept */
export function mergeTimeline(entries: Timeline, atMost: number): Timeline {
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  return [...byKey.values()].toSorted((a, b) => b.atMs - a.atMs).slice(0, atMost);
}

/** Those of a period, both ends included. */
export const within = (timeline: Timeline, fromMs: number, toMs: number): Timeline =>
  timeline.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);

/** The entries of exactly that moment: several things may happen at once, a drop and the lock that it leads to. */
export const entriesAt = (timeline: Timeline, atMs: number): Timeline =>
  timeline.filter((entry) => entry.atMs === atMs);

/** The next entry before and after a moment; null where there is none. */
export function neighbours(
  timeline: Timeline,
  atMs: number,
): { readonly earlier: number | null; readonly later: number | null } {
  return {
    earlier: timeline.find((entry) => entry.atMs < atMs)?.atMs ?? null,
    later: timeline.findLast((entry) => entry.atMs > atMs)?.atMs ?? null,
  };
}
