// People in, an endless day at one machine out: sittings of the owner and now and then of somebody else, each of stretches of typing and of the
// mouse between changes of the application, with breaks. Pure but for the random numbers that are passed in.
import { drawWeighted } from '../agent/collect/typist-chance.ts';
import { ada } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import type { Random } from '../agent/learn/random.ts';
import type { SoakPerson } from './soak-people.ts';

const US_PER_S = 1e6;
/** A longer gap inside a stretch is cut to this: nobody is to wait for a recording. */
const LONGEST_GAP_US = 3 * US_PER_S;
const SITTING_S = [480, 1200] as const;
const BREAK_S = [40, 300] as const;
const MOUSE_S = [8, 40] as const;
const TYPING_S = [15, 60] as const;
const HANDS_S = [0.6, 2] as const;
const OWNER_SHARE = 0.85;

/** @param startUs microseconds since the epoch of the first event; later ones never lie before earlier ones */
export function* soakInput(
  people: readonly SoakPerson[],
  random: Random,
  startUs: number,
): Generator<InputEvent, never> {
  const [owner, ...others] = people.map((person) => ({ typing: reader(person.typing), mouse: reader(person.mouse) }));
  if (owner === undefined) throw new Error('nobody is there to use the machine');
  const between = ([low, high]: readonly [number, number]): number =>
    (low + random.uniform() * (high - low)) * US_PER_S;
  let atUs = startUs;
  let application = Object.keys(ada.applications)[0] ?? 'firefox';
  for (;;) {
    const stranger = others[random.int(Math.max(1, others.length))];
    const person = stranger === undefined || random.uniform() < OWNER_SHARE ? owner : stranger;
    const endUs = atUs + between(SITTING_S);
    while (atUs < endUs) {
      application = drawWeighted(ada.applications[application] ?? { [application]: 1 }, random);
      yield { type: 'app', ts: Math.round(atUs), app_name: application, event: 'focus' };
      for (const [read, span] of [
        [person.mouse, MOUSE_S],
        [person.typing, TYPING_S],
      ] as const) {
        atUs += between(HANDS_S);
        for (const event of read(Math.round(atUs), between(span))) {
          yield event;
          atUs = event.ts;
        }
      }
    }
    atUs += between(BREAK_S);
  }
}

/** Goes on where the last stretch ended, and begins anew at the end. */
function reader(events: readonly InputEvent[]): (fromUs: number, spanUs: number) => Generator<InputEvent, void> {
  let next = 0;
  return function* stretch(fromUs, spanUs) {
    let atUs = fromUs;
    let lastUs = events[next]?.ts;
    while (lastUs !== undefined && atUs < fromUs + spanUs) {
      const event = events[next];
      if (event === undefined) return;
      atUs += Math.min(LONGEST_GAP_US, Math.max(0, event.ts - lastUs));
      yield { ...event, ts: atUs };
      lastUs = event.ts;
      next += 1;
      if (next < events.length) continue;
      next = 0;
      return;
    }
  };
}
