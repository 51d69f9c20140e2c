// The one store of the page. In: a client. Out: a hook that views select from. Fed by pushes; nothing here polls.
import { create } from 'zustand';
import { DECISIONS_MAX, emptyDashboard, withDecisions, withHistory, withHistoryTrouble } from './dashboard.ts';
import { withLink, withPush, withRefusal } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { WINDOW_MS } from './history.ts';
import type { DashboardClient } from './line.ts';

export const useDashboard = create<Dashboard>()(() => emptyDashboard);

const change = (next: (known: Dashboard) => Dashboard): void => useDashboard.setState(next);

/** What no push brings: the past. Asked for once, whenever the line comes up. */
async function fetchPast(client: DashboardClient): Promise<void> {
  const [history, decisions] = await Promise.allSettled([
    client.call('trustHistory', { minutes: WINDOW_MS / 60_000 }),
    client.call('decisions', { limit: DECISIONS_MAX }),
  ]);
  const failed = [history, decisions].find((outcome) => outcome.status === 'rejected');
  if (history.status === 'fulfilled') change((known) => withHistory(known, history.value));
  if (decisions.status === 'fulfilled') change((known) => withDecisions(known, decisions.value));
  if (failed !== undefined) change((known) => withHistoryTrouble(known, sentenceOf(failed.reason)));
}

const sentenceOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));

/** Connects the store to the agent; the answer undoes it. */
export function feed(client: DashboardClient, nowMs: () => number): () => void {
  const endings = [
    client.onPush((push) => change((known) => withPush(known, push, nowMs()))),
    client.onRefusal((refusal) => change((known) => withRefusal(known, refusal))),
    client.onMalformed((malformed) => change((known) => ({ ...known, malformed }))),
    client.onLink((up) => {
      change((known) => withLink(known, up));
      if (up) void fetchPast(client);
    }),
  ];
  return () => endings.forEach((end) => end());
}
