// Notifications: on or off, on recovery, and the hours without any.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { defaultOf, readTimeOfDay } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';
import type { Group } from './use-group.ts';

/** Where the quiet hours begin when they are turned on. */
const FIRST_QUIET = { from: '22:00', to: '07:00' };

function QuietHours({ group }: { readonly group: Group<'notifications'> }) {
  const { value, outcome, save } = group;
  const { quiet } = value;
  const ends = [
    { end: 'from', title: 'From', effect: 'The first quiet minute.' },
    { end: 'to', title: 'To', effect: 'Quiet until then; the next morning where it is the earlier one.' },
  ] as const;
  return (
    <>
      <Switch
        field="quiet"
        title="Quiet hours"
        effect="Between two times of day nothing is shown; the dashboard and the log still tell."
        on={quiet !== null}
        byDefault={defaultOf('notifications').quiet !== null}
        outcome={outcome}
        change={(on) => save('quiet', { ...value, quiet: on ? FIRST_QUIET : null })}
      />
      {quiet !== null &&
        ends.map(({ end, title, effect }) => (
          <TextField
            key={end}
            field={end}
            title={title}
            effect={effect}
            value={quiet[end]}
            outcome={outcome}
            change={(typed) => save(end, { ...value, quiet: { ...quiet, [end]: readTimeOfDay(typed) } })}
          />
        ))}
    </>
  );
}

export function Notifications({ view: { settings, abilities } }: { readonly view: SettingsView }) {
  const group = useGroup('notifications', settings);
  const { value, outcome, save } = group;
  const defaults = defaultOf('notifications');
  return (
    <GroupPanel
      id="notifications"
      title="Notifications"
      intro="A click on one opens the moment that it tells of."
      outcomes={[outcome]}
      reset={resetOf('notifications', group, settings)}
    >
      <Switch
        field="enabled"
        title="When trust drops"
        effect="Each drop of the state is shown on the desktop with its reason."
        on={value.enabled}
        byDefault={defaults.enabled}
        outcome={outcome}
        ability={abilities.notifications}
        change={(enabled) => save('enabled', { ...value, enabled })}
      />
      {value.enabled && (
        <>
          <Switch
            field="recovery"
            title="When trust is back"
            effect="Also tells that all is well again."
            on={value.recovery}
            byDefault={defaults.recovery}
            outcome={outcome}
            change={(recovery) => save('recovery', { ...value, recovery })}
          />
          <QuietHours group={group} />
        </>
      )}
    </GroupPanel>
  );
}
