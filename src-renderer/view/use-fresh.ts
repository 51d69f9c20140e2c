// What a page asks for at each visit and each new line, for it may have changed since. Out: why it could not be had; null where it was.
import { useEffect, useState } from 'react';
import type { DashboardClient } from '../line.ts';
import { inWords, useDashboard } from '../state.ts';
import { useClient } from './use-client.ts';

/** @param fetch puts what was answered into the store; the same function at each drawing */
export function useFresh(fetch: (client: DashboardClient) => Promise<void>): string | null {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    if (link !== 'up') return;
    fetch(client).then(
      () => setTrouble(null),
      (error: unknown) => setTrouble(inWords(error)),
    );
  }, [client, link, fetch]);
  return trouble;
}
