// Enters: a typist, places on the screen and random numbers. Leaves: what the mouse does when.
import type { Random } from '../learn/random.ts';
import { drawMs, happens } from './typist-chance.ts';
import type { MouseHabits, TypistProfile } from './typist-profile.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `atMs` counts from the start of the plan; coordinates are whole pixels. */
export type MouseStep = Point & { readonly atMs: number } & (
    | { readonly event: 'move' }
    | { readonly event: 'press' | 'release'; readonly button: 'Left' | 'Right' }
    | { readonly event: 'scroll'; readonly scroll_delta: number }
  );

export interface MouseAct {
  readonly steps: readonly MouseStep[];
  readonly end: Point;
  readonly durationMs: number;
}

/** A common mouse: 125 reports a second. */
const POLL_MS = 8;

/**
 * One aimed movement: minimum jerk (Flash and Hogan 1985) along a bowed path in the time of Fitts's law, with tremor, and
 * a second, small movement back where it overshoots.
 * @returns moves only, at the places where the pixel changes
 */
export function moveMouse(profile: TypistProfile, from: Point, to: Point, random: Random): MouseAct {
  const { mouse } = profile;
  const targetPx = 20 + 50 * random.uniform();
  const first = stroke(mouse, from, to, targetPx, random);
  if (!happens(mouse.overshoots, random)) return first;
  const share = 1.04 + 0.08 * random.uniform();
  const past = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  const out = stroke(mouse, from, past, targetPx * 2, random);
  const back = stroke(mouse, out.end, to, targetPx / 2, random);
  return inTurn([out, wait(out.end, 40 + 80 * random.uniform()), back]);
}

function stroke(mouse: MouseHabits, from: Point, to: Point, targetPx: number, random: Random): MouseAct {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distancePx = Math.hypot(dx, dy);
  const planMs = mouse.fittsAMs + mouse.fittsBMs * Math.log2(distancePx / targetPx + 1);
  const durationMs = planMs * Math.exp(0.13 * random.normal());
  const bow = mouse.bow + 0.03 * random.normal();
  const phase = 2 * Math.PI * random.uniform();
  const steps: MouseStep[] = [];
  let last: Point = round(from);
  for (let atMs = POLL_MS * random.uniform(); atMs < durationMs; atMs += POLL_MS + 0.3 * random.normal()) {
    const t = (atMs / durationMs) ** mouse.skew;
    const along = t ** 3 * (10 - 15 * t + 6 * t ** 2);
    const aside = bow * Math.sin(Math.PI * along);
    const shake = mouse.tremorPx * Math.sin(2 * Math.PI * mouse.tremorHz * (atMs / 1000) + phase);
    const at = round({
      x: from.x + dx * along - dy * aside + shake + 0.3 * mouse.tremorPx * random.normal(),
      y: from.y + dy * along + dx * aside + shake + 0.3 * mouse.tremorPx * random.normal(),
    });
    if (at.x !== last.x || at.y !== last.y) steps.push({ ...at, atMs, event: 'move' });
    last = at;
  }
  return { steps, end: last, durationMs };
}

/** A movement to some place on the screen and what the person does there: click, double click, drag, scroll. */
export function useMouse(profile: TypistProfile, from: Point, screen: Point, random: Random): MouseAct {
  const { mouse } = profile;
  const there = moveMouse(profile, from, somewhere(screen, random), random);
  const pause = wait(there.end, drawMs(mouse.beforeClickMs, random));
  if (happens(mouse.scrolls, random)) return inTurn([there, pause, scroll(mouse, there.end, random)]);
  if (happens(mouse.drags, random)) {
    const { end } = there;
    const dragged = moveMouse(profile, end, nearby(end, screen, random), random);
    const down: MouseAct = { ...wait(end, 60), steps: [{ ...end, atMs: 0, event: 'press', button: 'Left' }] };
    const up: MouseAct = {
      ...wait(dragged.end, 40),
      steps: [{ ...dragged.end, atMs: 40, event: 'release', button: 'Left' }],
    };
    return inTurn([there, pause, down, dragged, up]);
  }
  const button = happens(mouse.rightClicks, random) ? 'Right' : 'Left';
  const once = click(mouse, there.end, button, random);
  if (button === 'Right' || !happens(mouse.doubleClicks, random)) return inTurn([there, pause, once]);
  const gap = wait(there.end, drawMs(mouse.doubleGapMs, random));
  return inTurn([there, pause, once, gap, click(mouse, there.end, 'Left', random)]);
}

function click(mouse: MouseHabits, at: Point, button: 'Left' | 'Right', random: Random): MouseAct {
  const holdMs = drawMs(mouse.clickMs, random);
  return {
    steps: [
      { ...at, atMs: 0, event: 'press', button },
      { ...at, atMs: holdMs, event: 'release', button },
    ],
    end: at,
    durationMs: holdMs,
  };
}

function scroll(mouse: MouseHabits, at: Point, random: Random): MouseAct {
  const scroll_delta = happens(0.8, random) ? -1 : 1;
  const steps: MouseStep[] = [];
  let atMs = 0;
  for (let left = 1 + random.int(2 * mouse.scrollSteps); left > 0; left -= 1) {
    steps.push({ ...at, atMs, event: 'scroll', scroll_delta });
    atMs += drawMs(mouse.scrollGapMs, random);
  }
  return { steps, end: at, durationMs: atMs };
}

const wait = (at: Point, durationMs: number): MouseAct => ({ steps: [], end: at, durationMs });

/** Joins acts, each beginning when the one before it is over. */
export function inTurn(acts: readonly MouseAct[]): MouseAct {
  let startMs = 0;
  const steps: MouseStep[] = [];
  for (const act of acts) {
    for (const step of act.steps) steps.push({ ...step, atMs: step.atMs + startMs });
    startMs += act.durationMs;
  }
  return { steps, end: acts.at(-1)?.end ?? { x: 0, y: 0 }, durationMs: startMs };
}

const EDGE_PX = 40;

function somewhere(screen: Point, random: Random): Point {
  return {
    x: EDGE_PX + random.uniform() * (screen.x - 2 * EDGE_PX),
    y: EDGE_PX + random.uniform() * (screen.y - 2 * EDGE_PX),
  };
}

function nearby(at: Point, screen: Point, random: Random): Point {
  const clamp = (value: number, end: number): number => Math.min(end - EDGE_PX, Math.max(EDGE_PX, value));
  return { x: clamp(at.x + 120 * random.normal(), screen.x), y: clamp(at.y + 60 * random.normal(), screen.y) };
}

const round = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
