// Windows of the mouse that this machine measured in, and the same as measured elsewhere; one of the two out for each window: the other's where
// it comes in time, this machine's where it does not. Nothing is lost and nothing is told twice.
import { MOUSE_FEATURES } from '../features/index.ts';
import type { FeatureRecord } from '../publish/outlets/outlet-record.ts';
import type { Comparable } from '../compare/comparable.ts';

export interface HeldWindows {
  readonly local: (record: FeatureRecord) => void;
  /** @returns whether it was in time */
  readonly remote: (record: Comparable) => boolean;
  readonly tick: (nowUs: number) => void;
  /** Tells what is held: nothing is waited for any more. */
  readonly release: () => void;
}

/** Less than a hop, so that at most one window is held. */
const HOLD_US = 4_000_000;
const SKEW_US = 500_000;
const NAMES = MOUSE_FEATURES.map(({ name }) => name);
const PREFIX = 'mouse.';

export function heldWindows(tell: (record: FeatureRecord, from: 'local' | 'remote') => void): HeldWindows {
  let held: FeatureRecord[] = [];
  const release = (untilUs: number): void => {
    for (const record of held.filter(({ ts }) => ts <= untilUs)) tell(record, 'local');
    held = held.filter(({ ts }) => ts > untilUs);
  };
  return {
    local: (record) => {
      held.push(record);
    },
    remote: (record) => {
      const own = held.find(({ ts }) => Math.abs(ts - record.ts) <= SKEW_US);
      if (own === undefined) return false;
      held = held.filter((one) => one !== own);
      tell(featureRecord(record, own), 'remote');
      return true;
    },
    tick: (nowUs) => release(nowUs - HOLD_US),
    release: () => release(Infinity),
  };
}

/** In the order of the table here; what the other does not tell is not known. */
function featureRecord({ figures }: Comparable, own: FeatureRecord): FeatureRecord {
  const told = new Map(figures);
  const values = Float32Array.from(NAMES, (name) => told.get(PREFIX + name) ?? NaN);
  return { ...own, names: NAMES, values, events: told.get(`${PREFIX}events`) ?? own.events };
}
