// Counters of processes enter, reading by reading; what each has used since the reading before leaves, a second.

/** Of one process, since it began; null where the kernel does not say. */
export interface Counters {
  readonly cpuSeconds: number | null;
  readonly writtenBytes: number | null;
  readonly wakeUps: number | null;
}

export type Rates = { readonly [K in keyof Counters]: number | null };

export interface CounterReading {
  readonly atMs: number;
  readonly of: ReadonlyMap<number, Counters>;
}

export const NO_RATES: Rates = { cpuSeconds: null, writtenBytes: null, wakeUps: null };

/** A process counts from the second reading that it is in: what it did before is not of this span. */
export function ratesOf(before: CounterReading, after: CounterReading, pid: number): Rates {
  const seconds = (after.atMs - before.atMs) / 1000;
  const [then, now] = [before.of.get(pid), after.of.get(pid)];
  if (then === undefined || now === undefined || seconds <= 0) return NO_RATES;
  // A process id may be given out again: its counters begin anew.
  const rate = (from: number | null, to: number | null): number | null =>
    from === null || to === null ? null : Math.max(0, to - from) / seconds;
  return {
    cpuSeconds: rate(then.cpuSeconds, now.cpuSeconds),
    writtenBytes: rate(then.writtenBytes, now.writtenBytes),
    wakeUps: rate(then.wakeUps, now.wakeUps),
  };
}
