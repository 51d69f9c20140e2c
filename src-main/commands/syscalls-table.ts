// A reading of system calls enters, the lines that a person reads leave; pure.
import type { HelperMessage } from '../agent/collect/syscalls/wire.ts';
import type { SyscallCount, SyscallReading } from '../agent/monitor/syscalls-type.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

const ROWS = 20;
const IN_LINE = 4;
const NS_UNITS = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const;

export function countsTable(
  { reading, droppedReaders, malformedLines }: Extract<HelperMessage, { readonly kind: 'reading' }>,
  paint: Paint,
): readonly string[] {
  const { calls, seconds, source, costCpuPercent } = reading;
  const rows = calls
    .slice(0, ROWS)
    .map((call) => [
      call.name,
      perSecond(call.count / seconds),
      perSecond(call.errors / seconds),
      ...[0.5, 0.99].map((share) => quantileWords(call, share)),
    ]);
  const rest = calls.length - rows.length;
  return [
    ...layOut(
      [['call', 'a second', 'failed', 'half within', '99 % within'].map(paint.dim), ...rows],
      ['left', 'right', 'right', 'right', 'right'],
    ),
    ...(rest > 0 ? [paint.dim(`and ${rest} others`)] : []),
    `Counted with ${source}; that takes ${costCpuPercent.toFixed(1)} % of a core.`,
    ...(droppedReaders + malformedLines > 0
      ? [
          `Readers that did not keep up and were cut off: ${droppedReaders}; lines that were not understood: ${malformedLines}.`,
        ]
      : []),
  ];
}

export function countsLine({ ts, calls, seconds, costCpuPercent }: SyscallReading): string {
  const sum = (of: (call: SyscallCount) => number): number => calls.reduce((total, call) => total + of(call), 0);
  const busiest = calls.slice(0, IN_LINE).map(({ name, count }) => `${name} ${perSecond(count / seconds)}`);
  return [
    new Date(ts / 1000).toTimeString().slice(0, 8),
    `${perSecond(sum(({ count }) => count) / seconds)} calls/s`,
    `${perSecond(sum(({ errors }) => errors) / seconds)} failed/s`,
    `cost ${costCpuPercent.toFixed(1)} %`,
    busiest.join(', '),
  ].join('  ');
}

const perSecond = (rate: number): string => Math.round(rate).toLocaleString('en-US');

/** The upper end of the bucket that holds it: the true value lies within a factor of two below. */
function quantileWords({ latencyLog2Ns }: SyscallCount, share: number): string {
  const total = latencyLog2Ns.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const bucket = latencyLog2Ns.findIndex((count) => (below += count) >= share * total && total > 0);
  if (bucket < 0) return '—';
  const ns = 2 ** (bucket + 1);
  const [unit, size] = NS_UNITS.find(([, size]) => ns >= size) ?? ['ns', 1];
  return `${Number((ns / size).toPrecision(2))} ${unit}`;
}
