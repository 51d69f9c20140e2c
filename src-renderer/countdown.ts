// The countdown to the lock of the screen. In: what the page knows and its clock. Out: the seconds left, by the agent's clock.
import { agentNowMs } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

/** The lock that was announced has happened by then, or never will: the agent has said nothing more about it. */
const GIVEN_UP_MS = 10_000;

/**
 * Whole seconds until the lock, as a clock shows them: 10 at the start, 0 once it is due.
 * null where nothing is to be locked, and where nobody is there to lock it.
 */
export function secondsToLock(
  known: Pick<Dashboard, 'snapshot' | 'receivedMs' | 'link' | 'absence'>,
  pageMs: number,
): number | null {
  const { snapshot, link, absence } = known;
  const nowMs = agentNowMs(known, pageMs);
  if (snapshot === null || snapshot.locking === null || nowMs === null) return null;
  if (link !== 'up' || absence !== null || snapshot.screen === 'locked') return null;
  const leftMs = snapshot.locking.atMs - nowMs;
  return leftMs < -GIVEN_UP_MS ? null : Math.max(0, Math.ceil(leftMs / 1000));
}
