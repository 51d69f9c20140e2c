// A clock for relative times: the page's own, moving in steps.
import { useEffect, useState } from 'react';

export const TICK_MS = 5000;

/** The page's own clock, moving every five seconds. */
export function useNowMs(tickMs = TICK_MS): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return nowMs;
}
