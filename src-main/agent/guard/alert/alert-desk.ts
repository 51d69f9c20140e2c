// Candidates in, alerts out: what is below the threshold is none, what was told a moment ago is counted and not told again, and what has
// become worse is.
import { riskRank, scoreOf } from '../score/risk.ts';
import type { Baseline } from '../score/baseline.ts';
import type { Finding } from '../score/rule.ts';
import { createBounded } from '../features/bounded.ts';
import { alertOf, keyOf, type Candidate, type GuardAlert } from './alert.ts';

export interface Raised {
  readonly alert: GuardAlert;
  /** new: told for the first time, or again after a while. worse: its risk has risen. again: counted. */
  readonly kind: 'new' | 'worse' | 'again';
  /** Nothing of it has changed but its number and its time. */
  readonly onlyCounted: boolean;
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

/** What goes on for longer than a day is told again. */
const LONGEST_MS = 86_400_000;
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

  /** By the times of the log: what is read later than it happened must not look like news. */
  const running = (finding: Finding, atMs: number): GuardAlert | null => {
    const known = last.get(keyOf(finding));
    if (known === undefined) return null;
    return Math.abs(atMs - known.atMs) < cooldownMs && atMs - known.firstMs < LONGEST_MS ? known : null;
  };
  /** What nobody was told yet comes first, unless it is what was told seen from another side. */
  const newsFirst = (findings: readonly Finding[], isTold: (finding: Finding) => boolean): readonly Finding[] => {
    const [first] = findings;
    if (first === undefined || !isTold(first)) return findings;
    const news = findings.find((one) => one.evidence !== first.evidence && one.strength >= threshold && !isTold(one));
    return news === undefined ? findings : [news, ...findings.filter((one) => one !== news)];
  };

  return {
    take: (candidate, baseline, incident) => {
      if (scoreOf(candidate.findings) < threshold) return null;
      const { atMs } = candidate.scene.event;
      const findings = newsFirst(candidate.findings, (finding) => running(finding, atMs) !== null);
      const [first] = findings;
      if (first === undefined) return null;
      const key = keyOf(first);
      const before = running(first, atMs);
      const id = before?.id ?? nextId++;
      const draft = alertOf({ ...candidate, findings }, before, { id, incident: before?.incident ?? 0 }, baseline);
      const alert = { ...draft, incident: incident(draft) };
      last.set(key, alert);
      if (before === null) return { alert, kind: 'new', onlyCounted: false };
      const kind = riskRank(alert.risk) > riskRank(before.risk) ? 'worse' : 'again';
      return { alert, kind, onlyCounted: alert.reasons === before.reasons && alert.incident === before.incident };
    },
    restore: (alerts, next) => {
      for (const alert of alerts) last.set(alert.key, alert);
      nextId = next;
    },
    nextId: () => nextId,
  };
}
