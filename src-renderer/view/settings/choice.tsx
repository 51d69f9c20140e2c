// A setting that is one of a few, each with its effect in a sentence; where others than the first can't be had, why, and the one thing to do.
import { useId } from 'react';
import type { Ability } from '../../../src-preload/contract.ts';
import { abilityRemark } from '../../settings-form.ts';
import { refusalAt } from './use-group.ts';
import type { Outcome } from './use-group.ts';

export interface ChoiceProps<T extends string> {
  readonly field: string;
  readonly title: string;
  readonly value: T;
  /** The first is the default, and can always be had. */
  readonly choices: readonly { readonly value: T; readonly title: string; readonly effect: string }[];
  readonly outcome: Outcome | null;
  readonly change: (value: T) => void;
  readonly ability: Ability;
  /** What comes of it at this moment; null where there is nothing to say. */
  readonly standing: string | null;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { field, title, value, choices, outcome, change, ability, standing } = props;
  const id = useId();
  const remark = abilityRemark(ability);
  const refusal = refusalAt(outcome, field);
  return (
    <fieldset className="setting choice" aria-describedby={remark === null ? undefined : `${id}-remark`}>
      <legend>{title}</legend>
      {choices.map((one, i) => (
        <div key={one.value} className="choice-one">
          <input
            id={`${id}-${one.value}`}
            type="radio"
            name={id}
            checked={one.value === value}
            disabled={i > 0 && !ability.available && one.value !== value}
            aria-describedby={`${id}-${one.value}-effect`}
            onChange={() => change(one.value)}
          />
          <label htmlFor={`${id}-${one.value}`}>{one.title}</label>
          <p className="quiet" id={`${id}-${one.value}-effect`}>
            {one.effect}
            {i === 0 && ' Default.'}
          </p>
        </div>
      ))}
      {remark !== null && (
        <p className="setting-unavailable" id={`${id}-remark`}>
          {remark}
        </p>
      )}
      {standing !== null && <p>{standing}</p>}
      {refusal !== null && (
        <p className="trouble" role="alert">
          Not saved: {refusal}
        </p>
      )}
    </fieldset>
  );
}
