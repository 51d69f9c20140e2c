// Enters: where the window was, as its file has it, and the displays that are there now. Leaves: where it goes, never off screen.
import * as v from 'valibot';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In device-independent pixels. */
export interface WindowPlace {
  /** Of the window while it is not maximised. */
  readonly bounds: Area;
  readonly maximised: boolean;
}

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Without x and y the window manager chooses. */
export interface Placed extends WindowSize {
  readonly x?: number;
  readonly y?: number;
}

export const DEFAULT_SIZE: WindowSize = { width: 960, height: 680 };
export const MIN_SIZE: WindowSize = { width: 360, height: 480 };

/** So much of the window must have been on a display for it to go there again: less is what a display that is gone has left. */
const VISIBLE_PX = 64;

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const place = v.object({
  bounds: v.object({ x: pixels, y: pixels, width: length, height: length }),
  maximised: v.boolean(),
});

/** null when the text is not what `writePlace` made. */
export function readPlace(text: string): WindowPlace | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), place), text);
  return parsed.success ? parsed.output : null;
}

export const writePlace = (where: WindowPlace): string => `${JSON.stringify(where)}\n`;

/** @param workAreas of the displays that are there, without panels */
export function placeOn(workAreas: readonly Area[], bounds: Area): Placed {
  const [best] = workAreas
    .map((area) => ({ area, ...overlap(area, bounds) }))
    .toSorted((a, b) => b.width * b.height - a.width * a.height);
  if (best === undefined) return { width: bounds.width, height: bounds.height };
  const size = {
    width: within(bounds.width, MIN_SIZE.width, best.area.width),
    height: within(bounds.height, MIN_SIZE.height, best.area.height),
  };
  if (best.width < VISIBLE_PX || best.height < VISIBLE_PX) return size;
  return {
    ...size,
    x: within(bounds.x, best.area.x, best.area.x + best.area.width - size.width),
    y: within(bounds.y, best.area.y, best.area.y + best.area.height - size.height),
  };
}

function overlap(a: Area, b: Area): WindowSize {
  const length = (from: number, to: number): number => Math.max(0, to - from);
  return {
    width: length(Math.max(a.x, b.x), Math.min(a.x + a.width, b.x + b.width)),
    height: length(Math.max(a.y, b.y), Math.min(a.y + a.height, b.y + b.height)),
  };
}

/** The upper limit gives way where the two contradict, as on a display smaller than the smallest window. */
const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
