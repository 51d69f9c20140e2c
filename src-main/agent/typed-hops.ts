// Keystrokes enter, one at a time; what was typed leaves at a tick, hop by hop where the tick stands for several: times of keys and pairs of keys,
// in the order in which they became known.
import type { KeystrokeEvent } from './events.ts';
import { graphStream, type GraphInstance } from './features/graphs.ts';
import type { Typed } from './graph-window.ts';

export interface TypedHops {
  readonly accept: (event: KeystrokeEvent) => void;
  /** What was typed since the last tick, in so many hops at most, oldest first; what a short tick finds of two is one to it. */
  readonly take: (nowUs: number, hops: number) => readonly Typed[];
  /** Keystrokes since the last tick. */
  readonly keys: () => number;
  /** What comes next has nothing to do with what came before. */
  readonly clear: () => void;
}

/**
 * Nobody types twenty-five keys a second for long: what comes beyond that is a machine's, and scoring each of its times against a thousand
 * people would stop the agent. The watch for injected input sees all of it.
 */
const MOST_STROKES_A_HOP = 500;

export function typedHops(hopUs: number): TypedHops {
  const stream = graphStream();
  let fresh: GraphInstance[] = [];
  let counted = 0;
  /** Each with the end of the hop that it was typed in. */
  let cut: Typed[] = [];
  let hop = 0;

  const inHop = (): number => Math.min(MOST_STROKES_A_HOP, stream.strokes() - counted);
  const cutHop = (): void => {
    const keys = inHop();
    if (keys > 0 || fresh.length > 0) cut.push({ atUs: (hop + 1) * hopUs, keys, instances: fresh });
    [counted, fresh] = [stream.strokes(), []];
  };
  return {
    accept: (event) => {
      const now = Math.floor(event.ts / hopUs);
      if (now !== hop) cutHop();
      hop = now;
      const times = stream.accept(event);
      if (stream.strokes() - counted <= MOST_STROKES_A_HOP) fresh.push(...times);
    },
    take: (nowUs, hops) => {
      cutHop();
      const older = cut.splice(0, Math.max(0, cut.length - hops + 1));
      const all = [...(older.length === 0 ? [] : [merged(older)]), ...cut];
      cut = [];
      return all.map((typed) => ({ ...typed, atUs: hops === 1 ? nowUs : Math.min(nowUs, typed.atUs) }));
    },
    keys: () => keysOf(cut) + inHop(),
    clear: () => {
      stream.cut();
      [fresh, cut] = [[], []];
      counted = stream.strokes();
    },
  };
}

export const keysOf = (typed: readonly Pick<Typed, 'keys'>[]): number => typed.reduce((sum, { keys }) => sum + keys, 0);

const merged = (typed: readonly Typed[]): Typed => ({
  atUs: typed.at(-1)?.atUs ?? 0,
  keys: keysOf(typed),
  instances: typed.flatMap(({ instances }) => instances),
});
