// What mice and fingers move, in the counts of the device; out: one path of the pointer, as if it had a screen without edges.
// Counts are what the hand did: no acceleration is in them, no screen, no resolution, no zoom. A mouse of 1,000 dots an inch that is not
// accelerated gives one count a pixel; features are learned of the owner's own device, so that the unit is part of what is learned.

export interface PointerPath {
  readonly move: (dx: number, dy: number) => void;
  /** The place now. */
  readonly x: () => number;
  readonly y: () => number;
  /** A button goes down: the one moment at which the path may begin anew somewhere else without a movement being made up. */
  readonly settle: () => void;
}

/** A recording takes places up to 100,000 (events.ts); nobody clicks so rarely that he comes there. */
const FARTHEST = 99_999;
const SETTLE_BEYOND = 20_000;

export function createPointerPath(): PointerPath {
  let [x, y] = [0, 0];
  const within = (place: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, place));
  return {
    move: (dx, dy) => {
      [x, y] = [within(x + dx), within(y + dy)];
    },
    x: () => x,
    y: () => y,
    settle: () => {
      if (Math.abs(x) > SETTLE_BEYOND || Math.abs(y) > SETTLE_BEYOND) [x, y] = [0, 0];
    },
  };
}
