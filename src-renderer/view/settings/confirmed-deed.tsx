// A deed with consequences, so it is asked for twice, here in the page: a button, then the question and both answers.
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useAction } from '../use-action.ts';

interface ConfirmedDeedProps {
  readonly title: string;
  readonly effect: string;
  /** The words on the button that leads to the question. */
  readonly opener: string;
  readonly question: ReactNode;
  readonly no: string;
  readonly yes: string;
  /** Rejects with the reason where it was not done. */
  readonly perform: () => Promise<void>;
  readonly done: string;
}

interface ConfirmProps extends Pick<ConfirmedDeedProps, 'question' | 'no' | 'yes' | 'perform'> {
  readonly close: (done: boolean) => void;
}

function Confirm({ question, no, yes, perform, close }: ConfirmProps) {
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
      {action.trouble !== null && (
        <p className="trouble" role="alert">
          {action.trouble}
        </p>
      )}
    </div>
  );
}

export function ConfirmedDeed({ title, effect, opener, done, ...confirm }: ConfirmedDeedProps) {
  const [step, setStep] = useState<'offered' | 'asked' | 'done'>('offered');
  const button = useRef<HTMLButtonElement>(null);
  const close = (isDone: boolean): void => {
    setStep(isDone ? 'done' : 'offered');
    button.current?.focus();
  };
  return (
    <>
      <div className="deed">
        <div>
          <h3>{title}</h3>
          <p className="quiet">{effect}</p>
          <p role="status">{step === 'done' && done}</p>
        </div>
        <button
          type="button"
          className="button"
          ref={button}
          aria-expanded={step === 'asked'}
          onClick={() => setStep('asked')}
        >
          {opener}
        </button>
      </div>
      {step === 'asked' && <Confirm {...confirm} close={close} />}
    </>
  );
}
