// The budget as settings: on the page “Settings”, and where it is shown against what is used.
import type { UserSettings } from '../../../src-preload/contract.ts';
import { hrefOf } from '../../route.ts';
import { defaultOf } from '../../settings-form.ts';
import { NumberFields } from './number-fields.tsx';
import type { NumberFieldsProps } from './number-fields.tsx';
import { Switch } from './switch.tsx';
import type { Group } from './use-group.ts';

const SLOWER = 'slower';

const OnBattery = ({ group }: { readonly group: Group<'budget'> }) => (
  <Switch
    field="onBattery"
    title="Slower on battery"
    effect="While this machine runs on its battery, you are judged and the machine is read less often."
    on={group.value.onBattery === SLOWER}
    byDefault={defaultOf('budget').onBattery === SLOWER}
    outcome={group.outcome}
    change={(on) => group.save('onBattery', { ...group.value, onBattery: on ? SLOWER : 'same' })}
  />
);

const BUDGET: Omit<NumberFieldsProps<'budget'>, 'settings' | 'intro'> = {
  group: 'budget',
  title: 'Budget',
  figures: [
    { field: 'memoryMiB', title: 'Memory', unit: 'MiB', effect: 'All processes together.' },
    { field: 'cpuPercent', title: 'CPU', unit: '% of a core', effect: 'Of one core, on the average.' },
    { field: 'storageMiB', title: 'Storage', unit: 'MiB', effect: 'The whole data folder on the disk.' },
  ],
  more: (group) => <OnBattery group={group} />,
};

const INTRO = (
  <>
    What the program should get by with. <a href={hrefOf({ page: 'resources' })}>What it uses, and why</a>
  </>
);

interface BudgetFieldsProps {
  readonly settings: UserSettings;
  /** Without the way to the page that shows what is used: they stand on it. */
  readonly there?: boolean;
}

export const BudgetFields = ({ settings, there = false }: BudgetFieldsProps) => (
  <NumberFields {...BUDGET} intro={there ? 'What the program should get by with.' : INTRO} settings={settings} />
);
