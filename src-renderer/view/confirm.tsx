// Asks again before a deed with consequences, in the page: the question and both answers. The focus goes to the safe one.
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { Trouble } from './trouble.tsx';
import { useAction } from './use-action.ts';

export interface ConfirmProps {
  readonly question: ReactNode;
  readonly no: string;
  readonly yes: string;
  /** Rejects with the reason where it was not done. */
  readonly perform: () => Promise<void>;
  readonly close: (done: boolean) => void;
}

export function Confirm({ question, no, yes, perform, close }: ConfirmProps) {
  const id = useId();
  const action = useAction(async () => {
    await perform();
    close(true);
  });
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div className="confirm" role="group" aria-labelledby={id}>
      <p id={id}>{question}</p>
      <div className="confirm-choices">
        <button type="button" className="button" ref={safe} onClick={() => close(false)}>
          {no}
        </button>
        <button type="button" className="button grave" disabled={action.busy} onClick={action.run}>
          {yes}
        </button>
      </div>
      <Trouble text={action.trouble} />
    </div>
  );
}
