// Pairs button presses with releases. In: mouse events in time order. Out: clicks, drags and what led up to them, counted.
import type { MouseEvent } from '../events.ts';
import { length } from './distribution.ts';

/** The distance at which GTK begins a drag (`gtk-dnd-drag-threshold`). */
const DRAG_PX = 8;
const MAX_CLICK_MS = 1000;
const MAX_DRAG_MS = 10_000;
/** The double-click time of Windows; GTK's is 400 ms. */
const DOUBLE_CLICK_MS = 500;
const MAX_SETTLE_MS = 1000;

interface Instant {
  readonly ts: number;
  readonly x: number;
  readonly y: number;
}

interface Press extends Instant {
  moved: boolean;
}

interface Tally {
  /** Holds of presses released within 1 s and 8 px. */
  readonly clicksMs: number[];
  /** Of presses that moved 8 px or more, up to 10 s. */
  readonly dragsMs: number[];
  /** From press to press, up to 500 ms and 8 px apart, same button. */
  readonly doublesMs: number[];
  /** From the last movement to a press, up to 1 s. */
  readonly settlesMs: number[];
  presses: number;
  drags: number;
  right: number;
  middle: number;
}

/** A press without release is counted but has no length. */
export function tallyOf(events: readonly MouseEvent[]): Readonly<Tally> {
  const tally: Tally = {
    clicksMs: [],
    dragsMs: [],
    doublesMs: [],
    settlesMs: [],
    presses: 0,
    drags: 0,
    right: 0,
    middle: 0,
  };
  const down = new Map<string, Press>();
  const before = new Map<string, Press>();
  let lastMoveUs = Number.NaN;
  for (const event of events) {
    if (event.event === 'move') {
      lastMoveUs = event.ts;
      if (down.size > 0) for (const press of down.values()) press.moved ||= far(press, event);
    } else if (event.event === 'press') {
      const press = { ts: event.ts, x: event.x, y: event.y, moved: false };
      countPress(tally, event.button, press, before.get(event.button), lastMoveUs);
      down.set(event.button, press);
      before.set(event.button, press);
    } else if (event.event === 'release') {
      const press = down.get(event.button);
      down.delete(event.button);
      if (press !== undefined) countRelease(tally, press, event);
    }
  }
  return tally;
}

function countPress(tally: Tally, button: string, press: Press, before: Press | undefined, lastMoveUs: number): void {
  tally.presses += 1;
  if (button === 'Right') tally.right += 1;
  if (button === 'Middle') tally.middle += 1;
  const settleMs = (press.ts - lastMoveUs) / 1000;
  if (settleMs >= 0 && settleMs <= MAX_SETTLE_MS) tally.settlesMs.push(settleMs);
  if (before === undefined || far(before, press)) return;
  const sinceMs = (press.ts - before.ts) / 1000;
  if (sinceMs > 0 && sinceMs <= DOUBLE_CLICK_MS) tally.doublesMs.push(sinceMs);
}

function countRelease(tally: Tally, press: Press, release: Instant): void {
  const heldMs = (release.ts - press.ts) / 1000;
  const dragged = press.moved || far(press, release);
  if (dragged) tally.drags += 1;
  if (heldMs <= 0) return;
  if (dragged && heldMs <= MAX_DRAG_MS) tally.dragsMs.push(heldMs);
  if (!dragged && heldMs <= MAX_CLICK_MS) tally.clicksMs.push(heldMs);
}

const far = (from: Instant, to: Instant): boolean => length(to.x - from.x, to.y - from.y) >= DRAG_PX;
