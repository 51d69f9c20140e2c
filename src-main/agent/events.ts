// What enters the agent: input events from collectors, recordings and POST /ingest. What leaves: the same, checked.
// The format is that of recordings: one JSON object an event, `ts` in integer microseconds since the Unix epoch.
import * as v from 'valibot';

const ts = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const coordinate = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const keystroke = v.object({
  type: v.literal('keystroke'),
  ts,
  /** A printable key is its character in lower case; every other key has an X11-like name (`Shift_L`, `BackSpace`). */
  key: name,
  event: v.picklist(['press', 'release']),
});
const mouseMove = v.object({ type: v.literal('mouse'), ts, x: coordinate, y: coordinate, event: v.literal('move') });
const mouseButton = v.object({
  type: v.literal('mouse'),
  ts,
  x: coordinate,
  y: coordinate,
  event: v.picklist(['press', 'release']),
  button: v.picklist(['Left', 'Right', 'Middle']),
});
const mouseScroll = v.object({
  type: v.literal('mouse'),
  ts,
  x: coordinate,
  y: coordinate,
  event: v.literal('scroll'),
  /** -1 down, 1 up; larger steps where the wheel gives them. */
  scroll_delta: v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000)),
});
const appFocus = v.object({ type: v.literal('app'), ts, app_name: name, event: v.literal('focus') });

const mouse = v.variant('event', [mouseMove, mouseButton, mouseScroll]);
export const inputEvent = v.variant('type', [keystroke, mouse, appFocus]);

export type KeystrokeEvent = v.InferOutput<typeof keystroke>;
export type MouseEvent = v.InferOutput<typeof mouse>;
export type AppEvent = v.InferOutput<typeof appFocus>;
export type InputEvent = v.InferOutput<typeof inputEvent>;

export type Parsed =
  { readonly ok: true; readonly event: InputEvent } | { readonly ok: false; readonly reason: string };

/** How far ahead of the clock an event may be before it is refused, in microseconds. */
export const FUTURE_TOLERANCE_US = 5_000_000;

/**
 * Checks one event of unknown origin.
 * @param nowUs the clock in microseconds; events more than {@link FUTURE_TOLERANCE_US} ahead of it are refused.
 *   Leave it out for recordings, whose clock is their own.
 * @returns the event, or the reason for refusing it. The reason never repeats a key, a name or any other content.
 */
export function parseEvent(value: unknown, nowUs?: number): Parsed {
  const result = v.safeParse(inputEvent, value);
  if (!result.success) return { ok: false, reason: reasonOf(result.issues[0]) };
  if (nowUs !== undefined && result.output.ts > nowUs + FUTURE_TOLERANCE_US) {
    return { ok: false, reason: futureReason(result.output.ts - nowUs) };
  }
  return { ok: true, event: result.output };
}

export const futureReason = (aheadUs: number): string => `"ts" lies ${Math.round(aheadUs / 1e6)} s in the future`;

/** Reads one line of a recording. */
export function parseEventLine(line: string, nowUs?: number): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, reason: 'not a JSON object' };
  }
  return parseEvent(value, nowUs);
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  // `received` would repeat what was typed, so only the kind of value is named.
  const got = issue.input === undefined ? 'missing' : `not accepted (a ${typeof issue.input})`;
  return path === null ? 'not an event object' : `"${path}" is ${got}, expected ${issue.expected ?? issue.type}`;
}
