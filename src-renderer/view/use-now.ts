// A clock for relative times and for noticing silence; everything else on the page changes by pushes alone.
import { secondsToLock } from '../countdown.ts';
import { agentNowMs } from '../dashboard.ts';
import { SILENCE_MS } from '../standing.ts';
import { useDashboard } from '../state.ts';
import { TICK_MS, useNowMs } from './use-clock.ts';

export { useNowMs };

/** Often enough that no second of a countdown is skipped. */
const COUNTDOWN_TICK_MS = 200;

/** The agent's clock; null before the first snapshot. */
export function useAgentNowMs(tickMs = TICK_MS): number | null {
  const nowMs = useNowMs(tickMs);
  const snapshot = useDashboard((known) => known.snapshot);
  const receivedMs = useDashboard((known) => known.receivedMs);
  return agentNowMs({ snapshot, receivedMs }, nowMs);
}

/** The seconds until the screen is locked; null where it is not to be. The clock runs fast only while it is. */
export function useSecondsToLock(): number | null {
  const locking = useDashboard((known) => known.snapshot !== null && known.snapshot.locking !== null);
  const nowMs = useNowMs(locking ? COUNTDOWN_TICK_MS : TICK_MS);
  return useDashboard((known) => secondsToLock(known, Math.max(nowMs, known.receivedMs)));
}

/** Whether the figures on the page are of now: the line is up, the agent is not silent, and it watches. */
export function useIsLive(): boolean {
  const nowMs = useNowMs();
  return useDashboard(({ link, absence, snapshot, receivedMs }) => {
    if (link !== 'up' || absence !== null || snapshot === null || snapshot.paused !== null) return false;
    return nowMs - receivedMs <= SILENCE_MS;
  });
}
