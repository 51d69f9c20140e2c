// Candidates in, alerts out: what is below the threshold is none, what was told a moment ago is counted and not told again, and what has
// become worse is.
import { riskRank, scoreOf } from '../score/risk.ts';
import type { Baseline } from '../score/baseline.ts';
import { createBounded } from '../features/bounded.ts';
import { alertOf, keyOf, type Candidate, type GuardAlert } from './alert.ts';

export interface Raised {
  readonly alert: GuardAlert;
  /** new: told for the first time, or again after a while. worse: its risk has risen. again: counted. */
  readonly kind: 'new' | 'worse' | 'again';
}

export interface AlertDesk {
  /** null below the threshold. @param incident the number of the incident that the alert belongs to. */
  readonly take: (
    candidate: Candidate,
    baseline: Baseline | null,
    incident: (alert: GuardAlert) => number,
  ) => Raised | null;
  /** Those of an earlier run, so that a restart does not tell them again. */
  readonly restore: (alerts: readonly GuardAlert[], nextId: number) => void;
  readonly nextId: () => number;
}

/** Keys whose last alert is remembered. */
const REMEMBERED = 4096;

export function createAlertDesk({
  threshold,
  cooldownMs,
}: {
  readonly threshold: number;
  readonly cooldownMs: number;
}): AlertDesk {
  const last = createBounded<string, GuardAlert>(REMEMBERED);
  let nextId = 1;

  return {
    take: (candidate, baseline, incident) => {
      const [first] = candidate.findings;
      if (first === undefined || scoreOf(candidate.findings) < threshold) return null;
      const key = keyOf(first);
      const known = last.get(key);
      // By the times of the log: what is read later than it happened must not look like news.
      const before =
        known !== undefined && Math.abs(candidate.scene.event.atMs - known.atMs) < cooldownMs ? known : null;
      const id = before?.id ?? nextId++;
      const draft = alertOf(candidate, before, { id, incident: before?.incident ?? 0 }, baseline);
      const alert = { ...draft, incident: incident(draft) };
      last.set(key, alert);
      if (before === null) return { alert, kind: 'new' };
      return { alert, kind: riskRank(alert.risk) > riskRank(before.risk) ? 'worse' : 'again' };
    },
    restore: (alerts, next) => {
      for (const alert of alerts) last.set(alert.key, alert);
      nextId = next;
    },
    nextId: () => nextId,
  };
}
