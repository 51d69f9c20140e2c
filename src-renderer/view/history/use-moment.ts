// What led to the score of one moment, as the agent kept it.
import { useEffect, useState } from 'react';
import type { Moment } from '../../../src-preload/contract.ts';
import type { DashboardClient } from '../../line.ts';
import { AROUND_MINUTES, beforeAndAfter } from '../../moment.ts';
import type { BeforeAndAfter } from '../../moment.ts';
import { inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';

export type Explained =
  | { readonly atMs: number; readonly moment: Moment; readonly around: BeforeAndAfter }
  | { readonly atMs: number; readonly trouble: string };

async function explain(client: DashboardClient, atMs: number): Promise<Explained> {
  const toMs = atMs + (AROUND_MINUTES * 60_000) / 2;
  const [moment, points] = await Promise.all([
    client.call('moment', { atMs }),
    client.call('trustHistory', { minutes: AROUND_MINUTES, toMs }),
  ]);
  return { atMs, moment, around: beforeAndAfter(points, atMs) };
}

/** null until the answer is there. The moment before stays meanwhile: see its `atMs`. */
export function useMoment(atMs: number): Explained | null {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const [explained, setExplained] = useState<Explained | null>(null);
  useEffect(() => {
    if (link !== 'up') return;
    let current = true;
    explain(client, atMs)
      .catch((error: unknown) => ({ atMs, trouble: inWords(error) }))
      .then((answer) => current && setExplained(answer))
      // Both outcomes are values by now; a throw here is a defect of this page and belongs to its console.
      .catch((error: unknown) => reportError(error));
    return () => {
      current = false;
    };
  }, [client, link, atMs]);
  return explained;
}
