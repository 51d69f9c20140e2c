// One thing that the user can have done. In: what is to be done. Out: a function to do it, whether it is being done, what went wrong.
import { useState } from 'react';
import { inWords } from '../state.ts';

export interface Action {
  readonly run: () => void;
  readonly busy: boolean;
  /** Why it was not done; null until it is tried, and while it is tried again. */
  readonly trouble: string | null;
}

export function useAction(perform: () => Promise<unknown>): Action {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = (): void => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    void perform()
      .catch((error: unknown) => setTrouble(inWords(error)))
      .finally(() => setBusy(false));
  };
  return { run, busy, trouble };
}
