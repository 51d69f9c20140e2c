// What this machine makes (A) and what comes from elsewhere (B) in, as they come, how far they lie apart out: of the last hour, for whoever looks.
import type { StageView } from '../../../src-preload/contract.ts';
import type { Comparable, Side } from '../compare/comparable.ts';
import { createComparer, type Comparer, type Comparison } from '../compare/comparer.ts';
import type { Rule } from '../compare/tolerances.ts';

export interface LiveComparison {
  readonly add: (side: Side, record: Comparable) => void;
  /** What has not come by now for a window that ended a while ago is not waited for. */
  readonly tick: (nowUs: number) => void;
  readonly view: () => StageView['comparison'];
  /** Share of the figures that are outside, 0-1; null while too little was compared. */
  readonly outsideShare: () => number | null;
}

const BLOCK_US = 3_600_000_000;
/** What comes from elsewhere may be so late. */
const LATE_US = 10_000_000;
/** With fewer windows a share says little. */
const LEAST_PAIRS = 20;
/** A minute or two of one machine. */
const MOST_WAITING = 500;

interface Block {
  readonly sinceUs: number;
  readonly comparer: Comparer;
}

export function liveComparison(rules: readonly Rule[]): LiveComparison {
  let block: Block | null = null;
  let before: Block | null = null;
  const begin = (atUs: number): Block => ({
    sinceUs: atUs,
    comparer: createComparer({ rules, span: 'common', missing: 'ignored', mostWaiting: MOST_WAITING }),
  });
  const pairsOf = (one: Comparison): number => one.records.features.pairs + one.records.scores.pairs;
  function read(): (Comparison & { readonly sinceUs: number }) | null {
    const now = block === null ? null : { ...block.comparer.read(), sinceUs: block.sinceUs };
    if (before === null || now === null || pairsOf(now) >= LEAST_PAIRS) return now;
    return { ...before.comparer.read(), sinceUs: before.sinceUs };
  }
  return {
    add: (side, record) => {
      block ??= begin(record.ts);
      block.comparer.add(side, record);
    },
    tick: (nowUs) => {
      if (block === null) return;
      for (const side of ['A', 'B'] as const) block.comparer.passed(side, nowUs - LATE_US);
      if (nowUs - block.sinceUs < BLOCK_US) return;
      for (const side of ['A', 'B'] as const) block.comparer.passed(side, Infinity);
      before = block;
      block = begin(nowUs);
    },
    view: () => {
      const now = read();
      if (now === null) return null;
      const { compared, outside, words } = now;
      const states = words.find(({ word }) => word === 'state')?.differ ?? 0;
      return { sinceMs: now.sinceUs / 1000, pairs: pairsOf(now), compared, outside, states, worst: worstOf(now) };
    },
    outsideShare: () => {
      const now = read();
      return now === null || pairsOf(now) < LEAST_PAIRS ? null : now.outsideShare;
    },
  };
}

/** `mouse.speed.mean, 120 here and 131 elsewhere at 12:03:05`, the time as UTC. */
function worstOf({ figures }: Comparison): string | null {
  const outside = figures.filter((one) => one.outside > 0).flatMap(({ figure, worst }) => ({ figure, ...worst[0] }));
  const [furthest] = outside.toSorted((a, b) => (b.excess ?? Infinity) - (a.excess ?? Infinity));
  if (furthest?.ts === undefined) return null;
  const said = (value: number | null | undefined): string =>
    typeof value === 'number' ? String(Number(value.toPrecision(4))) : 'not known';
  const time = new Date(furthest.ts / 1000).toISOString().slice(11, 19);
  return `${furthest.figure}, ${said(furthest.a)} here and ${said(furthest.b)} elsewhere at ${time} UTC`;
}
