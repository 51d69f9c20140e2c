// Pairs of words in (the state of both sides, a decision of both sides), how many agree out, with the first of those that do not.

export interface Disagreement {
  /** Microseconds since the epoch. */
  readonly ts: number;
  readonly subject: string;
  /** null: this side says nothing. */
  readonly a: string | null;
  readonly b: string | null;
}

export interface WordDifference {
  readonly word: string;
  /** With those that only one side has. */
  readonly compared: number;
  readonly differ: number;
  /** 0-1; 1 where nothing was compared. */
  readonly agreement: number;
  /** At most ten, in the order of their time. */
  readonly first: readonly Disagreement[];
}

export interface WordTally {
  readonly add: (ts: number, subject: string, a: string | null, b: string | null) => void;
  readonly read: () => WordDifference;
}

const MOST_KEPT = 10;

export function wordTally(word: string): WordTally {
  let compared = 0;
  let differ = 0;
  const first: Disagreement[] = [];
  return {
    add: (ts, subject, a, b) => {
      compared += 1;
      if (a === b) return;
      differ += 1;
      if (first.length < MOST_KEPT) first.push({ ts, subject, a, b });
    },
    read: () => ({ word, compared, differ, agreement: compared === 0 ? 1 : 1 - differ / compared, first: [...first] }),
  };
}
