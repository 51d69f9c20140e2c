// What one cycle of the guard comes to: what is to be told, what is to be kept, and what each step took.
import type { Raised } from './alert/alert-desk.ts';
import type { GuardIncident } from './alert/incidents.ts';
import type { Habits } from './features/habits.ts';

/** What one cycle came to. */
export interface Cycle {
  readonly raised: readonly Raised[];
  readonly incidents: readonly GuardIncident[];
  /** Whose habits have changed, and which vectors to learn from. */
  readonly habits: readonly Habits[];
  readonly slots: readonly number[];
  readonly vectors: number;
  /** Times of the oldest and the newest event, of the log; Infinity and 0 without any. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Milliseconds of each step. */
  readonly tookMs: Steps;
}

export interface Steps {
  readonly parse: number;
  readonly window: number;
  readonly score: number;
  readonly alert: number;
}

export const NO_TIME: Steps = { parse: 0, window: 0, score: 0, alert: 0 };

/** Several cycles as one; of what was touched several times, the newest. */
export function merged(cycles: readonly Cycle[], took: Steps): Cycle {
  const incidents = new Map(cycles.flatMap((cycle) => cycle.incidents).map((incident) => [incident.id, incident]));
  const sum = (step: keyof Steps): number => took[step] + cycles.reduce((all, cycle) => all + cycle.tookMs[step], 0);
  return {
    raised: cycles.flatMap((cycle) => cycle.raised),
    incidents: [...incidents.values()],
    habits: [...new Set(cycles.flatMap((cycle) => cycle.habits))],
    slots: [...new Set(cycles.flatMap((cycle) => cycle.slots))],
    vectors: cycles.reduce((all, cycle) => all + cycle.vectors, 0),
    firstMs: Math.min(...cycles.map((cycle) => cycle.firstMs)),
    lastMs: Math.max(0, ...cycles.map((cycle) => cycle.lastMs)),
    tookMs: { parse: sum('parse'), window: sum('window'), score: sum('score'), alert: sum('alert') },
  };
}
