// The figures of one group: thresholds, the budget. Each is saved with the whole group.
import type { ReactNode } from 'react';
import type { UserSettings } from '../../../src-preload/contract.ts';
import { defaultOf, readNumber } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';
import type { Group } from './use-group.ts';

type FigureGroup = 'thresholds' | 'budget';

interface Figure<K extends FigureGroup> {
  readonly field: keyof UserSettings[K] & string;
  readonly title: string;
  readonly effect: string;
  readonly unit: string;
}

export interface NumberFieldsProps<K extends FigureGroup> {
  readonly group: K;
  readonly title: string;
  readonly intro: ReactNode;
  readonly figures: readonly Figure<K>[];
  readonly settings: UserSettings;
  /** What of the group is no figure. */
  readonly more?: (group: Group<K>) => ReactNode;
}

export function NumberFields<K extends FigureGroup>({
  group: name,
  title,
  intro,
  figures,
  settings,
  more,
}: NumberFieldsProps<K>) {
  const group = useGroup(name, settings);
  const values = group.value as Readonly<Record<string, number>>;
  const defaults = defaultOf(name) as Readonly<Record<string, number>>;
  const change = (field: string, typed: string): void => {
    const figure = readNumber(typed);
    if (figure === null) group.refuse(field, 'must be a number.');
    else group.save(field, { ...group.value, [field]: figure });
  };
  return (
    <GroupPanel id={name} title={title} intro={intro} outcomes={[group.outcome]} reset={resetOf(name, group, settings)}>
      {figures.map(({ field, title, effect, unit }) => (
        <TextField
          key={field}
          field={field}
          title={title}
          unit={unit}
          effect={`${effect} Default: ${defaults[field]}.`}
          value={String(values[field])}
          outcome={group.outcome}
          change={(typed) => change(field, typed)}
        />
      ))}
      {more?.(group)}
    </GroupPanel>
  );
}
