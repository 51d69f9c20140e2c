// Motions of devices in, and now and then the place where the pointer really is; out: where it was after each. Pure.
// Raw motions say how far a device has moved the pointer, not to where. Adding them up gives the same pixels as the server's own sum, as
// long as nothing else moves the pointer: a program that sets it, a wall between screens of different height, a window that keeps it in.
import type { XiSource } from './xi-devices.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Place {
  readonly x: number;
  readonly y: number;
}
/** What a device has sent; a coordinate that it has left out has not changed. */
export interface Motion {
  readonly source: XiSource;
  readonly x: number | undefined;
  readonly y: number | undefined;
}

export interface PointerPlace {
  /** null while it was never told. */
  readonly now: () => Place | null;
  /** Whole pixels after each of these motions, taken as they come. */
  readonly follow: (motions: readonly (Motion | null)[]) => readonly Place[];
  /**
   * The same, where the pointer is known to be at `truth` after the last one. Whatever moved it besides is taken to have done so before.
   * @returns `jumped`: it lay elsewhere than its devices have moved it
   */
  readonly followTo: (
    motions: readonly (Motion | null)[],
    truth: Place,
  ) => { readonly places: readonly Place[]; readonly jumped: boolean };
}

/** Fractions of a pixel that are not known, or a corner that was cut, make no more than this. */
const SAME_PX = 2;
const ALMOST_ONE = 1 - 2 ** -10;

type Reading = 'steps' | 'places';

export function createPointerPlace(screen: () => Size): PointerPlace {
  let at: Place | null = null;

  /** From `at` on, with what could be either read this way. */
  const walk = (from: Place, motions: readonly (Motion | null)[], either: Reading): Place[] => {
    const { width, height } = screen();
    let { x, y } = from;
    return motions.map((motion) => {
      if (motion !== null) {
        x = onAxis(motion, 'x', x, width, either);
        y = onAxis(motion, 'y', y, height, either);
      }
      return { x, y };
    });
  };
  const follow = (motions: readonly (Motion | null)[]): readonly Place[] => {
    if (at === null) return [];
    const places = walk(at, motions, 'steps');
    at = places.at(-1) ?? at;
    return places.map(whole);
  };

  return {
    now: () => (at === null ? null : whole(at)),
    follow,
    followTo: (motions, truth) => {
      const from = at ?? truth;
      const readings = motions.some((motion) => motion?.source.motion === 'either')
        ? (['steps', 'places'] as const)
        : (['steps'] as const);
      const walked = readings.map((reading) => walk(from, motions, reading));
      const off = (places: readonly Place[]): number => farthest(whole(places.at(-1) ?? from), truth);
      const places = walked.reduce((best, one) => (off(one) < off(best) ? one : best));
      const end = places.at(-1) ?? from;
      const jumped = at !== null && off(places) > SAME_PX;
      const [dx, dy] = jumped || at === null ? [truth.x - Math.floor(end.x), truth.y - Math.floor(end.y)] : [0, 0];
      at = { x: nearest(end.x + dx, truth.x), y: nearest(end.y + dy, truth.y) };
      const last = places.length - 1;
      return {
        places: places.map(({ x, y }, i) => (i === last ? truth : whole({ x: x + dx, y: y + dy }))),
        jumped,
      };
    },
  };
}

/** As the server does it: the far edge is the last whole pixel, and there the fraction is dropped (`miPointerSetPosition`). */
function onAxis(motion: Motion, axis: 'x' | 'y', from: number, size: number, either: Reading): number {
  const value = motion[axis];
  const { motion: kind } = motion.source;
  if (value === undefined) return from;
  if (typeof kind !== 'string') {
    const { min, max } = kind[axis];
    return within(((value - min) / (max + 1 - min)) * size, size);
  }
  return within(kind === 'either' && either === 'places' ? value : from + value, size);
}

const within = (value: number, size: number): number => (value < 0 ? 0 : value >= size ? size - 1 : value);
const whole = ({ x, y }: Place): Place => ({ x: Math.floor(x), y: Math.floor(y) });
const farthest = (a: Place, b: Place): number => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
/** The value next to what was added up that lies in this pixel. */
const nearest = (value: number, pixel: number): number => Math.min(pixel + ALMOST_ONE, Math.max(pixel, value));
