// Through which driver the mouse was learned, kept in the store. A model of pixels, accelerated by the desktop, says nothing about counts
// of the mouse itself, and the other way round: speeds and lengths differ by an unknown factor. So such movements are neither judged nor
// learned from. Typing is the same through every driver: times of keys, to the millisecond or finer.
import type { Store } from '../store/store.ts';
import type { InputDriver } from './input-driver.ts';
import type { Unavailable } from './unavailable.ts';

export interface LearnedThrough {
  readonly objection: (driver: InputDriver) => Unavailable | null;
  /** What is learned from now on comes through this driver. */
  readonly using: (driver: InputDriver) => void;
}

const KEY = 'mouse driver';
const WORDS = {
  x11: 'X11, in pixels of the screen',
  evdev: 'the kernel (evdev), in counts of the mouse',
} as const satisfies Record<InputDriver, string>;
const ELSEWHERE = {
  x11: 'log in to an X11 session',
  evdev: 'set "input": { "driver": "evdev" } in the settings file',
} as const satisfies Record<InputDriver, string>;

export function mouseLearnedThrough(store: Pick<Store, 'get' | 'set' | 'models' | 'windows'>): LearnedThrough {
  /** null while nothing is learned. Before there was a choice, X11 was the only driver. */
  const before = (): InputDriver | null => {
    const hasLearned =
      store.windows('mouse', 1).length > 0 || store.models().some(({ modality }) => modality === 'mouse');
    if (!hasLearned) return null;
    return store.get(KEY) === 'evdev' ? 'evdev' : 'x11';
  };
  return {
    objection: (driver) => {
      const learned = before();
      if (learned === null || learned === driver) return null;
      return {
        ok: false,
        reason: `your mouse was learned through ${WORDS[learned]}, and is read through ${WORDS[driver]}: judged by that model it would be a stranger's`,
        fix: `To go on with what was learned, ${ELSEWHERE[learned]}; to learn anew: seclyzer enrol --restart`,
      };
    },
    using: (driver) => {
      if (store.get(KEY) !== driver && before() === null) store.set(KEY, driver);
    },
  };
}
