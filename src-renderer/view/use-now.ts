// A clock for relative times and for noticing silence; everything else on the page changes by pushes alone.
import { useEffect, useState } from 'react';
import { agentNowMs } from '../dashboard.ts';
import { useDashboard } from '../state.ts';
import { SILENCE_MS } from '../words.ts';

const TICK_MS = 5000;

/** The page's own clock, moving every five seconds. */
export function useNowMs(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

/** The agent's clock; null before the first snapshot. */
export function useAgentNowMs(): number | null {
  const nowMs = useNowMs();
  const snapshot = useDashboard((known) => known.snapshot);
  const receivedMs = useDashboard((known) => known.receivedMs);
  return agentNowMs({ snapshot, receivedMs }, nowMs);
}

/** Whether the figures on the page are of now: the line is up and the agent is not silent. */
export function useIsLive(): boolean {
  const nowMs = useNowMs();
  return useDashboard(({ link, snapshot, receivedMs }) => {
    return link === 'up' && snapshot !== null && nowMs - receivedMs <= SILENCE_MS;
  });
}
