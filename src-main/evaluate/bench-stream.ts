// The synthetic typist's work, as the benchmark feeds it: all of it, or one kind of event without the pauses for the others.
import { ada, inventEvents } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';

/** 2023-11-14 22:13:20 UTC, on the hop grid; the benchmark has a clock of its own. */
export const START_US = 1_700_000_000_000_000;
/** Long enough to end a stroke, short enough that no window is empty. */
const LONGEST_GAP_US = 1_000_000;

export const adaAtWork = (seed: number, startUs: number = START_US): Iterable<InputEvent> =>
  inventEvents(ada, createRandom(seed), startUs);

/** Somebody who does nothing else: longer gaps between two events are cut to a second. */
export function* withoutPauses(events: Iterable<InputEvent>, type: InputEvent['type']): Generator<InputEvent, void> {
  let cutUs = 0;
  let lastUs: number | null = null;
  for (const event of events) {
    if (event.type !== type) continue;
    if (lastUs !== null) cutUs += Math.max(0, event.ts - lastUs - LONGEST_GAP_US);
    lastUs = event.ts;
    yield { ...event, ts: event.ts - cutUs };
  }
}

/** @returns up to `count` of them, as an array */
export function take<T>(iterator: Iterator<T, unknown>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const { done, value } = iterator.next();
    if (done === true) return taken;
    taken.push(value);
  }
  return taken;
}
