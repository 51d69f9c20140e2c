// Scores enter, those leave that stand out of what has just been said; 0 in the place of the others. One incident is one alarm.

export interface PeakGate {
  /** @param at in the unit of the span, never less than before. @returns the score, or 0 where one of late was nearly as high. */
  readonly push: (score: number, at: number) => number;
}

/** How far above the last peak a score must lie to be news. */
const STANDS_OUT = 1.3;

/** @param span for which a peak is remembered. */
export function createPeakGate(span: number): PeakGate {
  /** The peaks that still matter, falling: one before a higher one never does. */
  const peaks: { readonly at: number; readonly score: number }[] = [];
  return {
    push: (score, at) => {
      while ((peaks[0]?.at ?? at) < at - span) peaks.shift();
      const news = score > (peaks[0]?.score ?? 0) * STANDS_OUT;
      while ((peaks.at(-1)?.score ?? Infinity) <= score) peaks.pop();
      peaks.push({ at, score });
      return news ? score : 0;
    },
  };
}
