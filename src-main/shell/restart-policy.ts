// Enters: how often in a row the agent failed and how long it was up. Leaves: when to start it again, or never.

/** Pauses before the first, second and third new start in a row. */
const RESTART_DELAYS_S = [2, 4, 8] as const;

/** An agent that was ready for this long was healthy: its failure begins a new row. */
const HEALTHY_AFTER_S = 60;

export interface Restart {
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Seconds until the next start; null: stay stopped until the user asks. */
  readonly delayS: number | null;
}

/**
 * @param failuresBefore failures in a row before this one
 * @param readyS seconds from `ready` to this failure; null when the agent never got ready
 */
export function afterFailure(failuresBefore: number, readyS: number | null): Restart {
  const row = readyS !== null && readyS >= HEALTHY_AFTER_S ? 0 : failuresBefore;
  return { failures: row + 1, delayS: RESTART_DELAYS_S[row] ?? null };
}
