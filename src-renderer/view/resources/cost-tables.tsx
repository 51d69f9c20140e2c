// What each process costs, and each part of the agent within its process. A bar ends where the budget does.
import type { Figure, PartCosts, ProcessCosts, ResourceView } from '../../../src-preload/contract.ts';
import { UNKNOWN, shareOf } from '../../format.ts';
import { budgetOf } from '../../resource-charts.ts';
import { costText, unknownColumns } from '../../resource-words.ts';
import type { TermName } from '../../terms.ts';
import { Term } from '../term.tsx';

type Costs = Pick<ProcessCosts, 'memoryMiB' | 'cpuPercent' | 'writtenBytesPerSecond' | 'wakeUpsPerSecond'>;
type Limits = Readonly<Partial<Record<keyof Costs | 'storageMiB', number>>>;

interface Column {
  readonly field: keyof Costs | 'storageMiB';
  readonly title: string;
  readonly term?: TermName;
  readonly unit: string;
}

const COSTS: readonly Column[] = [
  { field: 'memoryMiB', title: 'Memory', term: 'PSS', unit: 'MiB' },
  { field: 'cpuPercent', title: 'CPU', term: 'of one core', unit: '%' },
  { field: 'writtenBytesPerSecond', title: 'Disk writes', unit: 'B/s' },
  { field: 'wakeUpsPerSecond', title: 'Wake-ups', term: 'wake-ups', unit: '/s' },
];
const STORED: Column = { field: 'storageMiB', title: 'Storage', unit: 'MiB' };

interface CellProps {
  readonly figure: Figure;
  readonly unit: string;
  readonly limit: number | undefined;
}

function Cell({ figure: { value, reason }, unit, limit }: CellProps) {
  if (value === null)
    return (
      <td title={reason ?? undefined}>
        {UNKNOWN}
        {reason !== null && <span className="unseen"> {reason}</span>}
      </td>
    );
  const over = limit !== undefined && value > limit;
  return (
    <td>
      {costText(value, unit)}
      {limit !== undefined && (
        <div className={over ? 'cost-bar tone-alarm' : 'cost-bar'} aria-hidden="true">
          <div style={{ width: `${shareOf(value, limit) * 100}%` }} />
        </div>
      )}
    </td>
  );
}

interface CostRow {
  readonly key: string;
  readonly name: string;
  readonly about: string | null;
  readonly figures: Readonly<Partial<Record<Column['field'], Figure>>>;
}

interface CostTableProps {
  readonly caption: string;
  readonly first: string;
  readonly columns: readonly Column[];
  readonly rows: readonly CostRow[];
  readonly limits: Limits;
  /** In bold below the others. */
  readonly total?: CostRow;
}

const NOT_MEASURED: Figure = { value: null, reason: 'It was not measured.' };

function CostTable({ caption, first, columns, rows, limits, total }: CostTableProps) {
  const all = total === undefined ? rows : [...rows, total];
  const figuresOf = ({ field }: Column): readonly Figure[] => all.map(({ figures }) => figures[field] ?? NOT_MEASURED);
  // A column in which nothing is known would be a column of dashes: why stands below.
  const shown = columns.filter((column) => figuresOf(column).some(({ value }) => value !== null));
  return (
    <>
      <div className="table-frame">
        <table className="costs">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {shown.map(({ field, title, term }) => (
                <th key={field} scope="col">
                  {term === undefined ? title : <Term name={term}>{title}</Term>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map((row) => (
              <tr key={row.key} className={row === total ? 'cost-total' : undefined}>
                <th scope="row">
                  {row.name}
                  {row.about !== null && <span className="quiet">{row.about}</span>}
                </th>
                {shown.map(({ field, unit }) => (
                  <Cell key={field} figure={row.figures[field] ?? NOT_MEASURED} unit={unit} limit={limits[field]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="plain quiet cost-reasons">
        {unknownColumns(columns.map((column) => ({ title: column.title, figures: figuresOf(column) }))).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

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
