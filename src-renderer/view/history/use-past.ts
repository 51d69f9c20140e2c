// What the agent kept of a stretch of time. In: how long it is and where it ends. Out: its points and entries; with the present in it, what is pushed on top.
import { useEffect, useMemo, useState } from 'react';
import type { TrustPoint } from '../../../src-preload/contract.ts';
import { newestMs } from '../../dashboard.ts';
import { bucketMs, mergeHistory } from '../../history.ts';
import type { DashboardClient } from '../../line.ts';
import { ENTRIES_MAX, fetchEntries } from '../../past-entries.ts';
import type { PastEntries } from '../../past-entries.ts';
import { inWords, useDashboard } from '../../state.ts';
import { axisEndMs } from '../../time-axis.ts';
import { mergeTimeline, within } from '../../timeline.ts';
import { useClient } from '../use-client.ts';
import { useBeside } from './use-beside.ts';

/** Pushes are kept for half an hour; what they brought is asked for again well before they are forgotten. */
const REFRESH_MS = 15 * 60_000;

interface Fetched extends PastEntries {
  readonly points: readonly TrustPoint[];
  readonly trouble: string | null;
}

const NOTHING: Fetched = { points: [], timeline: [], completeFromMs: null, trouble: null };

export interface Past extends Fetched {
  readonly fromMs: number;
  readonly toMs: number;
  /** False until the first answer. */
  readonly known: boolean;
}

async function fetchPast(client: DashboardClient, fromMs: number, toMs: number): Promise<Fetched> {
  const [points, entries] = await Promise.all([
    client.call('trustHistory', { minutes: (toMs - fromMs) / 60_000, toMs }),
    fetchEntries(client, fromMs, toMs),
  ]);
  return { ...entries, points, trouble: null };
}

/** What was fetched last stays until the next answer: a change of range must not blank the page. */
function useFetched(fromMs: number, toMs: number, live: boolean): Fetched | null {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const lengthMs = toMs - fromMs;
  const untilMs = live ? Math.ceil(toMs / REFRESH_MS) * REFRESH_MS : toMs;
  useEffect(() => {
    if (link !== 'up') return;
    let current = true;
    const show = (next: (before: Fetched | null) => Fetched): void => {
      if (current) setFetched(next);
    };
    fetchPast(client, untilMs - lengthMs - (live ? REFRESH_MS : 0), untilMs).then(
      (past) => show(() => past),
      (error: unknown) => show((before) => ({ ...(before ?? NOTHING), trouble: inWords(error) })),
    );
    return () => {
      current = false;
    };
  }, [client, link, live, lengthMs, untilMs]);
  return fetched;
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

export interface Stretch {
  readonly lengthMs: number;
  /** Its end; null: the present, and on with it. */
  readonly toMs: number | null;
}

export function usePast(stretch: Stretch): Past {
  const { lengthMs } = stretch;
  const nowMs = useDashboard((known) => axisEndMs(newestMs(known) ?? Date.now(), bucketMs(lengthMs)));
  const toMs = stretch.toMs ?? nowMs;
  const fromMs = toMs - lengthMs;
  const fetched = useFetched(fromMs, toMs, stretch.toMs === null);
  // The present lies in it.
  const live = toMs >= nowMs;
  const beside = useBeside(fromMs, toMs, live);
  const pushed = useDashboard((known) => known.history);
  const lately = useDashboard((known) => known.lately);
  const known = fetched !== null;
  const { points: kept, timeline: told, trouble } = fetched ?? NOTHING;
  const completeFromMs = latest(fetched?.completeFromMs ?? null, beside?.completeFromMs ?? null);
  // Entries change far more rarely than points, and there may be thousands of them.
  const entries = useMemo(
    () => mergeTimeline([...(live ? lately : []), ...told, ...(beside?.timeline ?? [])], ENTRIES_MAX),
    [told, lately, live, beside],
  );
  const timeline = useMemo(() => within(entries, fromMs, toMs), [entries, fromMs, toMs]);
  return useMemo(() => {
    const points = mergeHistory(kept, live ? pushed : [], lengthMs).filter(
      ({ atMs }) => atMs >= fromMs && atMs <= toMs,
    );
    return { fromMs, toMs, known, points, timeline, completeFromMs, trouble: trouble ?? beside?.trouble ?? null };
  }, [kept, pushed, live, lengthMs, fromMs, toMs, known, timeline, completeFromMs, trouble, beside]);
}
