// The processes that use most, sorted by the column that is chosen. While the pointer is over it the order stays: nobody can read or hit a
// row that moves.
import { useState } from 'react';
import type { ProcessRow, TopProcesses } from '../../../src-preload/contract.ts';
import { duration, fullTime } from '../../format.ts';
import { COLUMNS, firstOrder, heldRows, nextOrder, orderedRows, ROWS } from '../../host-processes.ts';
import type { Column } from '../../host-processes.ts';
import { readingText } from '../../reading.ts';
import { visibleText } from '../../visible-text.ts';

const HEADS = {
  name: 'Process',
  pid: 'PID',
  cpuPercent: 'CPU',
  rssMiB: 'Memory',
  vmsMiB: 'Virtual',
  threads: 'Threads',
  startedMs: 'Running for',
} as const satisfies Record<Column, string>;

const TITLES: Partial<Record<Column, string>> = {
  cpuPercent: 'Of one core',
  rssMiB: 'Resident: what of it lies in memory',
  vmsMiB: 'All that it has reserved, most of it never used',
};

function cellText(row: ProcessRow, column: Column): string {
  switch (column) {
    case 'name':
      return visibleText(row.name);
    case 'pid':
      return String(row.pid);
    case 'threads':
      return String(row.threads);
    case 'cpuPercent':
      return readingText(row.cpuPercent, '%');
    case 'rssMiB':
    case 'vmsMiB':
      return readingText(row[column], 'MiB');
    case 'startedMs':
      return duration(Date.now() - row.startedMs);
  }
}

function titleOf(row: ProcessRow, column: Column): string | undefined {
  if (column === 'startedMs') return fullTime(row.startedMs);
  return column === 'name' && row.commandLine !== null ? visibleText(row.commandLine) : undefined;
}

const Row = ({ row }: { readonly row: ProcessRow }) => (
  <tr>
    {COLUMNS.map((column) =>
      column === 'name' ? (
        <th key={column} scope="row" title={titleOf(row, column)}>
          {cellText(row, column)}
        </th>
      ) : (
        <td key={column} className={`column-${column}`} title={titleOf(row, column)}>
          {cellText(row, column)}
        </td>
      ),
    )}
  </tr>
);

export function ProcessTable({ processes }: { readonly processes: TopProcesses }) {
  const [order, setOrder] = useState(firstOrder('cpuPercent'));
  const [held, setHeld] = useState<readonly ProcessRow[] | null>(null);
  const rows = held === null ? orderedRows(processes, order) : heldRows(processes, held);
  const sort = (by: Column): void => {
    setHeld(null);
    setOrder(nextOrder(order, by));
  };
  return (
    <section className="panel processes" aria-labelledby="processes-title">
      <h2 id="processes-title">Top processes</h2>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={`column-${column}`}
                  aria-sort={order.by === column ? (order.up ? 'ascending' : 'descending') : undefined}
                >
                  <button type="button" title={TITLES[column]} onClick={() => sort(column)}>
                    {HEADS[column]}
                    <span aria-hidden="true">{order.by === column ? (order.up ? '↑' : '↓') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody onPointerEnter={() => setHeld(rows)} onPointerLeave={() => setHeld(null)}>
            {rows.map((row) => (
              <Row key={row.pid} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        {held !== null
          ? 'The order stays while the pointer is here.'
          : `Of the ${ROWS} that use most of the processor and the ${ROWS} that use most memory.`}
      </p>
    </section>
  );
}
