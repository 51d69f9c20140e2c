// The stretch of time that the page History shows. In: the chosen range, the chosen moment, the present. Out: from when to when.

const HOUR_MS = 60 * 60_000;

/** In order of length. */
export const RANGES = [
  { name: 'hour', button: '1 h', title: 'last hour', lengthMs: HOUR_MS },
  { name: 'day', button: '24 h', title: 'last 24 hours', lengthMs: 24 * HOUR_MS },
  { name: 'week', button: '7 d', title: 'last 7 days', lengthMs: 7 * 24 * HOUR_MS },
  { name: 'month', button: '30 d', title: 'last 30 days', lengthMs: 30 * 24 * HOUR_MS },
] as const;
export type Range = (typeof RANGES)[number];
export type RangeName = Range['name'];

export const rangeOf = (name: RangeName): Range => RANGES.find((range) => range.name === name) ?? RANGES[0];

/** What is looked at. */
export interface Look {
  readonly range: RangeName;
  /** The end; null: the present, and on with it. */
  readonly toMs: number | null;
}

const DEFAULT_LOOK: Look = { range: 'day', toMs: null };

/** The look that a moment asks for: the shortest range up to the present that holds it, else a day around it. */
export function lookAt(atMs: number | null, nowMs: number): Look {
  if (atMs === null) return DEFAULT_LOOK;
  const range = RANGES.find(({ lengthMs }) => nowMs - atMs <= lengthMs * 0.98);
  return range === undefined
    ? { range: 'day', toMs: atMs + rangeOf('day').lengthMs / 2 }
    : { range: range.name, toMs: null };
}

/** A moment from the future, by the agent's clock, is held by every range that ends now: there is nothing later to show. */
export const holds = ({ range, toMs }: Look, atMs: number, nowMs: number): boolean =>
  atMs > (toMs ?? nowMs) - rangeOf(range).lengthMs && atMs <= (toMs ?? Infinity);

/** The look stays while it holds the chosen moment. */
export const fittingLook = (look: Look, atMs: number | null, nowMs: number): Look =>
  atMs === null || holds(look, atMs, nowMs) ? look : lookAt(atMs, nowMs);
