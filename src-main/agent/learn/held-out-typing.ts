// What is typed in, stretch by stretch and before anything is learned from it; out: how a model that does not know it scores it, and
// the same as invented people would have typed it. Each stretch stays in memory, at most 50 keystrokes and those under way, until it is
// scored; what leaves is numbers. Forward in time, as the model is used (prequential: A. P. Dawid, J. Royal Statistical Society A 147,
// 1984), so that the change from one hour to the next is in the result.
import type { Chores } from '../chores.ts';
import { GRAPH_TYPES, type GraphInstance } from '../features/graphs.ts';
import type { GraphCrowd } from '../infer/graph-crowd.ts';
import { addCrowd, crowdTally } from '../infer/crowd-tally.ts';
import { graphRatio, graphScore, ownerSums } from '../infer/graph-score.ts';
import { judged, type JudgedGraph, type OwnerModel } from '../infer/owner-model.ts';
import type { GraphPrior } from './graph-prior.ts';
import type { HeldOutWindow } from './held-out-accuracy.ts';
import { inventedTypists, type InventedTypists } from './invented-typing.ts';
import type { Random } from './random.ts';

/** What is judged at a time. */
export const WINDOW_KEYS = 50;

export interface MeasuredModel {
  readonly owner: OwnerModel;
  /** Keystrokes that it was learned from. */
  readonly strokes: number;
}

export interface HeldOutTypingParts {
  readonly prior: GraphPrior;
  /** Whom the product scores against. */
  readonly crowd: () => GraphCrowd;
  readonly chores: Chores;
  /** Draws the people; not what chooses what is learned, so that measuring changes nothing. */
  readonly people: Random;
  /** For choosing it; LEAST_UNLIKE where left out. */
  readonly leastUnlike?: number;
  /** To be measured; asked for before each stretch. null while too little is known for any. */
  readonly model: () => MeasuredModel | null;
  /** How many people type each stretch. */
  readonly impostors: () => number;
  /** @param confirmed whether all of it was. */
  readonly measured: (window: HeldOutWindow, confirmed: boolean) => void;
}

export interface HeldOutTyping {
  /** In order, each once. */
  readonly add: (
    typed: { readonly keys: number; readonly instances: readonly GraphInstance[] },
    confirmed: boolean,
  ) => void;
  /** The stretch under way is given up: what comes next does not follow it. */
  readonly cut: () => void;
  /** And what is being scored is not told any more. */
  readonly drop: () => void;
}

interface Stretch {
  readonly model: MeasuredModel;
  readonly graphs: JudgedGraph[];
  keys: number;
  confirmed: boolean;
}

export function heldOutTyping(parts: HeldOutTypingParts): HeldOutTyping {
  const { prior, chores } = parts;
  let stretch: Stretch | null = null;
  let wanted: ReadonlySet<Stretch> = new Set();

  /**
   * Adds the pieces of work that score a stretch: one to make it, one for each type of time against the crowd, and one for the score.
   * Together they would hold up a tick.
   */
  function scoreIn(
    add: (piece: () => void) => void,
    { model, keys }: Stretch,
    typed: () => readonly JudgedGraph[],
    scored: (score: number | null) => void,
  ): void {
    let graphs: readonly JudgedGraph[] = [];
    let tally = crowdTally(0);
    add(() => {
      graphs = typed();
      tally = crowdTally(parts.crowd().people);
    });
    for (const type of GRAPH_TYPES.keys())
      add(() =>
        addCrowd(
          tally,
          parts.crowd(),
          graphs.filter(({ belief }) => belief.type === type),
        ),
      );
    add(() => {
      const raw = graphScore(model.owner, ownerSums(model.owner.sitting(), graphs), tally, keys);
      scored(raw === null ? null : rounded(graphRatio(prior.file.calibration, raw, keys)));
    });
  }

  function measure(one: Stretch): void {
    const { graphs, model, confirmed } = one;
    const count = parts.impostors();
    const seed = parts.people.int(2 ** 31);
    const impostors: number[] = [];
    let typists: InventedTypists | null = null;
    const whileWanted = (work: () => void): void =>
      chores.add(() => {
        if (wanted.has(one)) work();
      });
    wanted = new Set([...wanted, one]);
    for (let person = 0; person < count; person += 1) {
      const typeIt = (): readonly JudgedGraph[] => {
        typists ??= inventedTypists(prior, count, seed, parts.leastUnlike);
        return typists.typing(person, graphs, model.owner);
      };
      scoreIn(whileWanted, one, typeIt, (score) => impostors.push(...[score].filter((x) => x !== null)));
    }
    scoreIn(
      whileWanted,
      one,
      () => graphs,
      (genuine) => {
        wanted = new Set([...wanted].filter((other) => other !== one));
        if (genuine !== null) parts.measured({ learned: model.strokes, genuine, impostors }, confirmed);
      },
    );
  }

  return {
    add: ({ keys, instances }, confirmed) => {
      if (stretch === null) {
        const model = parts.model();
        if (model === null) return;
        stretch = { model, graphs: [], keys: 0, confirmed: true };
      }
      stretch.keys += keys;
      stretch.confirmed &&= confirmed;
      for (const instance of instances) stretch.graphs.push(judged(prior, instance));
      if (stretch.keys < WINDOW_KEYS) return;
      measure(stretch);
      stretch = null;
    },
    cut: () => {
      stretch = null;
    },
    drop: () => {
      stretch = null;
      wanted = new Set();
    },
  };
}

const rounded = (x: number): number => Math.round(100 * x) / 100;
