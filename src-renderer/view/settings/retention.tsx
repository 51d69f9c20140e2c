// How long each part of what is kept stays. The log guard keeps its own figures with its other settings.
import type { UserSettings } from '../../../src-preload/contract.ts';
import { GUARD_DAYS } from '../../kept-words.ts';
import { defaultOf, isDefault, readNumber } from '../../settings-form.ts';
import { GroupPanel } from './group-panel.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

const OWN = [
  { field: 'historyDays', title: 'Trust and scores', effect: 'How far back the page History goes.' },
  {
    field: 'machineDays',
    title: 'Figures of this machine',
    effect: 'By the second for a day, by the minute for a week.',
  },
  { field: 'logDays', title: 'The audit log', effect: 'Decisions, locks, settings, what was deleted.' },
] as const;

const GUARD = [
  { field: 'keepDays', title: 'Attacks up to medium risk', effect: 'Incidents, alerts and their lines of the log.' },
  { field: 'keepHighDays', title: 'Attacks of high risk', effect: 'And of critical risk.' },
] as const;

export function Retention({ settings }: { readonly settings: UserSettings }) {
  const own = useGroup('retention', settings);
  const guard = useGroup('guard', settings);
  const { keepDays: _days, keepHighDays: _high, ...others } = guard.value.advanced;
  const guardIsDefault = guard.value.advanced.keepDays === undefined && guard.value.advanced.keepHighDays === undefined;
  const reset = (): void => {
    if (!isDefault('retention', settings)) own.save('defaults', defaultOf('retention'));
    if (!guardIsDefault) guard.save('defaults', { ...guard.value, advanced: others });
  };
  return (
    <GroupPanel
      id="retention"
      title="How long it is kept"
      intro="What is older is deleted by itself. The last hour in detail stays for an hour, two at the most; what was learned of you until you delete it."
      outcomes={[own.outcome, guard.outcome]}
      reset={isDefault('retention', settings) && guardIsDefault ? undefined : reset}
    >
      {OWN.map(({ field, title, effect }) => (
        <TextField
          key={field}
          {...{ field, title }}
          unit="days"
          effect={`${effect} Default: ${defaultOf('retention')[field]}.`}
          value={String(own.value[field])}
          outcome={own.outcome}
          change={(typed) => {
            const figure = readNumber(typed);
            if (figure === null) own.refuse(field, 'must be a number.');
            else own.save(field, { ...own.value, [field]: figure });
          }}
        />
      ))}
      {GUARD.map(({ field, title, effect }) => (
        <TextField
          key={field}
          {...{ field, title }}
          unit="days"
          effect={`${effect} Default: ${GUARD_DAYS[field]}.`}
          value={String(guard.value.advanced[field] ?? GUARD_DAYS[field])}
          outcome={guard.outcome}
          change={(typed) => {
            const figure = readNumber(typed);
            if (figure === null) guard.refuse(field, 'must be a number.');
            else guard.save(field, { ...guard.value, advanced: { ...guard.value.advanced, [field]: figure } });
          }}
        />
      ))}
    </GroupPanel>
  );
}
