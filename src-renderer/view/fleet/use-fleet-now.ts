// The viewer's clock, for relative times: what it said last, and what has passed since. And whether what is shown is of now.
import { useEffect, useState } from 'react';
import { useFleet } from '../../fleet/fleet-state.ts';
import { standingSentence } from '../../fleet/fleet-words.ts';

/** Moving on every `tickMs`. */
export function useFleetNowMs(tickMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return nowMs;
}

export const useIsFleetLive = (): boolean => useFleet((known) => standingSentence(known, 0) === null);
