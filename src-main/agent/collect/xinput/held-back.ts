// Work in; the same done in its order out, but not while that is being read anew by which it is understood.

export interface HeldBack {
  readonly inTurn: (work: () => void) => void;
  /** What was read has changed. However often that is said during a reading, one more follows. */
  readonly changed: () => void;
  /** Resolves when nothing is held back. */
  readonly settled: () => Promise<void>;
  /** Nothing more is done. */
  readonly stop: () => void;
}

/** Whoever changes it without end does not hold everything back without end. */
const MOST_READINGS = 5;

/** @param read may fail: then what is held back is understood by what was known before */
export function createHeldBack(read: () => Promise<void>): HeldBack {
  let held: (() => void)[] = [];
  let reading: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const readAnew = async (): Promise<void> => {
    for (let readings = 1; ; readings += 1) {
      again = false;
      await read().catch(() => undefined);
      if (!again || readings === MOST_READINGS) break;
    }
    reading = null;
    const works = held;
    held = [];
    for (const work of works) if (!stopped) work();
  };
  return {
    inTurn: (work) => {
      if (stopped) return;
      if (reading === null) work();
      else held.push(work);
    },
    changed: () => {
      again = true;
      reading ??= readAnew();
    },
    settled: async () => void (await reading),
    stop: () => void (stopped = true),
  };
}
