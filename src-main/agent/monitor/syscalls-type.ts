// What the system calls of this machine were, second by second: what the helper counts, the collector checks and the dashboard shows.
// Numbers alone: no arguments, no paths, no processes.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const syscallCount = v.object({
  /** As Linux names it: `openat`. From perf there is but one, `all`. */
  name: v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,40}$/)),
  /** Those that came back in this time. */
  count,
  /** Those among them that came back with an error. */
  errors: count,
  /** By how long they took: at k, those of 2^k to 2^(k+1) nanoseconds. Empty where the source does not know. */
  latencyLog2Ns: v.pipe(v.array(count), v.maxLength(64)),
});
export type SyscallCount = v.InferOutput<typeof syscallCount>;

export const syscallReading = v.object({
  /** End of the time that was counted, in whole microseconds since the Unix epoch. */
  ts: count,
  /** Its length. */
  seconds: v.pipe(v.number(), v.gtValue(0), v.maxValue(86_400)),
  /** The most frequent first. */
  calls: v.pipe(v.array(syscallCount), v.maxLength(1024)),
  /** Of one core: the helper with its tool, and what counting adds to each call. */
  costCpuPercent: v.pipe(v.number(), v.minValue(0)),
  source: v.picklist(['bpftrace', 'perf']),
});
export type SyscallReading = v.InferOutput<typeof syscallReading>;

/** What the desk answers: the newest reading, or why there is none and what to do about it. */
export type SyscallsAnswer =
  | { readonly ok: true; readonly reading: SyscallReading }
  | { readonly ok: false; readonly reason: string; readonly fix: string };
