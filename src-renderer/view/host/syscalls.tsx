// System calls by how long they took, where the helper counts them; else how to install it.
import type { HostView, SyscallView } from '../../../src-preload/contract.ts';
import { quantity } from '../../format.ts';
import { reasonSentence } from '../../host-words.ts';
import { cellWords, syscallMap } from '../../syscall-map.ts';
import type { SyscallMap, SyscallRow } from '../../syscall-map.ts';
import { WithCommands } from '../with-commands.tsx';

const SOURCES = {
  bpftrace: 'Counted in the kernel by bpftrace',
  perf: 'Counted by perf, which knows no times',
} as const satisfies Record<SyscallView['source'], string>;

const HEATS = 5;

function Row({ row, columns }: { readonly row: SyscallRow; readonly columns: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>{quantity(row.count)}</td>
      <td className={row.errors > 0 ? 'some-errors' : 'quiet'}>{quantity(row.errors)}</td>
      {row.cells.map((cell, column) => (
        <td
          key={columns[column]}
          className={`heat heat-${cell.count === 0 ? 0 : Math.max(1, Math.ceil(cell.heat * HEATS))}`}
          title={cell.count === 0 ? undefined : cellWords(row, cell, columns, column)}
        >
          <span className="unseen">{cell.count}</span>
        </td>
      ))}
    </tr>
  );
}

const Map = ({ map: { columns, rows } }: { readonly map: SyscallMap }) => (
  <div className="table-frame">
    <table className="syscalls">
      <thead>
        <tr>
          <th scope="col">Call</th>
          <th scope="col">calls</th>
          <th scope="col">errors</th>
          {columns.map((column, index) => (
            <th key={column} scope="col" className="heat-head">
              {index % 3 === 0 ? column : <span className="unseen">{column}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.name} row={row} columns={columns} />
        ))}
      </tbody>
    </table>
  </div>
);

interface SyscallsProps {
  readonly answer: HostView['syscalls'];
  readonly kept: readonly SyscallView[];
}

export function Syscalls({ answer, kept }: SyscallsProps) {
  const map = syscallMap(kept);
  return (
    <section className="panel syscalls-panel" aria-labelledby="syscalls-title">
      <h2 id="syscalls-title">System calls by how long they took</h2>
      {!answer.ok ? (
        <p className="quiet">
          <WithCommands text={`${reasonSentence(answer.reason)} ${answer.fix}`} />
        </p>
      ) : (
        <>
          <Map map={map} />
          <p className="quiet syscalls-note">
            The stronger the colour, the more calls. {SOURCES[answer.reading.source]}, of the last{' '}
            {quantity(map.seconds)} s; the counting takes {answer.reading.costCpuPercent.toFixed(1)} % of a core.
            {map.others > 0 && ` ${quantity(map.others)} calls that are less frequent are not shown.`}
          </p>
        </>
      )}
    </section>
  );
}
