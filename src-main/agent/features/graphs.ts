// Keystroke events enter one by one. Leaves: each measured time of a key or of a pair of successive keys, exactly once, as soon as
// both its ends are known. Nothing is kept but the keys that are down and the last stroke; no order of keys leaves.
import type { KeystrokeEvent } from '../events.ts';
import { keyClassOf, pairClassOf } from './graph-classes.ts';
import { classOf } from './key-classes.ts';
import { isModifier, MAX_HOLD_MS, MAX_LATENCY_MS } from './key-strokes.ts';

/** hold: press to release of a key. pp, rp, rr: press or release of a key to press or release of the next. */
export const GRAPH_TYPES = ['hold', 'pp', 'rp', 'rr'] as const;
/** Position in {@link GRAPH_TYPES}. */
export const HOLD = 0;
export const PRESSES = 1;
const [RP, RR] = [2, 3];

export interface GraphInstance {
  readonly type: number;
  /** The key, or the two keys as `first|second`. Looked up and then forgotten; only names of the shipped list are ever stored. */
  readonly graph: string;
  /** Which graphs are taken for alike while nothing is known of this one: `3`, `3,8` or `3,3=` (the same key twice). */
  readonly group: string;
  /** 0 to 13: class of the key (hold) or of the pair. */
  readonly kind: number;
  /** ln(offset + seconds), offset and bounds as in {@link SCALES}. */
  readonly value: number;
}

/**
 * Logarithms of times: a slow typist also varies more. The offset keeps clock ticks from looking large near zero, and lets the
 * times that may be negative have a logarithm. In seconds; chosen on the development recordings by cross-validation.
 */
const SCALES = [
  { offset: 0.03, low: 0.02, high: 0.6 },
  { offset: 0.03, low: 0.01, high: 1 },
  { offset: 0.3, low: -0.25, high: 1 },
  { offset: 0.05, low: 0, high: 1 },
] as const;

/** A hold beyond this is no keystroke of somebody who types. */
const LONGEST_HOLD_MS = 2000;
/** The longest wait before auto-repeat starts: 660 ms under X, 1 s under Windows. */
const MAX_REPEAT_WAIT_MS = 1000;
/** Ten fingers and a few lost releases; more keys than these are not waited for. */
const MOST_KEYS_DOWN = 24;

interface Stroke {
  readonly key: string;
  readonly pressUs: number;
  releaseUs: number | null;
  lastPressUs: number;
  /** The stroke after and the one before, while times of the pair are still to come. */
  next: Stroke | null;
  before: Stroke | null;
}

export interface GraphStream {
  /** @returns the times that this event completes, often none. */
  readonly accept: (event: KeystrokeEvent) => readonly GraphInstance[];
  /** Strokes so far; auto-repeat is none. */
  readonly strokes: () => number;
  /** No time is measured from what was before to what comes. */
  readonly cut: () => void;
}

export function graphStream(): GraphStream {
  const down = new Map<string, Stroke>();
  let last: Stroke | null = null;
  let repeating = '';
  let strokes = 0;

  const press = ({ ts, key }: KeystrokeEvent): GraphInstance[] => {
    const held = down.get(key);
    if (held !== undefined && repeating === key && ts - held.lastPressUs <= MAX_REPEAT_WAIT_MS * 1000) {
      held.lastPressUs = ts;
      return [];
    }
    if (held !== undefined) forget(down, held);
    dropLost(down, ts);
    const stroke: Stroke = { key, pressUs: ts, releaseUs: null, lastPressUs: ts, next: null, before: null };
    const complete = last === null ? [] : link(last, stroke);
    down.set(key, stroke);
    last = stroke;
    if (!isModifier(classOf(key).role)) repeating = key;
    strokes += 1;
    return complete;
  };
  return {
    accept: (event) => {
      if (event.event === 'press') return press(event);
      const stroke = down.get(event.key);
      down.delete(event.key);
      return stroke === undefined ? [] : release(stroke, event.ts);
    },
    strokes: () => strokes,
    cut: () => {
      for (const stroke of down.values()) forget(down, stroke);
      last = null;
      repeating = '';
    },
  };
}

/** The same for events that are all there already. */
export function graphsOf(events: readonly KeystrokeEvent[]): GraphInstance[] {
  const stream = graphStream();
  return events.flatMap((event) => stream.accept(event));
}

function link(first: Stroke, second: Stroke): GraphInstance[] {
  const latencyUs = second.pressUs - first.pressUs;
  if (latencyUs < 0 || latencyUs > MAX_LATENCY_MS * 1000) return [];
  const out = [pairInstance(PRESSES, first, second, latencyUs)];
  if (first.releaseUs !== null) out.push(pairInstance(RP, first, second, second.pressUs - first.releaseUs));
  first.next = second;
  second.before = first;
  return out;
}

function release(stroke: Stroke, ts: number): GraphInstance[] {
  const holdUs = ts - stroke.pressUs;
  if (holdUs < 0 || holdUs > MAX_HOLD_MS * 1000) {
    unlink(stroke);
    return [];
  }
  stroke.releaseUs = ts;
  const out: GraphInstance[] = [];
  if (holdUs > 0 && holdUs <= LONGEST_HOLD_MS * 1000) out.push(holdInstance(stroke.key, holdUs));
  const { next, before } = stroke;
  if (next !== null) {
    out.push(pairInstance(RP, stroke, next, next.pressUs - ts));
    if (next.releaseUs !== null) out.push(releases(stroke, next, next.releaseUs - ts));
  }
  if (before !== null && before.releaseUs !== null) out.push(releases(before, stroke, ts - before.releaseUs));
  return out;
}

/** The last time of a pair; afterwards neither stroke needs the other, so that no chain of strokes stays in memory. */
function releases(first: Stroke, second: Stroke, us: number): GraphInstance {
  first.next = null;
  second.before = null;
  return pairInstance(RR, first, second, us);
}

function unlink(stroke: Stroke): void {
  if (stroke.next !== null) stroke.next.before = null;
  if (stroke.before !== null) stroke.before.next = null;
  stroke.next = null;
  stroke.before = null;
}

function forget(down: Map<string, Stroke>, stroke: Stroke): void {
  down.delete(stroke.key);
  unlink(stroke);
}

/** Keys whose release is not coming any more. Keys are in the order of their presses. */
function dropLost(down: Map<string, Stroke>, nowUs: number): void {
  for (const stroke of down.values()) {
    const lost = nowUs - stroke.lastPressUs > MAX_HOLD_MS * 1000 || nowUs < stroke.pressUs;
    if (lost || down.size >= MOST_KEYS_DOWN) forget(down, stroke);
  }
}

/** Seconds of a value on the scale of its type, without what was cut off at the bounds. */
export const secondsOf = (type: number, value: number): number =>
  Math.exp(value) - (SCALES[type] ?? SCALES[HOLD]).offset;

function logarithm(type: number, us: number): number {
  const { offset, low, high } = SCALES[type] ?? SCALES[HOLD];
  return Math.log(offset + Math.min(high, Math.max(low, us / 1e6)));
}

function holdInstance(key: string, us: number): GraphInstance {
  const kind = keyClassOf(key);
  return { type: HOLD, graph: key, group: String(kind), kind, value: logarithm(HOLD, us) };
}

function pairInstance(type: number, { key: first }: Stroke, { key: second }: Stroke, us: number): GraphInstance {
  return {
    type,
    graph: `${first}${BETWEEN}${second}`,
    group: pairGroupOf(first, second),
    kind: pairClassOf(first, second),
    value: logarithm(type, us),
  };
}

const BETWEEN = '|';

/** The two keys of a pair's name. The key `|` itself may be either of them. */
export function keysOf(pair: string): readonly [first: string, second: string] {
  const middle = pair.indexOf(BETWEEN, 1);
  return [pair.slice(0, middle), pair.slice(middle + 1)];
}

/** The two key classes; a key twice is no pair like others of that finger. */
export const pairGroupOf = (first: string, second: string): string =>
  `${keyClassOf(first)},${keyClassOf(second)}${first === second ? '=' : ''}`;
