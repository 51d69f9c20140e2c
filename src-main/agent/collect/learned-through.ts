// Through which driver the mouse was learned, kept in the store. A model of pixels, accelerated by the desktop, says nothing about counts
// of the mouse itself, and the other way round: speeds and lengths differ by an unknown factor. So such movements are neither judged nor
// learned from. Both drivers of X11 give the same pixels at the same times (e2e/x-drivers.test.ts), so that either may go on with what the
// other has learned. Typing is the same through every driver: times of keys, to the millisecond or finer.
import type { Store } from '../store/store.ts';
import { MOUSE_UNITS, type InputDriver, type MouseUnit } from './input-driver.ts';
import type { Unavailable } from './unavailable.ts';

export interface LearnedThrough {
  readonly objection: (driver: InputDriver) => Unavailable | null;
  /** What is learned from now on comes through this driver. */
  readonly using: (driver: InputDriver) => void;
}

const KEY = 'mouse driver';
/** As it is stored: from before X11 had two drivers. */
const STORED = { pixels: 'x11', counts: 'evdev' } as const satisfies Record<MouseUnit, string>;
const WORDS = {
  pixels: 'X11, in pixels of the screen',
  counts: 'the kernel (evdev), in counts of the mouse',
} as const satisfies Record<MouseUnit, string>;
const ELSEWHERE = {
  pixels: 'log in to an X11 session',
  counts: 'set "input": { "driver": "evdev" } in the settings file',
} as const satisfies Record<MouseUnit, string>;

export function mouseLearnedThrough(store: Pick<Store, 'get' | 'set' | 'models' | 'windows'>): LearnedThrough {
  /** null while nothing is learned. Before there was a choice, X11 was the only driver. */
  const before = (): MouseUnit | null => {
    const hasLearned =
      store.windows('mouse', 1).length > 0 || store.models().some(({ modality }) => modality === 'mouse');
    if (!hasLearned) return null;
    return store.get(KEY) === STORED.counts ? 'counts' : 'pixels';
  };
  return {
    objection: (driver) => {
      const learned = before();
      const unit = MOUSE_UNITS[driver];
      if (learned === null || learned === unit) return null;
      return {
        ok: false,
        reason: `your mouse was learned through ${WORDS[learned]}, and is read through ${WORDS[unit]}: judged by that model it would be a stranger's`,
        fix: `To go on with what was learned, ${ELSEWHERE[learned]}; to learn anew: seclyzer enrol --restart`,
      };
    },
    using: (driver) => {
      const stored = STORED[MOUSE_UNITS[driver]];
      if (store.get(KEY) !== stored && before() === null) store.set(KEY, stored);
    },
  };
}
