// Who stood first at the moment of an anomaly, and with what.
import type { Evidence, ProcessRow } from '../../../src-preload/contract.ts';
import { readingText } from '../../reading.ts';
import { visibleText } from '../../visible-text.ts';

const RANKS = {
  cpu: {
    title: 'Who used the processor most',
    column: 'of a core',
    value: ({ cpuPercent }) => readingText(cpuPercent, '%'),
  },
  'memory growth': {
    title: 'Who has grown most',
    column: 'in a minute',
    value: ({ growthMiB }) => readingText(growthMiB, 'MiB'),
  },
  'disk traffic': {
    title: 'Who moved most on the disks',
    column: 'traffic',
    value: ({ readBytesPerSecond, writtenBytesPerSecond }) =>
      readingText(
        readBytesPerSecond === null && writtenBytesPerSecond === null
          ? null
          : (readBytesPerSecond ?? 0) + (writtenBytesPerSecond ?? 0),
        'B/s',
      ),
  },
} as const satisfies Record<
  Evidence['rankedBy'],
  { readonly title: string; readonly column: string; readonly value: (row: ProcessRow) => string }
>;

export function EvidenceProcesses({ evidence: { rankedBy, processes } }: { readonly evidence: Evidence }) {
  const { title, column, value } = RANKS[rankedBy];
  if (processes.length === 0) return <p className="quiet">Which processes ran then is not known.</p>;
  return (
    <table className="evidence-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col">PID</th>
          <th scope="col">{column}</th>
        </tr>
      </thead>
      <tbody>
        {processes.map((row) => (
          <tr key={row.pid}>
            <th scope="row" title={row.commandLine === null ? undefined : visibleText(row.commandLine)}>
              {visibleText(row.name)}
            </th>
            <td>{row.pid}</td>
            <td>{value(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
