// Positions of a source with the times of the log there in, the one to read again from after a restart out: the newest that lies a whole
// window back, so that the windows are full again when reading goes on. Reading the last minutes twice costs nothing; writing every
// window down each second would.

export interface WarmMarks {
  readonly note: (atMs: number, position: string) => void;
  /** The first position that was noted, where the log has not gone on for a whole window yet; null before any was. */
  readonly oldEnough: () => string | null;
  /** Whether a whole window lies behind the first one. */
  readonly full: () => boolean;
}

interface Mark {
  readonly atMs: number;
  readonly position: string;
}

/** A few more lines than needed may be read again, and no more than this many marks kept. */
const STEPS = 16;

export function createWarmMarks(windowMs: number): WarmMarks {
  let marks: readonly Mark[] = [];
  return {
    note: (atMs, position) => {
      const last = marks.at(-1);
      if (last !== undefined && atMs - last.atMs < windowMs / STEPS) return;
      const recent = [...marks, { atMs, position }];
      const old = recent.findLastIndex((mark) => mark.atMs <= atMs - windowMs);
      marks = recent.slice(Math.max(0, old));
    },
    oldEnough: () => marks[0]?.position ?? null,
    full: () => (marks.at(-1)?.atMs ?? 0) - (marks[0]?.atMs ?? 0) >= windowMs,
  };
}
