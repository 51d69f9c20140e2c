// The one store of the page. In: a client. Out: a hook that views select from. Fed by pushes; nothing here polls.
import { create } from 'zustand';
import type { Drill, Learning, SettingsChange } from '../src-preload/contract.ts';
import {
  emptyDashboard,
  LATELY_MAX,
  withEntries,
  withHistory,
  withHistoryTrouble,
  withIncidents,
} from './dashboard.ts';
import { withLink, withPush, withRefusal } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { WINDOW_MS } from './history.ts';
import { INCIDENTS_MAX, withIncident } from './incidents.ts';
import type { DashboardClient } from './line.ts';
import { auditEntry, decisionEntry } from './timeline.ts';

export const useDashboard = create<Dashboard>()(() => emptyDashboard);

const change = (next: (known: Dashboard) => Dashboard): void => useDashboard.setState(next);

/** What no push brings: the past. Asked for once, whenever the line comes up. */
async function fetchPast(client: DashboardClient): Promise<void> {
  const [history, decisions, audit] = await Promise.allSettled([
    client.call('trustHistory', { minutes: WINDOW_MS / 60_000 }),
    client.call('decisions', { limit: LATELY_MAX }),
    client.call('audit', { limit: LATELY_MAX }),
  ]);
  const failed = [history, decisions, audit].find((outcome) => outcome.status === 'rejected');
  if (history.status === 'fulfilled') change((known) => withHistory(known, history.value));
  if (decisions.status === 'fulfilled') change((known) => withEntries(known, decisions.value.map(decisionEntry)));
  if (audit.status === 'fulfilled') change((known) => withEntries(known, audit.value.map(auditEntry)));
  if (failed !== undefined) change((known) => withHistoryTrouble(known, inWords(failed.reason)));
}

/** After something was deleted: what the page shows of the past is what is still there. @throws Error with the agent's words */
export async function fetchAnew(client: DashboardClient): Promise<void> {
  change((known) => ({ ...known, history: [], lately: [], incidents: [], incidentsAsked: false }));
  await fetchPast(client);
}

/** What was thrown, for the user to read. */
export const inWords = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Asked for by the page that shows them; afterwards changes arrive as pushes. @throws Error with the agent's words */
export async function fetchSettings(client: DashboardClient): Promise<void> {
  const settings = await client.call('settings');
  change((known) => ({ ...known, settings }));
}

/** @throws Error with what was refused; then everything is as it was */
export async function changeSettings(client: DashboardClient, changed: SettingsChange): Promise<void> {
  const settings = await client.call('changeSettings', changed);
  change((known) => ({ ...known, settings }));
}

/** What was learned; afterwards changes arrive as pushes. @throws Error with the agent's words */
export async function fetchLearning(client: DashboardClient): Promise<void> {
  const before = useDashboard.getState().learning;
  const learning = await client.call('learning');
  // What was pushed meanwhile is newer, whichever arrives first.
  change((known) => (known.learning === before ? { ...known, learning } : known));
}

/** What a call answered. */
export const showLearning = (learning: Learning): void => change((known) => ({ ...known, learning }));

/** The last drill, or the one under way. @throws Error with the agent's words */
export async function fetchDrill(client: DashboardClient): Promise<void> {
  const before = useDashboard.getState().drill;
  const drill = await client.call('drill');
  change((known) => (known.drill === before ? { ...known, drill } : known));
}

export const showDrill = (drill: Drill | null): void => change((known) => ({ ...known, drill }));

/** The worst that the log guard keeps; afterwards changes arrive as pushes. @throws Error with the agent's words */
export async function fetchIncidents(client: DashboardClient): Promise<void> {
  const before = useDashboard.getState().incidents;
  const incidents = await client.call('incidents', { limit: INCIDENTS_MAX, by: 'risk' });
  change((known) => withIncidents(known, incidents, before));
}

/** How the log guard is doing. @throws Error with the agent's words */
export async function fetchGuard(client: DashboardClient): Promise<void> {
  const guard = await client.call('guard');
  change((known) => ({ ...known, guard }));
}

/** Says that an incident was seen, or takes that back. @throws Error with the agent's words */
export async function acknowledge(client: DashboardClient, id: number, seen: boolean): Promise<void> {
  const incident = await client.call('acknowledgeIncident', { id, seen });
  change((known) => ({ ...known, incidents: withIncident(known.incidents, incident) }));
}

/** Connects the store to the agent; the answer undoes it. */
export function feed(client: DashboardClient, nowMs: () => number): () => void {
  const endings = [
    client.onPush((push) => change((known) => withPush(known, push, nowMs()))),
    client.onRefusal((refusal) => change((known) => withRefusal(known, refusal))),
    client.onAbsence((absence) => change((known) => ({ ...known, absence }))),
    client.onMalformed((malformed) => change((known) => ({ ...known, malformed }))),
    client.onLink((up) => {
      change((known) => withLink(known, up));
      if (up) void fetchPast(client);
    }),
  ];
  return () => endings.forEach((end) => end());
}
