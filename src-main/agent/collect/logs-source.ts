// What every source of log lines is, a file or the journal: asked for what is new, never pushing, so that whoever reads decides how fast,
// and knows after each batch where to go on. Kept together with what was made of the lines, that position loses and repeats nothing.
import type { LogFormat, SourceRole } from '../guard/parse/parser.ts';

export interface LogBatch {
  /** Complete ones, in order. */
  readonly lines: readonly string[];
  /** Where to go on after these lines, as text; null before anything was read. */
  readonly position: string | null;
  /** Where they begin; null where that can't be told. */
  readonly from: string | null;
  /** They were read before, and come again to fill the windows after a restart. */
  readonly warm: boolean;
  /** There is more to be had at once. */
  readonly more: boolean;
  readonly notes: readonly LogNote[];
}

/** Something that has happened to the log itself. */
export interface LogNote {
  /** cleared: somebody has emptied, cut, edited or removed it. lost: a part can't be found, for a reason that may be innocent. */
  readonly kind: 'cleared' | 'lost';
  readonly what: string;
  /** The beginning of a sentence. */
  readonly words: string;
}

export type SourceState =
  | { readonly status: 'reading' | 'waiting'; readonly reason: string | null; readonly fix: null }
  | { readonly status: 'unavailable'; readonly reason: string; readonly fix: string };

export interface LogSource {
  /** `/var/log/auth.log`, `the journal`; also what its position is kept under. */
  readonly name: string;
  readonly format: LogFormat;
  readonly role: SourceRole;
  /** What is new, at most so many lines; nothing where there is nothing. Never rejects: see `state`. */
  readonly read: (mostLines: number) => Promise<LogBatch>;
  readonly state: () => SourceState;
  /** None of the lines that were read last was written after this. */
  readonly notAfterMs: () => number;
  readonly close: () => Promise<void>;
}

export const READING: SourceState = { status: 'reading', reason: null, fix: null };

export const nothingNew = (position: string | null, notes: readonly LogNote[] = []): LogBatch => ({
  ...{ lines: [], position, from: position, warm: false, more: false, notes },
});
