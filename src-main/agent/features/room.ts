// Lengths in, arrays out that are used again: what is needed for a moment only is not made anew each time. An array of more than eight
// numbers lies outside of the heap, where making it costs as much as filling it, and giving it back as much again.

/** @returns an array whose numbers are left from its last use; it is good until the room is asked again. */
export type Room = (length: number) => Float64Array;

/** More is seldom asked for, and would be kept for ever. */
const MOST_KEPT = 4096;

export function roomFor(): Room {
  let all = new Float64Array(64);
  return (length) => {
    if (length > MOST_KEPT) return new Float64Array(length);
    if (all.length < length) all = new Float64Array(Math.min(MOST_KEPT, 2 * length));
    return all.subarray(0, length);
  };
}
