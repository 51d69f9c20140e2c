// An alert in, what the command line and the stream print of it as JSON out.
import type { LogAlert } from '../../../../src-preload/contract.ts';

export function jsonOf(alert: LogAlert) {
  const { id, atMs, firstMs, risk, score, techniques, subject, user, address, explanation, count, reasons, incident } =
    alert;
  const [first] = techniques;
  return {
    ...{ id, time: new Date(atMs).toISOString(), since: new Date(firstMs).toISOString() },
    ...{ risk, score: Number(score.toFixed(3)) },
    ...{ technique: first?.id ?? '', tactic: first?.tactic ?? '', techniques },
    ...{ subject: `${subject.kind} ${subject.name}`, user, address, explanation, count, incident },
    reasons: reasons.map((reason) => ({ ...reason, points: Number(reason.points.toFixed(3)) })),
  };
}
