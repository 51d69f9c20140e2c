// The budget as settings: on the page “Settings”, and where it is shown against what is used.
import type { UserSettings } from '../../../src-preload/contract.ts';
import { hrefOf } from '../../route.ts';
import { NumberFields } from './number-fields.tsx';
import type { NumberFieldsProps } from './number-fields.tsx';

const BUDGET: Omit<NumberFieldsProps<'budget'>, 'settings' | 'intro'> = {
  group: 'budget',
  title: 'Budget',
  figures: [
    { field: 'memoryMiB', title: 'Memory', unit: 'MiB', effect: 'All processes together.' },
    { field: 'cpuPercent', title: 'CPU', unit: '% of a core', effect: 'Of one core, on the average.' },
    { field: 'storageMiB', title: 'Storage', unit: 'MiB', effect: 'The whole data folder on the disk.' },
  ],
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
