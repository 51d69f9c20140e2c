// Training now, and learning anew. Forgetting cannot be undone, so it is asked for twice, here in the page.
import { useEffect, useRef, useState } from 'react';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';

function Train() {
  const client = useClient();
  const [said, setSaid] = useState<readonly string[]>([]);
  const train = useAction(async () => setSaid(await client.call('train')));
  return (
    <div className="deed">
      <div>
        <h3>Train now</h3>
        <p className="quiet">Makes new models of everything learned so far. They are also made by themselves.</p>
        <div role="status">
          {said.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {train.trouble !== null && <p className="trouble">{train.trouble}</p>}
      </div>
      <button type="button" className="button" disabled={train.busy} onClick={train.run}>
        {train.busy ? 'Training' : 'Train now'}
      </button>
    </div>
  );
}

interface ConfirmProps {
  readonly done: () => void;
  readonly keep: () => void;
}

function Confirm({ done, keep }: ConfirmProps) {
  const client = useClient();
  const restart = useAction(async () => {
    await client.call('restartEnrolment');
    done();
  });
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div className="confirm" role="group" aria-labelledby="confirm-question">
      <p id="confirm-question">
        <strong>Forget everything learned about you?</strong> There is no score until enough is learned again. This
        cannot be undone.
      </p>
      <div className="confirm-choices">
        <button type="button" className="button" ref={safe} onClick={keep}>
          Keep it
        </button>
        <button type="button" className="button grave" disabled={restart.busy} onClick={restart.run}>
          Forget it and learn anew
        </button>
      </div>
      {restart.trouble !== null && (
        <p className="trouble" role="alert">
          {restart.trouble}
        </p>
      )}
    </div>
  );
}

function LearnAnew() {
  const [step, setStep] = useState<'offered' | 'asked' | 'done'>('offered');
  const opener = useRef<HTMLButtonElement>(null);
  const close = (next: 'offered' | 'done'): void => {
    setStep(next);
    opener.current?.focus();
  };
  return (
    <>
      <div className="deed">
        <div>
          <h3>Learn anew</h3>
          <p className="quiet">Forgets the models and what they were made of. History and settings stay.</p>
          <p role="status">{step === 'done' && 'Forgotten. Learning has begun anew.'}</p>
        </div>
        <button
          type="button"
          className="button"
          ref={opener}
          aria-expanded={step === 'asked'}
          onClick={() => setStep('asked')}
        >
          Start learning anew
        </button>
      </div>
      {step === 'asked' && <Confirm done={() => close('done')} keep={() => close('offered')} />}
    </>
  );
}

export const Learning = () => (
  <section className="panel settings-group" aria-labelledby="learning-title">
    <h2 id="learning-title">Learning</h2>
    <Train />
    <LearnAnew />
  </section>
);
