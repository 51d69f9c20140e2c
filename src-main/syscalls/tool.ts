// What a program of the kernel's tracers is to the helper: how it is called, and how its lines become readings.
import type { SyscallReading } from '../agent/monitor/syscalls-type.ts';

/** What a line of the tool says. */
export type Line =
  | { readonly kind: 'reading'; readonly counted: Counted }
  /** Understood, and nothing to tell. */
  | { readonly kind: 'part' }
  | { readonly kind: 'malformed' };

export type Counted = Pick<SyscallReading, 'seconds' | 'calls'>;

export interface Tool {
  readonly source: SyscallReading['source'];
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Which stream its readings come on; the other one has its complaints. */
  readonly stream: 'stdout' | 'stderr';
  /** What it adds to one call, in nanoseconds. */
  readonly nsPerCall: number;
  /** A reader for one run of it, line by line. */
  readonly reader: () => (line: string) => Line;
}
