// What the log guard and the host monitor told of a stretch of time. Out: their entries; null until the first answer. With the present in
// it they are asked for again as they come.
import { useEffect, useRef, useState } from 'react';
import { fetchBeside } from '../../past-entries.ts';
import type { PastEntries } from '../../past-entries.ts';
import { inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';
import { useNowMs } from '../use-now.ts';

/** The axis moves on in small steps: one answer serves for so long. */
const AHEAD_MS = 15 * 60_000;
/** Nobody tells of a new anomaly of the machine, so it is asked for. */
const ASK_AGAIN_MS = 30_000;
/** Under attack incidents are told every second. */
const SETTLE_MS = 2000;

export interface Beside extends PastEntries {
  /** What had been told when it was asked for. */
  readonly turn: string;
  readonly trouble: string | null;
}

/** Follows a number that may change fast, every two seconds at most. */
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  }, [value]);
  const waits = settled !== value;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setSettled(newest.current), SETTLE_MS);
    return () => clearInterval(timer);
  }, [waits]);
  return settled;
}

/** @param live the present lies in it */
export function useBeside(fromMs: number, toMs: number, live: boolean): Beside | null {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const pushes = useSettled(useDashboard(({ incidentNews }) => incidentNews.pushes));
  const nowMs = useNowMs(ASK_AGAIN_MS);
  const turn = live ? `${pushes} ${nowMs}` : '';
  const untilMs = live ? Math.ceil(toMs / AHEAD_MS) * AHEAD_MS : toMs;
  const sinceMs = untilMs - (toMs - fromMs) - (live ? AHEAD_MS : 0);
  const [beside, setBeside] = useState<Beside | null>(null);
  useEffect(() => {
    if (link !== 'up') return;
    let current = true;
    fetchBeside(client, sinceMs, untilMs).then(
      (entries) => current && setBeside({ ...entries, turn, trouble: null }),
      (error: unknown) =>
        current &&
        setBeside((before) => ({
          ...(before ?? { timeline: [], completeFromMs: null }),
          turn,
          trouble: `What the log and the machine told could not be read: ${inWords(error)}`,
        })),
    );
    return () => {
      current = false;
    };
  }, [client, link, sinceMs, untilMs, turn]);
  return beside;
}
