// Scores of this machine and of a scorer elsewhere in, how they compare out, and, where the other is to decide, what it says for as long as that
// is fresh.
import { comparableOf, type Comparable, type Side } from '../compare/comparable.ts';
import { liveComparison } from './live-comparison.ts';
import { remoteScore, type RemoteScore } from './remote-score.ts';
import { differenceNotice, UNUSED, type Stage, type StageSettings } from './stage.ts';

export interface ScoringStage extends Stage {
  readonly score: RemoteScore;
  /** Something came over the channel of this subject that no scorer has said. */
  readonly refuse: () => void;
}

const US_PER_S = 1e6;

export function scoringStage(settings: () => StageSettings, nowUs: () => number): ScoringStage {
  const { trustPoints } = settings().stages;
  let refused = 0;
  const refuse = (): void => void (refused += 1);
  const comparison = liveComparison([['trust', { abs: trustPoints, rel: 0 }]]);
  const keeper = remoteScore(
    () => settings().stages.freshSeconds * US_PER_S,
    () => settings().thresholds.normal,
  );
  /** Only the trust: the ratios are those of other models. Where one of the two still learns there is nothing to compare. */
  function add(side: Side, record: Comparable): void {
    const figures = record.figures.filter(([name, value]) => name === 'trust' && !Number.isNaN(value));
    if (figures.length > 0) comparison.add(side, { ...record, figures });
  }
  return {
    score: keeper,
    refuse,
    hear: (record) => {
      if (record.kind !== 'scores' || settings().stages.scoring === 'local') return;
      const told = new Map(record.figures);
      const level = (name: string): number | null => {
        const value = told.get(name) ?? NaN;
        return Number.isNaN(value) ? null : value;
      };
      const score = { ts: record.ts, trust: level('trust'), low: level('low'), high: level('high') };
      if (keeper.take(score, nowUs()) !== null) refuse();
      else if (settings().stages.scoring === 'both') add('B', record);
    },
    overhear: (record) => {
      // Where the other decides, this is what it has said.
      if (record.kind === 'score' && settings().stages.scoring === 'both') add('A', comparableOf(record, ''));
    },
    tick: comparison.tick,
    view: (trouble, atUs) => {
      const place = settings().stages.scoring;
      if (place === 'local') return { place, ...UNUSED };
      const lastUs = keeper.lastUs();
      const reason = trouble.reason ?? keeper.silence(atUs);
      return {
        ...{ place, uses: place === 'remote' && reason === null ? 'remote' : 'local', reason, fix: trouble.fix },
        ...{ lastRemoteMs: lastUs === null ? null : lastUs / 1000, refused, comparison: comparison.view() },
      };
    },
    notice: () =>
      differenceNotice(
        ...(['Trust', comparison.view(), comparison.outsideShare(), settings().stages.outsidePercent] as const),
      ),
  };
}
