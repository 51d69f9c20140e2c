// The charts of the page Resources. Out: which series each shows, against which promise of the budget, and with whose steps.
import type { BudgetLine, Ladder, Resource, ResourceSeriesName, ResourceView } from '../src-preload/contract.ts';

export interface ResourceChart {
  readonly series: ResourceSeriesName;
  readonly title: string;
  readonly unit: string;
  /** The promise that it is shown against; null: the budget has no word for it. */
  readonly resource: Resource | null;
  /** Whose steps are marked on its time axis; null: nothing is given up for it. */
  readonly ladder: Ladder | null;
  /** Its axis ends no lower than this. */
  readonly least: number;
  /** What it is at this moment; null where it is not known. */
  readonly now: (view: ResourceView) => number | null;
}

/** What is used of it at this moment, by the whole program; null where it is not known. */
export function usedOf(view: Pick<ResourceView, 'budget' | 'total'>, resource: Resource): number | null {
  switch (resource) {
    case 'memory':
      return view.total.memoryMiB.value;
    case 'processor':
      return view.total.cpuPercent.value;
    case 'storage':
      return budgetOf(view, 'storage')?.used ?? null;
  }
}

export const budgetOf = ({ budget }: Pick<ResourceView, 'budget'>, resource: Resource | null): BudgetLine | null =>
  budget.find((line) => line.resource === resource) ?? null;

export const RESOURCE_CHARTS: readonly ResourceChart[] = [
  {
    ...{ series: 'memory', title: 'Memory', unit: 'MiB', resource: 'memory', ladder: 'load', least: 50 },
    now: (view) => usedOf(view, 'memory'),
  },
  {
    ...{ series: 'cpu', title: 'CPU, of one core', unit: '%', resource: 'processor', ladder: 'load', least: 1 },
    now: (view) => usedOf(view, 'processor'),
  },
  {
    ...{ series: 'written', title: 'Disk writes', unit: 'B/s', resource: null, ladder: null, least: 10_000 },
    now: ({ total }) => total.writtenBytesPerSecond.value,
  },
  {
    ...{ series: 'wakeUps', title: 'Wake-ups', unit: '/s', resource: null, ladder: null, least: 10 },
    now: ({ total }) => total.wakeUpsPerSecond.value,
  },
];

/** Apart from the others: it goes on into the future. */
export const STORAGE_CHART: ResourceChart = {
  ...{ series: 'storage', title: 'Storage', unit: 'MiB', resource: 'storage', ladder: 'storage', least: 10 },
  now: (view) => usedOf(view, 'storage'),
};
