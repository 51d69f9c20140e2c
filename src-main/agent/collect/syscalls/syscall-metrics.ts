// A reading of the helper enters, what the host monitor keeps of it leaves: the totals as metrics of their own, and the busiest calls.
import type { MetricData } from '../../../../src-preload/contract.ts';
import type { SyscallReading } from '../../monitor/syscalls-type.ts';

/** Each call that was ever among them has a series of its own: with more, the series of the calls would outweigh all others. */
const PARTS = 12;

export function syscallMetrics({ seconds, calls, costCpuPercent }: SyscallReading): MetricData {
  const sum = (of: (call: SyscallReading['calls'][number]) => number): number =>
    calls.reduce((total, call) => total + of(call), 0);
  return {
    values: {
      callsPerSecond: sum(({ count }) => count) / seconds,
      errorsPerSecond: sum(({ errors }) => errors) / seconds,
      costPercent: costCpuPercent,
    },
    parts: Object.fromEntries(
      calls
        .slice(0, PARTS)
        .map(({ name, count, errors }) => [
          name,
          { callsPerSecond: count / seconds, errorsPerSecond: errors / seconds },
        ]),
    ),
  };
}
