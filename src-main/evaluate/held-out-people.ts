// One set of recordings in, for each of its people: what the product predicts of his error rates from his enrolment alone, and what they
// turn out to be, on his later recordings and against the other people.
import path from 'node:path';
import { graphCrowd } from '../agent/infer/graph-crowd.ts';
import { equalErrorRate, ratesAt } from '../agent/learn/error-rates.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { accuracyOf, THRESHOLD, type HeldOutWindow } from '../agent/learn/held-out-accuracy.ts';
import { heldOutMoves } from '../agent/learn/held-out-moves.ts';
import { WINDOW_KEYS } from '../agent/learn/held-out-typing.ts';
import { loadMousePrior } from '../agent/learn/mouse-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { smoothedEqualErrorRate } from '../agent/learn/smoothed-error.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector } from './detect-graphs.ts';
import { mouseDetector } from './detect-mouse.ts';
import type { Detector } from './detector.ts';
import { learnTyping } from './learn-typing.ts';
import { mouseActivityOf } from './mouse-windows.ts';
import type { Person } from './protocol.ts';
import type { WindowRule } from './protocol.ts';
import type { TestGroup, TestSet } from './test-groups.ts';

export interface PersonRates {
  readonly eer: number;
  readonly far: number;
  readonly frr: number;
}

export interface HeldOutPerson {
  readonly id: string;
  /** From his enrolment. */
  readonly windows: readonly HeldOutWindow[];
  readonly predicted: PersonRates;
  readonly measured: PersonRates & {
    /** The equal error rate as it is predicted, with his scores for a normal distribution. */
    readonly smoothed: number;
  };
  /** Trials of his own that the measured rates are from. */
  readonly trials: number;
}

const TYPING_RULE: WindowRule = {
  unit: 'keystrokes',
  sizes: [WINDOW_KEYS],
  max_gap_s: Number.POSITIVE_INFINITY,
  across_files: true,
};
const MOUSE_SECONDS = 15;

/** @param leastUnlike instead of what the product assumes of invented typists. */
export async function heldOutPeople({ protocol, groups }: TestSet, leastUnlike?: number): Promise<HeldOutPerson[]> {
  const found: HeldOutPerson[] = [];
  for (const group of groups) {
    const typing = protocol.modality === 'keystroke';
    const heldOut = typing ? await typingOf(group, leastUnlike) : await movesOf(group);
    const scores = typing
      ? await scoresOf(group, graphDetector(await priorOf(group)), TYPING_RULE, WINDOW_KEYS)
      : await scoresOf(group, mouseDetector(await loadMousePrior(group.modelsDir)), protocol.window, MOUSE_SECONDS);
    found.push(...group.people.flatMap(({ id }, i) => personOf(id, heldOut[i] ?? [], scores[i]) ?? []));
  }
  return found;
}

interface Scores {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const priorOf = ({ modelsDir }: TestGroup) => loadGraphPrior(path.resolve(modelsDir));

async function typingOf(group: TestGroup, leastUnlike?: number): Promise<(readonly HeldOutWindow[])[]> {
  const prior = await priorOf(group);
  const crowd = graphCrowd(prior);
  const all: (readonly HeldOutWindow[])[] = [];
  for (const { enrol: recordings } of group.people) {
    let last: readonly HeldOutWindow[] = [];
    const told = ({ windows }: { readonly windows: readonly HeldOutWindow[] }): void => {
      last = windows;
    };
    const choice = leastUnlike === undefined ? {} : { leastUnlike };
    await learnTyping({ prior, crowd, recordings, everyKeys: Number.POSITIVE_INFINITY, told, ...choice });
    all.push(last);
  }
  return all;
}

async function movesOf({ people, modelsDir }: TestGroup): Promise<(readonly HeldOutWindow[])[]> {
  const prior = (await loadMousePrior(modelsDir)).forSeconds(MOUSE_SECONDS);
  return people.map(({ enrol }) => {
    const { windows } = mouseActivityOf(enrol, prior.seconds, prior.seconds);
    return [...heldOutMoves(windows, prior, createRandom(1))];
  });
}

async function scoresOf<P>(
  { people }: TestGroup,
  detector: Detector<P>,
  rule: WindowRule,
  size: number,
): Promise<Scores[]> {
  const windows = people.map(({ genuine }: Person) => cutDecisionWindows(genuine, rule, size).map(detector.prepare));
  const all: Scores[] = [];
  for (const [i, { enrol }] of people.entries()) {
    const { score } = await detector.enrol(enrol, []);
    const said = windows.map((own) => own.map((window) => score(window) ?? THRESHOLD));
    all.push({ genuine: said[i] ?? [], impostor: said.filter((_, j) => j !== i).flat() });
  }
  return all;
}

/** Null where there is too little of him to predict from or to measure. */
function personOf(id: string, windows: readonly HeldOutWindow[], scores: Scores | undefined): HeldOutPerson | null {
  const accuracy = accuracyOf(windows, '');
  if (accuracy === null || scores === undefined || scores.genuine.length === 0) return null;
  const { genuine, impostor } = scores;
  const { far, frr } = ratesAt(genuine, impostor, THRESHOLD);
  const smoothed = smoothedEqualErrorRate(genuine, impostor);
  return {
    ...{ id, windows, trials: genuine.length },
    predicted: { eer: accuracy.eer.value, far: accuracy.far.value, frr: accuracy.frr.value },
    measured: { eer: equalErrorRate(genuine, impostor), far, frr, smoothed },
  };
}
