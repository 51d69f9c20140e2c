// What each process costs, and each part of the agent within its process.
import type { PartCosts, ProcessCosts, ResourceView } from '../../../src-preload/contract.ts';
import { budgetOf } from '../../resource-charts.ts';
import { CostTable } from './cost-table.tsx';
import type { Column, CostRow, Limits } from './cost-table.tsx';

const COSTS: readonly Column[] = [
  { field: 'memoryMiB', title: 'Memory', term: 'PSS', unit: 'MiB' },
  { field: 'cpuPercent', title: 'CPU', term: 'of one core', unit: '%' },
  { field: 'writtenBytesPerSecond', title: 'Disk writes', unit: 'B/s' },
  { field: 'wakeUpsPerSecond', title: 'Wake-ups', term: 'wake-ups', unit: '/s' },
];
const STORED: Column = { field: 'storageMiB', title: 'Storage', unit: 'MiB' };

const processRow = (costs: ProcessCosts): CostRow => ({
  key: String(costs.pid),
  name: costs.name,
  about: `process ${costs.pid}`,
  figures: costs,
});
const partRow = (costs: PartCosts): CostRow => ({
  key: costs.part,
  name: costs.name,
  about: costs.about,
  figures: costs,
});

function limitsOf(view: ResourceView): Limits {
  const [memory, processor, storage] = [
    budgetOf(view, 'memory'),
    budgetOf(view, 'processor'),
    budgetOf(view, 'storage'),
  ];
  return {
    ...(memory === null ? {} : { memoryMiB: memory.limit }),
    ...(processor === null ? {} : { cpuPercent: processor.limit }),
    ...(storage === null ? {} : { storageMiB: storage.limit }),
  };
}

export function CostTables({ view }: { readonly view: ResourceView }) {
  const { processes, parts, total } = view;
  const limits = limitsOf(view);
  return (
    <section className="panel cost-tables" aria-label="What each part costs">
      <div>
        <CostTable
          caption="Each process"
          first="Process"
          columns={COSTS}
          rows={processes.map(processRow)}
          limits={limits}
          total={{ key: 'total', name: 'Together', about: null, figures: total }}
        />
      </div>
      <div>
        <CostTable
          caption="Within the agent"
          first="Part"
          columns={[...COSTS, STORED]}
          rows={parts.map(partRow)}
          limits={limits}
        />
      </div>
      <p className="quiet">
        Each bar ends at the budget. Disk writes and wake-ups have none: they are shown because they wear out a disk and
        empty a battery.
      </p>
    </section>
  );
}
