// The program itself: start with the session, a shortcut that opens the dashboard, its end. In a browser none is to be had.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { defaultOf, readShortcut } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Quit } from './quit.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

export function Program({ view: { settings, abilities, file } }: { readonly view: SettingsView }) {
  const autostart = useGroup('autostart', settings);
  const shortcut = useGroup('shortcut', settings);
  const resets = [resetOf('autostart', autostart, settings), resetOf('shortcut', shortcut, settings)];
  const needed = resets.some((reset) => reset !== undefined);
  return (
    <GroupPanel
      id="program"
      title="Program"
      intro={`All settings are kept in ${file}. What is edited there takes effect at the next start.`}
      outcomes={[autostart.outcome, shortcut.outcome]}
      reset={needed ? () => resets.forEach((reset) => reset?.()) : undefined}
      below={<Quit />}
    >
      <Switch
        field="autostart"
        title="Start with the session"
        effect="SecLyzer starts hidden in the panel when you log in."
        on={autostart.value}
        byDefault={defaultOf('autostart')}
        outcome={autostart.outcome}
        ability={abilities.autostart}
        change={(on) => autostart.save('autostart', on)}
      />
      <TextField
        field="shortcut"
        title="Shortcut"
        effect="Opens the dashboard from everywhere. Empty: none. Default: none."
        placeholder="Ctrl+Alt+S"
        value={shortcut.value ?? ''}
        outcome={shortcut.outcome}
        ability={abilities.shortcut}
        change={(typed) => shortcut.save('shortcut', readShortcut(typed))}
      />
    </GroupPanel>
  );
}
