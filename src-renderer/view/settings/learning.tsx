// Training now, and learning anew.
import { useState } from 'react';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { AgentFields } from './agent-fields.tsx';
import { ConfirmedDeed } from './confirmed-deed.tsx';

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

function LearnAnew() {
  const client = useClient();
  return (
    <ConfirmedDeed
      title="Learn anew"
      effect="Forgets the models and what they were made of. History and settings stay."
      opener="Start learning anew"
      question={
        <>
          <strong>Forget everything learned about you?</strong> There is no score until enough is learned again. This
          cannot be undone.
        </>
      }
      no="Keep it"
      yes="Forget it and learn anew"
      perform={async () => void (await client.call('restartEnrolment'))}
      done="Forgotten. Learning has begun anew."
    />
  );
}

export const Learning = () => (
  <section className="panel" aria-labelledby="learning-title">
    <AgentFields>
      <h2 id="learning-title">Learning</h2>
      <Train />
      <LearnAnew />
    </AgentFields>
  </section>
);
