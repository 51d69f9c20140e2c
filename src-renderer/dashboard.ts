// Everything that the page knows, and how it changes: pure functions from (what was known, what arrived) to what is known.
import type {
  AgentAbsence,
  Drill,
  GuardStatus,
  Incident,
  Learning,
  Push,
  SettingsView,
  Snapshot,
  TrustPoint,
} from '../src-preload/contract.ts';
import { appendPoint, mergeHistory } from './history.ts';
import { mergeIncidents, newsOf, withIncident } from './incidents.ts';
import type { Incidents } from './incidents.ts';
import { auditEntry, decisionEntry, mergeTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** What happened lately that is kept for the pages; Now shows the newest of them. */
export const LATELY_MAX = 60;

export interface Dashboard {
  /** `connecting` until the first answer; then whether the line holds. */
  readonly link: 'connecting' | 'up' | 'down';
  /** Why the agent refuses this page; null where it is merely out of reach. */
  readonly refusal: string | null;
  /** Why there is no agent, where the program around the page tells; null while there is one. */
  readonly absence: AgentAbsence | null;
  /** The last one that arrived, kept when the line breaks. */
  readonly snapshot: Snapshot | null;
  /** When it arrived, by the clock of this page. */
  readonly receivedMs: number;
  /** Oldest first, at most 300 points of the last 30 minutes. */
  readonly history: readonly TrustPoint[];
  readonly historyTrouble: string | null;
  /** Decisions and audit entries, newest first. */
  readonly lately: Timeline;
  /** null until they were asked for. */
  readonly settings: SettingsView | null;
  /** null until it was asked for. */
  readonly learning: Learning | null;
  /** The last drill, or the one under way. */
  readonly drill: Drill | null;
  /** The worst first; before the agent was asked for all, those that it has pushed. */
  readonly incidents: Incidents;
  readonly incidentsAsked: boolean;
  /** How many pushes told of incidents, and the last one that is worth reading out. */
  readonly incidentNews: { readonly pushes: number; readonly sentence: string };
  /** How the log guard is doing; null until it was asked. */
  readonly guard: GuardStatus | null;
  /** Messages that did not keep to the contract. */
  readonly malformed: number;
}

export const emptyDashboard: Dashboard = {
  link: 'connecting',
  refusal: null,
  absence: null,
  snapshot: null,
  receivedMs: 0,
  history: [],
  historyTrouble: null,
  lately: [],
  settings: null,
  learning: null,
  drill: null,
  incidents: [],
  incidentsAsked: false,
  incidentNews: { pushes: 0, sentence: '' },
  guard: null,
  malformed: 0,
};

export function withPush(known: Dashboard, push: Push, nowMs: number): Dashboard {
  switch (push.push) {
    case 'snapshot':
      return { ...known, snapshot: push.data, receivedMs: nowMs };
    case 'trustPoint':
      return { ...known, history: appendPoint(known.history, push.data) };
    case 'decision':
      return withEntries(known, [decisionEntry(push.data)]);
    case 'audit':
      return withEntries(known, [auditEntry(push.data)]);
    case 'settings':
      return { ...known, settings: push.data };
    case 'learning':
      return { ...known, learning: push.data };
    case 'drill':
      return { ...known, drill: push.data };
    case 'incident':
      return withIncidentPush(known, push.data);
    // The page that shows it listens for it itself.
    case 'host':
    case 'resources':
      return known;
  }
}

function withIncidentPush(known: Dashboard, fresh: Incident): Dashboard {
  const { incidents, incidentNews } = known;
  const before = incidents.find(({ id }) => id === fresh.id);
  return {
    ...known,
    incidents: withIncident(incidents, fresh),
    incidentNews: { pushes: incidentNews.pushes + 1, sentence: newsOf(before, fresh) ?? incidentNews.sentence },
  };
}

/** @param before those that were known when the agent was asked: what was pushed since is newer than its answer */
export const withIncidents = (known: Dashboard, fetched: Incidents, before: Incidents): Dashboard => ({
  ...known,
  incidents: mergeIncidents(
    fetched,
    known.incidents.filter((one) => !before.includes(one)),
  ),
  incidentsAsked: true,
});

export function withLink(known: Dashboard, up: boolean): Dashboard {
  if (up) return { ...known, link: 'up', refusal: null };
  return known.link === 'up' ? { ...known, link: 'down' } : known;
}

/** The line could not be made, or broke, for a reason that the user can do something about. */
export const withRefusal = (known: Dashboard, refusal: string | null): Dashboard => ({
  ...known,
  link: 'down',
  refusal,
});

export const withHistory = (known: Dashboard, fetched: readonly TrustPoint[]): Dashboard => ({
  ...known,
  history: mergeHistory(fetched, known.history),
  historyTrouble: null,
});

export const withHistoryTrouble = (known: Dashboard, trouble: string): Dashboard => ({
  ...known,
  historyTrouble: trouble,
});

/** An entry that was pushed while the list was fetched is in both: it is kept once. */
export const withEntries = (known: Dashboard, entries: Timeline): Dashboard => ({
  ...known,
  lately: mergeTimeline([...entries, ...known.lately], LATELY_MAX),
});

/**
 * The agent's clock, carried on by the page's own since the last snapshot: right for a replay, whose clock is that of the
 * recording, and when the line is down. null before the first snapshot.
 */
export function agentNowMs(known: Pick<Dashboard, 'snapshot' | 'receivedMs'>, nowMs: number): number | null {
  return known.snapshot === null ? null : known.snapshot.atMs + Math.max(0, nowMs - known.receivedMs);
}

/** The newest moment on the chart. A replay's line ends with its own last point, whatever the wall clock says. */
export function newestMs(known: Pick<Dashboard, 'snapshot' | 'history'>): number | null {
  const lastMs = known.history.at(-1)?.atMs ?? null;
  if (known.snapshot === null) return lastMs;
  if (known.snapshot.source !== 'live' && lastMs !== null) return lastMs;
  return Math.max(known.snapshot.atMs, lastMs ?? 0);
}
