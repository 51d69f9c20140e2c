// A table of costs: a row each, figures with their units, bars that end where the budget does; below it why figures are missing.
import type { Figure, ProcessCosts } from '../../../src-preload/contract.ts';
import { shareOf, UNKNOWN } from '../../format.ts';
import { costText, unknownColumns } from '../../resource-words.ts';
import type { TermName } from '../../terms.ts';
import { Term } from '../term.tsx';

type Costs = Pick<ProcessCosts, 'memoryMiB' | 'cpuPercent' | 'writtenBytesPerSecond' | 'wakeUpsPerSecond'>;
export type Limits = Readonly<Partial<Record<keyof Costs | 'storageMiB', number>>>;

export interface Column {
  readonly field: keyof Costs | 'storageMiB';
  readonly title: string;
  readonly term?: TermName;
  readonly unit: string;
}

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

export interface CostRow {
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

export function CostTable({ caption, first, columns, rows, limits, total }: CostTableProps) {
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
