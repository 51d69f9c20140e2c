// Enters: X server times (milliseconds, CARD32) as events arrive. Leaves: microseconds since the Unix epoch.
// Intervals between events are those of the X server to within 0.5 %: the moment of arrival would be useless for them,
// because XRecord hands events over in batches (facts measured: 28 events, up to 218 ms late).

/** Wall clock and a clock that stands still during suspend and is never set, both in milliseconds. */
export interface Clocks {
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
}

export const systemClocks: Clocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

export interface XClock {
  /**
   * @param xTimeMs X server milliseconds of an event; it may wrap (every 49.7 days).
   * @returns integer microseconds since the epoch. They never decrease, unless the wall clock was set back by over 5 s.
   */
  readonly toEpochUs: (xTimeMs: number) => number;
}

const CARD32 = 2 ** 32;
/** A difference beyond this is a resume, a clock that was set or another server; below it is lag or drift. */
const JUMP_MS = 5000;
/** Lag only ever makes an event late, so the smallest difference of the last minute or two is the truest. */
const WINDOW_MS = 60_000;
/** How fast the offset follows the truest difference, in milliseconds per millisecond. */
const SLEW = 0.005;

interface Anchor {
  /** Wall minus monotonic clock when anchored. */
  baseMs: number;
  /** Wall minus X time as applied. */
  offsetMs: number;
  /** Smallest differences seen in this window and in the one before it. */
  windowFromMs: number;
  smallestMs: number;
  smallestBeforeMs: number;
}

/** Maps X server time to the epoch, for all events of one connection. */
export function createXClock(clocks: Clocks): XClock {
  let unwrappedMs: number | null = null;
  let anchor: Anchor | null = null;
  let lastUs = 0;

  const unwrap = (xTimeMs: number): number => {
    if (unwrappedMs === null) return xTimeMs;
    const forward = (((xTimeMs - unwrappedMs) % CARD32) + CARD32) % CARD32;
    // More than half the circle forward is a little backward: two devices of one server may swap places.
    return unwrappedMs + (forward < CARD32 / 2 ? forward : forward - CARD32);
  };

  return {
    toEpochUs: (xTimeMs) => {
      const wallMs = clocks.wallMs();
      const nowMs = clocks.monotonicMs();
      const xMs = unwrap(xTimeMs);
      const elapsedMs = unwrappedMs === null ? 0 : Math.max(0, xMs - unwrappedMs);
      unwrappedMs = xMs;
      const before = anchor;
      anchor = follow(anchor, { differenceMs: wallMs - xMs, baseMs: wallMs - nowMs, nowMs, elapsedMs });
      const us = Math.round((xMs + anchor.offsetMs) * 1000);
      const setBack = anchor !== before && before !== null && anchor.baseMs < before.baseMs;
      lastUs = setBack ? us : Math.max(us, lastUs);
      return lastUs;
    },
  };
}

interface Observation {
  readonly differenceMs: number;
  readonly baseMs: number;
  readonly nowMs: number;
  readonly elapsedMs: number;
}

/** The same anchor moved a little, or a new one after a jump. */
function follow(anchor: Anchor | null, seen: Observation): Anchor {
  const { differenceMs, nowMs } = seen;
  if (anchor === null || Math.abs(seen.baseMs - anchor.baseMs) > JUMP_MS) return anchorAt(seen);
  if (nowMs - anchor.windowFromMs > WINDOW_MS) {
    anchor.windowFromMs = nowMs;
    anchor.smallestBeforeMs = anchor.smallestMs;
    anchor.smallestMs = differenceMs;
  }
  anchor.smallestMs = Math.min(anchor.smallestMs, differenceMs);
  const wantedMs = Math.min(anchor.smallestMs, anchor.smallestBeforeMs) - anchor.offsetMs;
  if (Math.abs(wantedMs) > JUMP_MS) return anchorAt(seen);
  const stepMs = SLEW * seen.elapsedMs;
  anchor.offsetMs += Math.min(stepMs, Math.max(-stepMs, wantedMs));
  return anchor;
}

function anchorAt({ differenceMs, baseMs, nowMs }: Observation): Anchor {
  return {
    baseMs,
    offsetMs: differenceMs,
    windowFromMs: nowMs,
    smallestMs: differenceMs,
    smallestBeforeMs: differenceMs,
  };
}
