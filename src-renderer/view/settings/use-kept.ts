// What is kept, asked for at each visit and after each deletion. Out: the answer, why there is none, and the way to ask again.
import { useCallback, useEffect, useState } from 'react';
import type { KeptData } from '../../../src-preload/contract.ts';
import { inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';

export interface Kept {
  /** null until it is known. */
  readonly data: KeptData | null;
  readonly trouble: string | null;
  readonly ask: () => void;
}

export function useKept(): Kept {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const [data, setData] = useState<KeptData | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const ask = useCallback((): void => {
    client.call('keptData').then(
      (answer) => {
        setData(answer);
        setTrouble(null);
      },
      (error: unknown) => setTrouble(inWords(error)),
    );
  }, [client]);
  useEffect(() => {
    if (link === 'up') ask();
  }, [ask, link]);
  return { data, trouble, ask };
}
