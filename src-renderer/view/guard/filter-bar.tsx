// Which incidents are shown: from which risk on, acknowledged or not, and words to look for.
import { useId } from 'react';
import type { Risk } from '../../../src-preload/contract.ts';
import type { IncidentFilter } from '../../incidents.ts';

interface FilterBarProps {
  readonly filter: IncidentFilter;
  readonly change: (filter: IncidentFilter) => void;
}

const RISK_CHOICES = [
  ['LOW', 'All'],
  ['MEDIUM', 'Medium+'],
  ['HIGH', 'High+'],
  ['CRITICAL', 'Critical'],
] as const satisfies readonly (readonly [Risk, string])[];

const SEEN_CHOICES = [
  ['open', 'Open'],
  ['acknowledged', 'Acknowledged'],
  ['all', 'Both'],
] as const satisfies readonly (readonly [IncidentFilter['seen'], string])[];

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly choices: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly choose: (value: T) => void;
}

const Choices = <T extends string>({ label, choices, chosen, choose }: ChoicesProps<T>) => (
  <div className="choices" role="group" aria-label={label}>
    {choices.map(([value, text]) => (
      <button key={value} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
        {text}
      </button>
    ))}
  </div>
);

export function FilterBar({ filter, change }: FilterBarProps) {
  const id = useId();
  return (
    <search className="incident-filter">
      <Choices
        label="Risk, that and worse"
        choices={RISK_CHOICES}
        chosen={filter.from}
        choose={(from) => change({ ...filter, from })}
      />
      <Choices
        label="Acknowledged or not"
        choices={SEEN_CHOICES}
        chosen={filter.seen}
        choose={(seen) => change({ ...filter, seen })}
      />
      <label className="unseen" htmlFor={id}>
        Look for
      </label>
      <input
        id={id}
        className="incident-words"
        type="search"
        placeholder="Name, address, technique"
        autoComplete="off"
        spellCheck={false}
        value={filter.words}
        onChange={({ currentTarget }) => change({ ...filter, words: currentTarget.value })}
      />
    </search>
  );
}
