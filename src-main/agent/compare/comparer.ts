// Outputs of two sides in, what they differ in out: figure by figure, word by word, decision by decision. Everything is counted as it comes, so
// that a day takes no more memory than a minute.
import { otherSide, type Comparable, type ComparedKind, type Side } from './comparable.ts';
import { figureTally, type FigureDifference, type FigureTally } from './figure-tally.ts';
import { createPairing } from './pairing.ts';
import { tolerances, type Rule } from './tolerances.ts';
import { wordTally, type WordDifference, type WordTally } from './word-tally.ts';

export interface ComparerOptions {
  readonly rules?: readonly Rule[];
  /** As in pairing.ts; by default half of the shortest hop, so that no window has two candidates. */
  readonly skewUs?: number;
  readonly mostWaiting?: number;
  /**
   * `common` counts only the time in which both sides had something, for live ones, of which none begins and ends exactly with the other. By
   * default a record that one side lacks is missing wherever it lies.
   */
  readonly span?: 'whole' | 'common';
  /** Whether what one side lacks is outside, as by default; a scorer that scores every five seconds lacks four of five. */
  readonly missing?: 'outside' | 'ignored';
}

export interface Counts {
  readonly pairs: number;
  readonly onlyInA: number;
  readonly onlyInB: number;
  /** Not counted: before the other side began, or after it had ended. */
  readonly beyond: number;
}

export interface Comparison {
  /** Nothing is outside its tolerance, nothing is missing, every word agrees, and there was something to compare. */
  readonly within: boolean;
  readonly records: Readonly<Record<ComparedKind, Counts>>;
  /** Let go without their partner because too many waited for theirs: one side lags behind the other, or brings something else. */
  readonly letGo: number;
  /** Of all pairs of figures. */
  readonly compared: number;
  readonly outside: number;
  readonly outsideShare: number;
  /** Those furthest outside first, then in the order in which they came. */
  readonly figures: readonly FigureDifference[];
  /** `state`: what the trust stands for; `decision`: changes of it. */
  readonly words: readonly WordDifference[];
}

export interface Comparer {
  readonly add: (side: Side, record: Comparable) => void;
  /** Nothing before this moment comes from a side any more. Infinity: it is over. */
  readonly passed: (side: Side, ts: number) => void;
  /** Time of the newest record of a side, microseconds; -Infinity while there is none. */
  readonly newest: (side: Side) => number;
  readonly read: () => Comparison;
}

const HALF_A_HOP_US = 500_000;

export function createComparer(options: ComparerOptions = {}): Comparer {
  const { rules = [], skewUs = HALF_A_HOP_US, span = 'whole', missing: ofMissing = 'outside', mostWaiting } = options;
  const toleranceOf = tolerances(rules);
  const figures = new Map<string, FigureTally>();
  const words = new Map<string, WordTally>();
  const records = { features: noCounts(), scores: noCounts(), decision: noCounts() };

  function figure(name: string): FigureTally {
    const known = figures.get(name);
    if (known !== undefined) return known;
    const begun = figureTally(name, toleranceOf(name));
    figures.set(name, begun);
    return begun;
  }
  function word(name: string): WordTally {
    const known = words.get(name) ?? wordTally(name);
    words.set(name, known);
    return known;
  }
  function pairFigures(a: Comparable, b: Comparable): void {
    // Mostly both have the same names in the same order, and then there is nothing to look up.
    const isAligned =
      a.figures.length === b.figures.length && a.figures.every(([name], i) => b.figures[i]?.[0] === name);
    const others = isAligned ? null : new Map(b.figures);
    for (const [i, [name, value]] of a.figures.entries()) {
      const other = others === null ? b.figures[i]?.[1] : others.get(name);
      if (other !== undefined) figure(name).add(a.ts, a.subject, value, other);
      else if (ofMissing === 'outside') figure(name).missing('B');
      others?.delete(name);
    }
    if (ofMissing === 'outside') for (const name of others?.keys() ?? []) figure(name).missing('A');
  }
  function onPair(a: Comparable, b: Comparable): void {
    records[a.kind].pairs += 1;
    pairFigures(a, b);
    const said = new Map(b.words);
    for (const [name, own] of a.words) word(name).add(a.ts, a.subject, own, said.get(name) ?? null);
    const own = new Set(a.words.map(([name]) => name));
    for (const [name, other] of b.words) if (!own.has(name)) word(name).add(a.ts, a.subject, null, other);
  }
  function onAlone(record: Comparable, has: Side): void {
    if (span === 'common' && !pairing.covers(otherSide(has), record.subject, record.ts)) {
      records[record.kind].beyond += 1;
      return;
    }
    records[record.kind][has === 'A' ? 'onlyInA' : 'onlyInB'] += 1;
    if (ofMissing === 'ignored') return;
    for (const [name] of record.figures) figure(name).missing(has === 'A' ? 'B' : 'A');
    for (const [name, own] of record.words)
      word(name).add(record.ts, record.subject, has === 'A' ? own : null, has === 'A' ? null : own);
  }
  const pairing = createPairing({ skewUs, onPair, onAlone, ...(mostWaiting === undefined ? {} : { mostWaiting }) });

  return {
    add: pairing.add,
    passed: pairing.passed,
    newest: pairing.newest,
    read: () => {
      const all = [...figures.values()].map((tally) => tally.read());
      const said = [...words.values()].map((tally) => tally.read());
      const sum = (of: (one: FigureDifference) => number): number => all.reduce((total, one) => total + of(one), 0);
      const [compared, outside] = [sum((one) => one.compared), sum((one) => one.outside)];
      const missing = sum((one) => one.missingInA + one.missingInB);
      const differing = said.reduce((total, one) => total + one.differ, 0);
      const pairs = Object.values(records).reduce((total, one) => total + one.pairs, 0);
      return {
        within: pairs > 0 && outside + missing + differing === 0,
        records: structuredClone(records),
        letGo: pairing.letGo(),
        ...{ compared, outside, outsideShare: compared === 0 ? 0 : outside / compared },
        figures: all.toSorted((a, b) => b.outsideShare - a.outsideShare),
        words: said,
      };
    },
  };
}

interface MutableCounts {
  pairs: number;
  onlyInA: number;
  onlyInB: number;
  beyond: number;
}
const noCounts = (): MutableCounts => ({ pairs: 0, onlyInA: 0, onlyInB: 0, beyond: 0 });
