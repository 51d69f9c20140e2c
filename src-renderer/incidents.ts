// Incidents of the log in: the order in which they are read, which of them are shown, and how a pushed one joins the rest.
import type { Incident, Risk } from '../src-preload/contract.ts';
import { RISKS } from '../src-preload/contract.ts';

export type Incidents = readonly Incident[];

/** The most that the agent tells at once: the worst of all that it keeps. */
export const INCIDENTS_MAX = 500;

const rankOf = (risk: Risk): number => RISKS.indexOf(risk);

/** The worst first; of equals the newest. */
export const byRisk = (a: Incident, b: Incident): number =>
  rankOf(b.risk) - rankOf(a.risk) || b.lastMs - a.lastMs || b.id - a.id;

/** A pushed one takes the place of what was known of it. */
export function withIncident(incidents: Incidents, fresh: Incident): Incidents {
  const others = incidents.filter(({ id }) => id !== fresh.id);
  return [...others, fresh].toSorted(byRisk).slice(0, INCIDENTS_MAX);
}

/** Those that were pushed while the list was fetched stay as they were pushed. */
export const mergeIncidents = (fetched: Incidents, pushed: Incidents): Incidents =>
  [...new Map([...fetched, ...pushed].map((one) => [one.id, one])).values()].toSorted(byRisk).slice(0, INCIDENTS_MAX);

export interface IncidentFilter {
  /** This risk and worse. */
  readonly from: Risk;
  readonly seen: 'open' | 'acknowledged' | 'all';
  /** Words that must all be found in its title, names, addresses or techniques. */
  readonly words: string;
}

export const SHOW_OPEN: IncidentFilter = { from: 'LOW', seen: 'open', words: '' };

export function filtered(incidents: Incidents, { from, seen, words }: IncidentFilter): Incidents {
  const least = rankOf(from);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return incidents.filter((incident) => {
    if (rankOf(incident.risk) < least) return false;
    if (seen !== 'all' && (incident.acknowledgedMs === null) !== (seen === 'open')) return false;
    if (wanted.length === 0) return true;
    const text = searchedText(incident);
    return wanted.every((word) => text.includes(word));
  });
}

const searchedText = ({ id, title, tactics, techniques, subjects }: Incident): string =>
  [
    `#${id}`,
    title,
    ...tactics,
    ...techniques.map((technique) => `${technique.id} ${technique.name}`),
    ...subjects.map(({ name }) => name),
  ]
    .join('\n')
    .toLowerCase();

/** What is worth reading out: a new incident, or one that has become worse. null otherwise. */
export function newsOf(before: Incident | undefined, fresh: Incident): string | null {
  if (fresh.acknowledgedMs !== null) return null;
  if (before === undefined) return `Incident in the log: ${fresh.title}`;
  return rankOf(fresh.risk) > rankOf(before.risk) ? `An incident in the log has become worse: ${fresh.title}` : null;
}
