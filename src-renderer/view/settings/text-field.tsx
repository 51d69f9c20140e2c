// A setting that is typed. Saved when it is left or Enter is pressed; Escape, and a refusal, put back what holds.
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Ability } from '../../../src-preload/contract.ts';
import { abilityRemark } from '../../settings-form.ts';
import { refusalAt } from './use-group.ts';
import type { Outcome } from './use-group.ts';

interface TextFieldProps {
  readonly field: string;
  readonly title: string;
  readonly effect: string;
  readonly unit?: string;
  readonly placeholder?: string;
  /** An address or a path: on a line of its own, as long as there is room. */
  readonly long?: boolean;
  /** What holds, as text. */
  readonly value: string;
  readonly outcome: Outcome | null;
  /** Told what was typed, when it differs from what holds. */
  readonly change: (typed: string) => void;
  readonly ability?: Ability | undefined;
}

/** What stands in the field: what is being typed until it is settled, then what holds. */
function useTyped({ value, change }: Pick<TextFieldProps, 'value' | 'change'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const [settled, setSettled] = useState('');
  const commit = (): void => {
    setTyped(null);
    if (typed === null || typed === value) return;
    setSettled(typed);
    change(typed);
  };
  return {
    shown: typed ?? value,
    /** What was last tried, to name it where it is refused. */
    settled,
    setTyped,
    commit,
    onKeyDown: ({ key }: KeyboardEvent): void => {
      if (key === 'Enter') commit();
      if (key === 'Escape') setTyped(null);
    },
  };
}

export function TextField(props: TextFieldProps) {
  const { field, title, effect, unit, placeholder, long = false, outcome, ability } = props;
  const id = useId();
  const { shown, settled, setTyped, commit, onKeyDown } = useTyped(props);
  const remark = abilityRemark(ability);
  const refusal = refusalAt(outcome, field);
  return (
    <div className={long ? 'setting typed typed-long' : 'setting typed'}>
      <label htmlFor={id}>{title}</label>
      <span className="setting-input">
        <input
          id={id}
          type="text"
          inputMode={unit === undefined ? undefined : 'decimal'}
          placeholder={placeholder}
          value={shown}
          disabled={ability?.available === false}
          aria-describedby={`${id}-effect`}
          aria-invalid={refusal !== null}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {unit !== undefined && <span className="quiet">{unit}</span>}
      </span>
      <div className="setting-effect" id={`${id}-effect`}>
        <p className="quiet">{effect}</p>
        {remark !== null && <p className="setting-unavailable">{remark}</p>}
        {refusal !== null && (
          <p className="trouble" role="alert">
            {settled === '' ? 'An empty field' : `“${settled}”`} was not saved: {refusal}
          </p>
        )}
      </div>
    </div>
  );
}
