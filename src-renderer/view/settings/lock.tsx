// Locking the screen: what it does, when it never does, and its switch.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { defaultOf } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { useGroup } from './use-group.ts';

export function Lock({ view: { settings, abilities } }: { readonly view: SettingsView }) {
  const group = useGroup('lock', settings);
  return (
    <GroupPanel
      id="lock"
      title="Lock"
      intro="A countdown of ten seconds comes first, in a window over everything else. The way out is your password: unlocking the screen ends the alarm and restores trust. Missing data never locks, and every lock stands in the history."
      outcomes={[group.outcome]}
      reset={resetOf('lock', group, settings)}
    >
      <Switch
        field="enabled"
        title="Lock the screen in lockdown"
        effect="Locks when trust has fallen below the last threshold."
        on={group.value.enabled}
        byDefault={defaultOf('lock').enabled}
        outcome={group.outcome}
        ability={abilities.lock}
        change={(enabled) => group.save('enabled', { enabled })}
      />
    </GroupPanel>
  );
}
