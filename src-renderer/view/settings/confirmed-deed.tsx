// A deed with consequences, so it is asked for twice, here in the page: a button, then the question and both answers.
import { useRef, useState } from 'react';
import { Confirm } from '../confirm.tsx';
import type { ConfirmProps } from '../confirm.tsx';

interface ConfirmedDeedProps extends Omit<ConfirmProps, 'close'> {
  readonly title: string;
  readonly effect: string;
  /** The words on the button that leads to the question. */
  readonly opener: string;
  readonly done: string;
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
