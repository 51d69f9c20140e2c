// bpftrace as the counter: the program that runs in the kernel and counts there, and its lines of JSON made into readings. The counts only
// ever grow, and a reading is what was added: to clear them would lose the calls between reading and clearing.
import { callNames } from './call-names.ts';
import type { Line, Tool } from './tool.ts';

/** Threads of the machine; and calls by bucket. Above it new threads go uncounted. */
const KEYS_AT_MOST = 32_768;
/** kernel.bpf_stats_enabled gave 201-219 ns for the way in and 293-320 ns for the way back (AMD EPYC, 2 cores, Linux 6.18). */
const NS_PER_CALL = 500;

/**
 * Only numbers leave the kernel: no argument, path or name is read. What a thread began is kept until it begins another call, which is
 * cheaper than taking it out each time. A return value below -511 is the kernel's own, for a call that it begins again; and after
 * rt_sigreturn, whose number is gone, it is none. A 32-bit program's calls have numbers of their own, and are counted under the name that
 * the number has here.
 * @param pid null for all processes.
 */
export function bpftraceProgram(pid: number | null): string {
  const [ours, and] = pid === null ? ['', ''] : [`/pid == ${pid}/ `, `pid == ${pid} && `];
  return `
BEGIN { printf("%llu", nsecs); }
tracepoint:raw_syscalls:sys_enter ${ours}{ @s[tid] = nsecs; }
tracepoint:raw_syscalls:sys_exit /${and}@s[tid]/ {
  @l[args->id] = hist(nsecs - @s[tid]);
  if (args->id >= 0 && args->ret < 0 && args->ret > -512) { @e[args->id] = count(); }
}
tracepoint:sched:sched_process_exit { delete(@s[tid]); }
interval:s:1 { print(@l); print(@e); printf("%llu", nsecs); }
`;
}

export function bpftraceTool(command: string, pid: number | null): Tool {
  return {
    source: 'bpftrace',
    command,
    args: ['-q', '-f', 'json', '-e', bpftraceProgram(pid)],
    env: { BPFTRACE_MAP_KEYS_MAX: String(KEYS_AT_MOST) },
    stream: 'stdout',
    nsPerCall: NS_PER_CALL,
    reader: () => createBpftraceReader(callNames()),
  };
}

/** By number of the call; what one bucket holds, by its exponent. */
type Latencies = ReadonlyMap<number, readonly number[]>;
type Errors = ReadonlyMap<number, number>;

interface Snapshot {
  readonly latencies: Latencies;
  readonly errors: Errors;
}

/** The first snapshot is what the others are counted from: the probes do not begin all at once. */
export function createBpftraceReader(nameOf: (number: number) => string): (line: string) => Line {
  let latencies: Latencies = new Map();
  let errors: Errors = new Map();
  let before: (Snapshot & { readonly ns: number }) | null = null;

  function complete(ns: number): Line {
    const since = before;
    before = { latencies, errors, ns };
    if (since === null || since.ns >= ns) return { kind: 'part' };
    const calls = [...latencies].flatMap(([number, buckets]) => {
      const earlier = since.latencies.get(number) ?? [];
      const latencyLog2Ns = buckets.map((total, k) => Math.max(0, total - (earlier[k] ?? 0)));
      const count = latencyLog2Ns.reduce((sum, n) => sum + n, 0);
      if (count === 0) return [];
      const failed = (errors.get(number) ?? 0) - (since.errors.get(number) ?? 0);
      // The two are read one after the other.
      return [{ name: nameOf(number), count, errors: Math.min(count, Math.max(0, failed)), latencyLog2Ns }];
    });
    calls.sort((a, b) => b.count - a.count);
    return { kind: 'reading', counted: { seconds: (ns - since.ns) / 1e9, calls } };
  }
  return (line) => {
    if (line.trim() === '') return { kind: 'part' };
    const read = readLine(line);
    if (read === null) return { kind: 'malformed' };
    if (read.kind === 'latencies') latencies = read.latencies;
    if (read.kind === 'errors') errors = read.errors;
    if (read.kind === 'moment') return complete(read.ns);
    return { kind: 'part' };
  };
}

type Read =
  | { readonly kind: 'latencies'; readonly latencies: Latencies }
  | { readonly kind: 'errors'; readonly errors: Errors }
  | { readonly kind: 'moment'; readonly ns: number }
  | { readonly kind: 'other' };

/** null for what bpftrace does not write. */
function readLine(line: string): Read | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value['type'] !== 'string') return null;
  const { type, data } = value;
  if (type === 'printf') return typeof data === 'string' && /^\d+$/.test(data) ? { kind: 'moment', ns: +data } : null;
  if (type !== 'hist' && type !== 'map') return { kind: 'other' };
  if (!isRecord(data)) return null;
  if (type === 'hist') {
    const latencies = isRecord(data['@l']) ? entries(data['@l'], bucketsOf) : null;
    return latencies === null ? null : { kind: 'latencies', latencies };
  }
  // At its end bpftrace prints every map.
  if (!('@e' in data)) return { kind: 'other' };
  const errors = isRecord(data['@e']) ? entries(data['@e'], countOf) : null;
  return errors === null ? null : { kind: 'errors', errors };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** null where one of them is malformed. */
function entries<T>(
  record: Readonly<Record<string, unknown>>,
  of: (value: unknown) => T | null,
): Map<number, T> | null {
  const found = new Map<number, T>();
  for (const [key, value] of Object.entries(record)) {
    const [number, one] = [Number(key), of(value)];
    if (!Number.isSafeInteger(number) || one === null) return null;
    found.set(number, one);
  }
  return found;
}

/** bpftrace's buckets are 0, 1, 2-3, 4-7 …; the first two become one. */
function bucketsOf(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null;
  const buckets: number[] = [];
  for (const one of value as readonly unknown[]) {
    const min = isRecord(one) ? (one['min'] ?? null) : null;
    const count = isRecord(one) ? countOf(one['count']) : null;
    if (typeof min !== 'number' || count === null) return null;
    const k = min < 2 ? 0 : Math.round(Math.log2(min));
    while (buckets.length <= k) buckets.push(0);
    buckets[k] = (buckets[k] ?? 0) + count;
  }
  return buckets;
}
