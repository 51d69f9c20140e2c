// How the log guard is doing, asked for while somebody looks: its counts change with every line, and nobody pushes them.
import { useEffect, useState } from 'react';
import type { GuardStatus } from '../../../src-preload/contract.ts';
import { fetchGuard, inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';

const EVERY_MS = 2000;

export interface AskedStatus {
  /** null until the first answer. */
  readonly status: GuardStatus | null;
  readonly trouble: string | null;
}

export function useGuardStatus(): AskedStatus {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const status = useDashboard((known) => known.guard);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    if (link !== 'up') return;
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      const failed = document.hidden
        ? null
        : await fetchGuard(client).then(
            () => null,
            (error: unknown) => inWords(error),
          );
      if (!current) return;
      setTrouble(failed);
      timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, link]);
  return { status, trouble };
}
