// Verdicts enter, one for each incident leaves: not its first moment, when little is to be seen of it yet, but the worst of its first
// seconds. What follows belongs to it until it has been quiet for long, or has become far worse.
import type { Verdict } from './family-detector.ts';

export interface Incidents {
  /** @param nowMs never less than before. */
  readonly push: (verdict: Verdict, nowMs: number) => Verdict | null;
  /** Whether one is under way that has not been told yet. */
  readonly growing: () => boolean;
  /** One that has not been told yet will not be. */
  readonly forget: () => void;
}

export interface IncidentOptions {
  /** From the first moment to the alarm. */
  readonly settleMs: number;
  /** How long it is remembered after the last moment of it. */
  readonly quietMs: number;
}

/** Times as high as what was told already: something new. */
const FAR_WORSE = 10;

/** That it goes on is part of it, however unheard of that is. */
const isFarWorse = ({ channel, raw }: Verdict, before: number): boolean =>
  channel !== 'sustained' && raw > FAR_WORSE * before;

export function createIncidents({ settleMs, quietMs }: IncidentOptions): Incidents {
  let growing: { readonly sinceMs: number; worst: Verdict } | null = null;
  let told: { raw: number; lastMs: number } | null = null;

  return {
    growing: () => growing !== null,
    forget: () => (growing = null),
    push: (verdict, nowMs) => {
      if (told !== null && nowMs - told.lastMs > quietMs) told = null;
      if (verdict.raw >= 1) {
        if (told !== null && !isFarWorse(verdict, told.raw)) told.lastMs = nowMs;
        else if (growing === null) growing = { sinceMs: nowMs, worst: verdict };
        else if (verdict.raw > growing.worst.raw) growing.worst = verdict;
      }
      if (growing === null || nowMs - growing.sinceMs < settleMs) return null;
      const { worst } = growing;
      growing = null;
      told = { raw: worst.raw, lastMs: nowMs };
      return worst;
    },
  };
}
