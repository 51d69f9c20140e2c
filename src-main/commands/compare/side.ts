// A side of a comparison: where outputs come from. In: its name on the command line. Out: its records, one after the other.
import type { Comparable } from '../../agent/compare/comparable.ts';

/** What it answers is waited for before the next record comes, except by a side that can't wait. */
export type Sink = (record: Comparable) => Promise<void>;

export interface OutputSide {
  /** For sentences: `this version`. */
  readonly words: string;
  /** It comes when it comes, and has no end of its own. */
  readonly isLive: boolean;
  /** What it tells is of one person, whatever it is called there. */
  readonly isAnonymous: boolean;
  /** Resolves at the end, or when `signal` is aborted. Rejects with a readable reason. */
  readonly run: (sink: Sink, signal: AbortSignal) => Promise<SideEnd>;
}

export interface SideEnd {
  /** Lines that say nothing, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}
