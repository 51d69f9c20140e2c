// Where an impostor drill stands. In: what the agent told of it, and the agent's clock. Out: what to show.
import type { Drill } from '../src-preload/contract.ts';
import { readNumber } from './settings-form.ts';

export type DrillPhase =
  | { readonly kind: 'none' }
  /** The keyboard is handed over. */
  | { readonly kind: 'handover'; readonly seconds: number }
  | { readonly kind: 'running'; readonly leftS: number }
  | { readonly kind: 'over' };

/** An agent that was there until the end would have told of it by then. */
const GONE_AFTER_MS = 15_000;

/** @param nowMs null while the agent's clock is not known */
export function drillPhase(drill: Drill | null, nowMs: number | null): DrillPhase {
  if (drill === null || nowMs === null) return { kind: 'none' };
  if (drill.endedMs !== null) return { kind: 'over' };
  if (nowMs > drill.untilMs + GONE_AFTER_MS) return { kind: 'none' };
  if (nowMs < drill.startedMs) return { kind: 'handover', seconds: Math.ceil((drill.startedMs - nowMs) / 1000) };
  return { kind: 'running', leftS: Math.max(0, Math.ceil((drill.untilMs - nowMs) / 1000)) };
}

/** `1:05` */
export const clockLeft = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

const [LEAST_MINUTES, MOST_MINUTES] = [0.5, 30];

/** As typed; null for what no drill can last. */
export function readMinutes(typed: string): number | null {
  const minutes = readNumber(typed);
  return minutes !== null && minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES ? minutes : null;
}

export const MINUTES_RULE = `Between ${LEAST_MINUTES} and ${MOST_MINUTES} minutes.`;
