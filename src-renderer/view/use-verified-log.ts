// The audit log verified when somebody asks, for it reads all of it. In: the number of an entry to tell of by itself, or none. Out: what was
// found, or why nothing was.
import { useState } from 'react';
import type { LogReport } from '../../src-preload/contract.ts';
import { inWords } from '../state.ts';
import { useClient } from './use-client.ts';

export type LogAnswer =
  | { readonly step: 'offered' | 'asked' }
  | { readonly step: 'found'; readonly report: LogReport }
  | { readonly step: 'failed'; readonly trouble: string };

export function useVerifiedLog(entry?: number): { readonly answer: LogAnswer; readonly verify: () => void } {
  const client = useClient();
  const [answer, setAnswer] = useState<LogAnswer>({ step: 'offered' });
  const verify = (): void => {
    setAnswer({ step: 'asked' });
    client
      .call('verifyLog', entry === undefined ? {} : { entry })
      .then((report) => setAnswer({ step: 'found', report }))
      .catch((error: unknown) => setAnswer({ step: 'failed', trouble: inWords(error) }));
  };
  return { answer, verify };
}
