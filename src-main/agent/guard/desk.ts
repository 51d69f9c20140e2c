// What the guard has kept in, what the dashboard and the command line ask of it out.
import type { Incident, IncidentDetail, LogAlert } from '../../../src-preload/contract.ts';
import { responsesFor } from './alert/responses.ts';
import type { GuardAlert } from './alert/alert.ts';
import type { GuardIncident } from './alert/incidents.ts';
import type { GuardStore } from './guard-records.ts';

export interface GuardDesk {
  /** Newest first; those under way in the period. */
  readonly incidents: (limit: number, fromMs?: number, toMs?: number) => readonly Incident[];
  /** @throws Error where it was not kept. */
  readonly incident: (id: number) => IncidentDetail;
  readonly alerts: (limit: number, fromMs?: number, toMs?: number) => readonly LogAlert[];
}

const MOST_ALERTS = 100;
const MOST_LINES = 500;

export function createGuardDesk(store: GuardStore): GuardDesk {
  return {
    incidents: (limit, fromMs, toMs) => store.incidents(limit, fromMs, toMs).map(incidentView),
    incident: (id) => {
      const incident = store.incident(id);
      if (incident === null) throw new Error(`There is no incident ${id}, or not any more.`);
      const alerts = store.alertsOf(id, MOST_ALERTS);
      return {
        incident: incidentView(incident),
        alerts: alerts.map(alertView),
        lines: linesOf(alerts).slice(-MOST_LINES),
        responses: responsesFor(alerts).slice(0, 20),
      };
    },
    alerts: (limit, fromMs, toMs) => store.alerts(limit, fromMs, toMs).map(alertView),
  };
}

/** Each line once, with the first alert that it shows. */
export function linesOf(alerts: readonly GuardAlert[]): { alert: number; line: string }[] {
  const first = new Map<string, number>();
  for (const { id, lines } of alerts) for (const line of lines) if (!first.has(line)) first.set(line, id);
  return [...first].map(([line, alert]) => ({ alert, line }));
}

/** Without what only the guard needs. */
export function alertView({ key: _key, lines: _lines, ties: _ties, ...alert }: GuardAlert): LogAlert {
  return alert;
}

export function incidentView({
  ties: _ties,
  stages: _stages,
  members: _members,
  ...incident
}: GuardIncident): Incident {
  return incident;
}
