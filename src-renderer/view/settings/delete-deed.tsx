// What is kept, deleted: first what and of which days, then the question, then what was done.
import { useId, useState } from 'react';
import { deletableTitle, DELETABLE, deletionEffect, deletionOf, deletionQuestion } from '../../kept-words.ts';
import type { Choice, Deletable } from '../../kept-words.ts';
import { fetchAnew } from '../../state.ts';
import { Confirm } from '../confirm.tsx';
import { useAsked } from '../use-asked.ts';
import { useClient } from '../use-client.ts';
import { AgentFields } from './agent-fields.tsx';
import type { Kept } from './use-kept.ts';

interface ChoiceFieldsProps {
  readonly choice: Choice;
  readonly change: (choice: Choice) => void;
}

function ChoiceFields({ choice, change }: ChoiceFieldsProps) {
  const id = useId();
  return (
    <div className="deletion-choice">
      <label htmlFor={`${id}-what`}>What</label>
      <select
        id={`${id}-what`}
        value={choice.what}
        onChange={({ currentTarget }) => change({ ...choice, what: currentTarget.value as Deletable })}
      >
        {DELETABLE.map((what) => (
          <option key={what} value={what}>
            {deletableTitle(what)}
          </option>
        ))}
      </select>
      {(['from', 'to'] as const).map((end) => (
        <span key={end} className="deletion-day">
          <label htmlFor={`${id}-${end}`}>{end === 'from' ? 'from' : 'up to'}</label>
          <input
            id={`${id}-${end}`}
            type="date"
            value={choice[end]}
            onChange={({ currentTarget }) => change({ ...choice, [end]: currentTarget.value })}
          />
        </span>
      ))}
    </div>
  );
}

export function DeleteDeed({ kept }: { readonly kept: Kept }) {
  const client = useClient();
  const { asked, ask, close, back } = useAsked<HTMLButtonElement>();
  const [choice, setChoice] = useState<Choice>({ what: 'everything', from: '', to: '' });
  const [said, setSaid] = useState('');
  const refusal = kept.data?.refusal ?? null;
  const what = deletionOf(choice);
  const perform = async (): Promise<void> => {
    if (what === null) return;
    const { sentence } = await client.call('deleteData', what);
    setSaid(sentence);
    kept.ask();
    await fetchAnew(client);
  };
  const choose = (next: Choice): void => {
    setSaid('');
    setChoice(next);
  };
  return (
    <AgentFields>
      <div className="deed">
        <div>
          <h3>Delete</h3>
          <p className="quiet">
            For good, out of the bytes of the files as well. Days left empty mean all of the time. An old block on a
            solid-state disk may outlast it, sealed.
          </p>
          {!asked && <ChoiceFields choice={choice} change={choose} />}
          {refusal !== null && <p className="setting-unavailable">{refusal}</p>}
          {what === null && <p className="trouble">The first day lies after the last one.</p>}
          <p role="status">{said}</p>
        </div>
        <button
          type="button"
          className="button"
          ref={back}
          aria-expanded={asked}
          disabled={refusal !== null || what === null}
          onClick={ask}
        >
          Delete
        </button>
      </div>
      {asked && (
        <Confirm
          question={
            <>
              <strong>{deletionQuestion(choice)}</strong> {deletionEffect(choice)}
            </>
          }
          no="Keep it"
          yes="Delete it"
          perform={perform}
          close={close}
        />
      )}
    </AgentFields>
  );
}
