// What the guard keeps, as the rest of it sees it; guard-store.ts does it with SQLite.
import type { GuardAlert } from './alert/alert.ts';
import type { GuardIncident } from './alert/incidents.ts';
import type { Habits } from './features/habits.ts';

/** Of one source. */
export interface ReadingMark {
  readonly position: string | null;
  /** Far enough back to fill the windows from. */
  readonly warm: string | null;
  readonly lines: number;
  readonly lastMs: number | null;
}

/** Totals since the guard was first started. */
export interface Counts {
  readonly lines: number;
  readonly parsed: number;
  readonly unparsed: number;
  readonly events: number;
  readonly vectors: number;
  readonly alerts: number;
  readonly dropped: number;
  /** Vectors that were ever offered to learn from. */
  readonly offered: number;
  readonly nextAlert: number;
  readonly nextIncident: number;
}

export const NO_COUNTS: Counts = {
  ...{ lines: 0, parsed: 0, unparsed: 0, events: 0, vectors: 0, alerts: 0, dropped: 0, offered: 0 },
  ...{ nextAlert: 1, nextIncident: 1 },
};

/** What one cycle has to write. */
export interface Change {
  readonly marks: ReadonlyMap<string, ReadingMark>;
  readonly counts: Counts;
  readonly habits: readonly Habits[];
  readonly vectors: readonly (readonly [slot: number, row: Float32Array])[];
  readonly alerts: readonly GuardAlert[];
  readonly incidents: readonly GuardIncident[];
  /** Alerts and incidents of which nothing has changed but these; a busy attack is little else. */
  readonly counted: readonly Pick<GuardAlert, 'id' | 'atMs' | 'count'>[];
  readonly lasting: readonly Pick<GuardIncident, 'id' | 'lastMs'>[];
}

/** `risk`: of equals the newest first. */
export type IncidentOrder = 'time' | 'risk';

/** A change of nothing but the totals. */
export const noChange = (counts: Counts): Change => ({
  ...{ marks: new Map(), counts, habits: [], vectors: [], alerts: [], incidents: [], counted: [], lasting: [] },
});

export interface GuardStore {
  readonly marks: () => ReadonlyMap<string, ReadingMark>;
  readonly counts: () => Counts;
  readonly habits: () => readonly Habits[];
  readonly vectors: () => readonly Float32Array[];
  /** All or nothing. @throws StoreError where the database can't be written; the same change may be tried again. */
  readonly commit: (change: Change) => void;
  /** Newest first. */
  readonly alerts: (limit: number, fromMs?: number, toMs?: number) => readonly GuardAlert[];
  /** Oldest first, the newest `limit` of them. */
  readonly alertsOf: (incident: number, limit: number) => readonly GuardAlert[];
  /** Those under way in the period, newest first or the worst first. */
  readonly incidents: (limit: number, fromMs?: number, toMs?: number, by?: IncidentOrder) => readonly GuardIncident[];
  readonly incident: (id: number) => GuardIncident | null;
  /** Incidents that nobody has acknowledged, from LOW to CRITICAL. */
  readonly open: () => readonly [number, number, number, number];
  readonly get: (key: string) => Buffer | null;
  readonly set: (key: string, value: Uint8Array) => void;
  /** Drops alerts and incidents that are too old, or archives them; vectors beyond `trainingSamples`. */
  readonly prune: (nowMs: number, keep: Keep) => void;
  /** When the oldest incident began; null without one. */
  readonly oldestMs: () => number | null;
  /** Archived alerts, without their lines, newest first. */
  readonly archived: (fromMs: number) => readonly Omit<GuardAlert, 'lines'>[];
  /** Incidents that were under way in the period, their alerts and lines; without an end on either side, also what was learned. */
  readonly erase: (fromMs: number, toMs: number) => GuardErased;
  readonly close: () => void;
}

export interface GuardErased {
  readonly incidents: number;
  /** Those of the archive included. */
  readonly alerts: number;
  /** Why the bytes are not overwritten yet, which the next start then does; null where they are. */
  readonly unfinished: string | null;
}

export interface Keep {
  readonly keepDays: number;
  readonly keepHighDays: number;
  readonly afterwards: 'delete' | 'archive';
  readonly trainingSamples: number;
}
