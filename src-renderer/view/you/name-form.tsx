// Asks for the name of a profile. Enter saves, Escape leaves it as it was; a refusal is said beside it and what was typed stays.
import { useEffect, useId, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { PROFILE_NAME_LENGTH } from '../../../src-preload/contract.ts';
import { Trouble } from '../trouble.tsx';
import { useAction } from '../use-action.ts';

interface NameFormProps {
  readonly label: string;
  readonly save: string;
  readonly first?: string;
  /** Rejects with the reason where the name is refused. */
  readonly perform: (name: string) => Promise<void>;
  readonly close: () => void;
}

export function NameForm({ label, save, first = '', perform, close }: NameFormProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(first);
  const action = useAction(async () => {
    await perform(name.trim());
    close();
  });
  useEffect(() => field.current?.select(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') action.run();
  };
  return (
    <form className="name-form" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <span className="setting-input">
        <input
          id={id}
          ref={field}
          type="text"
          value={name}
          maxLength={PROFILE_NAME_LENGTH}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={action.trouble !== null}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          onKeyDown={({ key }) => key === 'Escape' && close()}
        />
      </span>
      <button type="submit" className="button" disabled={name.trim() === '' || action.busy}>
        {save}
      </button>
      <button type="button" className="button slight" onClick={close}>
        Cancel
      </button>
      <Trouble text={action.trouble} />
    </form>
  );
}
