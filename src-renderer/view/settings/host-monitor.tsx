// The host monitor: whether it watches this machine, how often, and whether it reads command lines.
import type { UserSettings } from '../../../src-preload/contract.ts';
import { defaultOf, readNumber } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

const EFFECTS = {
  enabled: 'Load, memory, disks, network and processes of this machine, and what is unusual about them: the page Host.',
  intervalSeconds: 'Between two readings. More seldom costs less, and tells later.',
  commandLines:
    'With what each process of the lists was started. Passwords and keys in it are masked as far as they can be told.',
} as const satisfies Record<keyof UserSettings['monitor'], string>;

export function HostMonitor({ settings }: { readonly settings: UserSettings }) {
  const group = useGroup('monitor', settings);
  const defaults = defaultOf('monitor');
  const { enabled, intervalSeconds, commandLines } = group.value;
  const changeInterval = (typed: string): void => {
    const seconds = readNumber(typed);
    if (seconds === null) group.refuse('intervalSeconds', 'must be a number.');
    else group.save('intervalSeconds', { ...group.value, intervalSeconds: seconds });
  };
  return (
    <GroupPanel
      id="monitor"
      title="Host monitor"
      intro="What it reads stays on this machine."
      outcomes={[group.outcome]}
      reset={resetOf('monitor', group, settings)}
    >
      <Switch
        field="enabled"
        title="Watch this machine"
        effect={EFFECTS.enabled}
        on={enabled}
        byDefault={defaults.enabled}
        outcome={group.outcome}
        change={(on) => group.save('enabled', { ...group.value, enabled: on })}
      />
      <TextField
        field="intervalSeconds"
        title="Every"
        unit="s"
        effect={`${EFFECTS.intervalSeconds} Default: ${defaults.intervalSeconds}.`}
        value={String(intervalSeconds)}
        outcome={group.outcome}
        change={changeInterval}
      />
      <Switch
        field="commandLines"
        title="Command lines of processes"
        effect={EFFECTS.commandLines}
        on={commandLines}
        byDefault={defaults.commandLines}
        outcome={group.outcome}
        change={(on) => group.save('commandLines', { ...group.value, commandLines: on })}
      />
    </GroupPanel>
  );
}
