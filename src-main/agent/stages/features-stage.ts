// Windows of typing and the mouse: those of this machine and those measured elsewhere in, how they compare out, and, where the others are to be
// used, those of the mouse in the place of this machine's.
import type { FeatureRecord } from '../publish/outlets/outlet-record.ts';
import { comparableOf } from '../compare/comparable.ts';
import { heldWindows } from './held-windows.ts';
import { liveComparison } from './live-comparison.ts';
import { differenceNotice, UNUSED, type Stage, type StageSettings } from './stage.ts';

export interface FeaturesStage extends Stage {
  /** Whether this window is held until it is clear which of the two is told. */
  readonly holds: (record: FeatureRecord) => boolean;
  /** Tells what is held. */
  readonly release: () => void;
}

const TYPING_STAYS =
  'typing is measured here all the same: elsewhere it would take the keys themselves, and those never leave this machine';

export function featuresStage(settings: () => StageSettings, tell: (record: FeatureRecord) => void): FeaturesStage {
  const comparison = liveComparison([]);
  let lastUs: number | null = null;
  let uses: 'local' | 'remote' = 'local';
  const held = heldWindows((record, from) => {
    uses = from;
    tell(record);
  });
  const holds = ({ modality }: FeatureRecord): boolean =>
    settings().stages.features === 'remote' && modality === 'mouse';
  return {
    hear: (record) => {
      if (record.kind !== 'features' || settings().stages.features === 'local') return;
      lastUs = Math.max(lastUs ?? 0, record.ts);
      comparison.add('B', record);
      if (record.modality === 'mouse') held.remote(record);
    },
    overhear: (record) => {
      if (record.kind !== 'features' || settings().stages.features === 'local') return;
      comparison.add('A', comparableOf(record, ''));
      if (holds(record)) held.local(record);
    },
    tick: (nowUs) => {
      held.tick(nowUs);
      comparison.tick(nowUs);
    },
    holds,
    release: held.release,
    view: (trouble) => {
      const place = settings().stages.features;
      if (place === 'local') return { place, ...UNUSED };
      const isHindered = trouble.reason !== null;
      return {
        ...{ place, uses: place === 'remote' && !isHindered ? uses : 'local', ...trouble },
        ...(place === 'remote' && !isHindered ? { reason: TYPING_STAYS } : {}),
        ...{ lastRemoteMs: lastUs === null ? null : lastUs / 1000, refused: 0, comparison: comparison.view() },
      };
    },
    notice: () =>
      differenceNotice(
        ...(['Features', comparison.view(), comparison.outsideShare(), settings().stages.outsidePercent] as const),
      ),
  };
}
