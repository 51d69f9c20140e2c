// The times of a window and what is expected of the owner in, what stands out most in plain words out. Never names a key: times are
// put together by the fingers that make them.
import { KEY_CLASS, PAIR_CLASS } from '../features/graph-classes.ts';
import { HOLD } from '../features/graphs.ts';
import type { JudgedGraph, OwnerModel } from '../infer/owner-model.ts';
import { ownerWindow } from '../infer/owner-window.ts';
import { distanceInSd } from './strongest-reason.ts';

/** Below this a group of times explains nothing. */
const NOTABLE_SD = 1.5;
const LEAST_TIMES = 3;
const MOST_REASONS = 3;

const HAND = ['left', 'right'] as const;
const FIRST_RIGHT_FINGER = 4;

const HOLDS: Readonly<Record<number, string>> = {
  [KEY_CLASS.thumb]: 'hold times of the space bar',
  [KEY_CLASS.shiftLeft]: 'hold times of the left modifier keys',
  [KEY_CLASS.shiftRight]: 'hold times of the right modifier keys',
  [KEY_CLASS.enter]: 'hold times of the enter key',
  [KEY_CLASS.correction]: 'hold times of the correction key',
  [KEY_CLASS.other]: 'hold times of other keys',
};
const PAIRS: Readonly<Record<number, string>> = {
  [PAIR_CLASS.hands]: 'times from one hand to the other',
  [PAIR_CLASS.sameHand]: 'times from finger to finger of one hand',
  [PAIR_CLASS.sameFinger]: 'times between two keys of one finger',
  [PAIR_CLASS.sameKey]: 'times of a key struck twice',
  [PAIR_CLASS.toSpace]: 'times before a space',
  [PAIR_CLASS.fromSpace]: 'times after a space',
  [PAIR_CLASS.toCorrection]: 'times before a correction',
  [PAIR_CLASS.fromCorrection]: 'times after a correction',
  [PAIR_CLASS.corrections]: 'times between corrections',
};

export function groupOf({ type, kind }: JudgedGraph['belief']): string {
  if (type !== HOLD) return PAIRS[kind] ?? 'times between other keys';
  return HOLDS[kind] ?? `hold times of the ${HAND[kind < FIRST_RIGHT_FINGER ? 0 : 1]} hand`;
}

/** A group of times of the window: how far their mean lies from the owner's, in standard deviations of such a mean. */
export interface Standing {
  readonly words: string;
  readonly sd: number;
}

/** The groups that stand out, furthest first. */
export function standings(owner: OwnerModel, graphs: readonly JudgedGraph[]): readonly Standing[] {
  const groups = new Map<string, number[]>();
  for (const { belief, value } of graphs) {
    const { mean, variance } = owner.expects(belief);
    const words = groupOf(belief);
    const deviation = (value - mean) / Math.sqrt(variance);
    const group = groups.get(words);
    if (group === undefined) groups.set(words, [deviation]);
    else group.push(deviation);
  }
  return [...groups]
    .filter(([, deviations]) => deviations.length >= LEAST_TIMES)
    .map(([words, deviations]) => ({
      words,
      sd: deviations.reduce((sum, z) => sum + z, 0) / Math.sqrt(deviations.length),
    }))
    .toSorted((a, b) => Math.abs(b.sd) - Math.abs(a.sd));
}

/**
 * The strongest reasons, three at most: "hold times of the right hand 2.4 sd longer than yours, times after a space 1.9 sd shorter".
 * Each names times whose absence would lift the score; a test holds that against the scorer.
 * @param close how many of the times are close to the owner's, where that is known already
 */
export function graphReason(
  owner: OwnerModel,
  graphs: readonly JudgedGraph[],
  fits: boolean,
  close = closeOf(owner, graphs),
): string {
  if (fits) return `${close()} of ${graphs.length} measured times are close to yours`;
  const notable = standings(owner, graphs)
    .filter(({ sd }) => Math.abs(sd) >= NOTABLE_SD)
    .slice(0, MOST_REASONS);
  if (notable.length === 0) return 'many small differences from yours';
  return notable.map(inWords).join(', ');
}

const closeOf = (owner: OwnerModel, graphs: readonly JudgedGraph[]) => (): number => {
  const window = ownerWindow(owner);
  window.add(graphs);
  return window.close();
};

/** Whose times they are compared with is said once. */
function inWords({ words, sd }: Standing, index: number): string {
  const distance = distanceInSd(sd);
  return `${words} ${distance} sd ${sd > 0 ? 'longer' : 'shorter'}${index === 0 ? ' than yours' : ''}`;
}
