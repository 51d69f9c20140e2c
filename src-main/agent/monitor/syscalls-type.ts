// What the helper that counts system calls tells, once a second.

export interface SyscallCounts {
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  /** How many took from 2^i up to 2^(i+1) nanoseconds, at place i. */
  readonly latencyLog2Ns: readonly number[];
}

export interface SyscallSnapshot {
  /** End of the time that was counted, microseconds since the epoch. */
  readonly ts: number;
  /** Length of that time. */
  readonly seconds: number;
  readonly calls: readonly SyscallCounts[];
  /** Of one core, what the counting itself takes. */
  readonly costCpuPercent: number;
  readonly source: 'bpftrace' | 'perf';
}
