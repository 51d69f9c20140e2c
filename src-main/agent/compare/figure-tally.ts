// Pairs of one figure in, how far they lie apart out: counts, extremes, means, and the worst of them with their times. Bounded in memory.
import { apart, excess, type Tolerance } from './tolerances.ts';

export interface Worst {
  /** End of the window, microseconds since the epoch. */
  readonly ts: number;
  readonly subject: string;
  /** null: this side says that it does not know. */
  readonly a: number | null;
  readonly b: number | null;
  /** |a - b|; null where one side does not know. */
  readonly abs: number | null;
  /** Times the tolerance; null where one side does not know, or where nothing at all is tolerated. */
  readonly excess: number | null;
}

export interface FigureDifference {
  readonly figure: string;
  readonly tolerance: Tolerance;
  /** Pairs. */
  readonly compared: number;
  /** Records that one side lacks, or has without this figure. */
  readonly missingInA: number;
  readonly missingInB: number;
  /** Not known on one side alone: these are outside. */
  readonly unknownInA: number;
  readonly unknownInB: number;
  readonly maxAbs: number;
  readonly meanAbs: number;
  readonly maxRel: number;
  readonly meanRel: number;
  readonly outside: number;
  /** Of those compared, 0-1. */
  readonly outsideShare: number;
  /** At most ten, the worst first. */
  readonly worst: readonly Worst[];
}

export interface FigureTally {
  readonly add: (ts: number, subject: string, a: number, b: number) => void;
  readonly missing: (side: 'A' | 'B') => void;
  readonly read: () => FigureDifference;
}

const MOST_WORST = 10;

export function figureTally(figure: string, tolerance: Tolerance): FigureTally {
  const missing = { A: 0, B: 0 };
  const unknown = { A: 0, B: 0 };
  let compared = 0;
  let outside = 0;
  /** Of pairs that both sides know. */
  let known = 0;
  let [maxAbs, sumAbs, maxRel, sumRel] = [0, 0, 0, 0];
  let worst: (Worst & { readonly by: number })[] = [];

  function keepIfWorst(by: number, ts: number, subject: string, a: number, b: number, abs: number): void {
    if (by === 0) return;
    const last = worst.at(-1);
    if (worst.length === MOST_WORST && last !== undefined && by <= last.by) return;
    const one = { ts, subject, a: nullFor(a), b: nullFor(b), abs: finite(abs), excess: finite(by), by };
    worst = [...worst, one].toSorted((x, y) => compareNumbers(y.by, x.by)).slice(0, MOST_WORST);
  }

  return {
    add: (ts, subject, a, b) => {
      compared += 1;
      const difference = apart(a, b);
      const by = excess(difference, tolerance);
      if (by > 1) outside += 1;
      keepIfWorst(by, ts, subject, a, b, difference.abs);
      if (difference.abs === Infinity) {
        unknown[Number.isNaN(a) ? 'A' : 'B'] += 1;
        return;
      }
      known += 1;
      sumAbs += difference.abs;
      sumRel += difference.rel;
      maxAbs = Math.max(maxAbs, difference.abs);
      maxRel = Math.max(maxRel, difference.rel);
    },
    missing: (side) => {
      missing[side] += 1;
    },
    read: () => ({
      ...{ figure, tolerance, compared, missingInA: missing.A, missingInB: missing.B },
      ...{ unknownInA: unknown.A, unknownInB: unknown.B, maxAbs, maxRel, outside },
      meanAbs: known === 0 ? 0 : sumAbs / known,
      meanRel: known === 0 ? 0 : sumRel / known,
      outsideShare: compared === 0 ? 0 : outside / compared,
      worst: worst.map(({ by: _, ...one }) => one),
    }),
  };
}

const nullFor = (value: number): number | null => (Number.isNaN(value) ? null : value);
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
/** Infinity less itself is no number. */
const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a - b);
