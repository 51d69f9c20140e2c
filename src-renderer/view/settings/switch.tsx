// A setting that is on or off, with its effect in a sentence; where it cannot be turned on, why, and the one thing to do.
import { useId } from 'react';
import type { Ability } from '../../../src-preload/contract.ts';
import type { Outcome } from './use-group.ts';
import { abilityRemark } from '../../settings-form.ts';
import { refusalAt } from './use-group.ts';

interface SwitchProps {
  readonly field: string;
  readonly title: string;
  readonly effect: string;
  readonly on: boolean;
  readonly byDefault: boolean;
  readonly outcome: Outcome | null;
  readonly change: (on: boolean) => void;
  readonly ability?: Ability | undefined;
}

export function Switch({ field, title, effect, on, byDefault, outcome, change, ability }: SwitchProps) {
  const id = useId();
  const remark = abilityRemark(ability);
  const refusal = refusalAt(outcome, field);
  return (
    <div className="setting">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        // What is on can always be turned off.
        disabled={ability?.available === false && !on}
        aria-describedby={`${id}-effect`}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      <label htmlFor={id}>{title}</label>
      <div className="setting-effect" id={`${id}-effect`}>
        <p className="quiet">
          {effect} Default: {byDefault ? 'on' : 'off'}.
        </p>
        {remark !== null && <p className="setting-unavailable">{remark}</p>}
        {refusal !== null && (
          <p className="trouble" role="alert">
            Not saved: {refusal}
          </p>
        )}
      </div>
    </div>
  );
}
