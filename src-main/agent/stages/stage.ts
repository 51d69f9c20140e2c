// What the two stages have in common: each hears what comes from elsewhere and overhears what this machine makes.
import type { StageView, UserSettings } from '../../../src-preload/contract.ts';
import type { Comparable } from '../compare/comparable.ts';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';

/** Why nothing can come from elsewhere, the middle of a sentence; both null while it can. */
export type Trouble = Pick<StageView, 'reason' | 'fix'>;

export interface Stage {
  readonly hear: (record: Comparable) => void;
  readonly overhear: (record: OutletRecord) => void;
  /** After each tick of this machine, on the clock of the events. */
  readonly tick: (nowUs: number) => void;
  readonly view: (trouble: Trouble, nowUs: number) => StageView;
  /** What the user should know of how both sides compare; null: nothing. */
  readonly notice: () => string | null;
}

export type StageSettings = Pick<UserSettings, 'stages' | 'thresholds'>;

export const NO_REDIS = { reason: 'no Redis is named', fix: 'Name one under Settings, Redis.' };
export const UNUSED: Omit<StageView, 'place'> = {
  ...{ uses: 'local', reason: null, fix: null, lastRemoteMs: null, refused: 0, comparison: null },
};

/** What is compared lies further apart than the user has said. */
export function differenceNotice(
  what: string,
  view: StageView['comparison'],
  share: number | null,
  percent: number,
): string | null {
  if (view === null || share === null || share * 100 <= percent) return null;
  const furthest = view.worst === null ? '' : ` Furthest apart: ${view.worst}.`;
  return (
    `${what}: ${(100 * share).toFixed(0)} % of ${view.compared} figures from elsewhere differ from those of this machine by more than ` +
    `their tolerance (bound: ${percent} %).${furthest} See seclyzer status and seclyzer compare.`
  );
}
