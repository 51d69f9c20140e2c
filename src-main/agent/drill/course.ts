// The course of an impostor drill. Enter: its beginning, ticks of the pipeline with what was typed until then, its end. Leaves: which
// alarms came when, and how low trust fell. Pure.
import { STATES, type Drill, type Modality, type State } from '../../../src-preload/contract.ts';
import type { Tick } from '../pipeline.ts';

/** doubted: trust fell before the colleague had begun. unscored: the models were forgotten or turned off. */
export type DrillEnd =
  'time' | 'lockdown' | 'user' | 'locked' | 'paused' | 'asleep' | 'unscored' | 'doubted' | 'stopped';

/** What a drill can tell on this machine, as it stands at its beginning. */
export interface DrillGround {
  /** Whether typing is judged: without that no count of keystrokes means anything. */
  readonly typing: boolean;
  /** Keystrokes within half a minute that a score needs. */
  readonly need: number;
  /** Whether typing or the mouse is known as well as a full enrolment makes it. */
  readonly mature: boolean;
}

export interface Course {
  readonly ground: DrillGround;
  readonly startedMs: number;
  readonly untilMs: number;
  readonly ended: { readonly atMs: number; readonly by: DrillEnd } | null;
  readonly keystrokes: number;
  readonly lowestTrust: number | null;
  /** Each worse than the one before. */
  readonly alarms: Drill['alarms'];
  /** Points of trust that each modality moved since the start. */
  readonly moved: ReadonlyMap<Modality, number>;
  /** What took trust away until the first alarm, the worst first. */
  readonly blamed: readonly Modality[];
  /** As the last tick left it. */
  readonly state: State;
}

/** @param startedMs may lie ahead: the keyboard has to be handed over */
export const beginning = (startedMs: number, minutes: number, ground: DrillGround): Course => ({
  ...{ ground, startedMs, untilMs: startedMs + Math.round(minutes * 60_000), ended: null },
  ...{ keystrokes: 0, lowestTrust: null, alarms: [], moved: new Map(), blamed: [], state: 'NORMAL' },
});

export const isOver = ({ ended }: Course): boolean => ended !== null;

/** Nothing is added to a drill that is over. */
export function ending(course: Course, atMs: number, by: DrillEnd): Course {
  return isOver(course) ? course : { ...course, ended: { atMs, by } };
}

/** @param keystrokes since the start */
export function typed(course: Course, keystrokes: number): Course {
  return isOver(course) ? course : { ...course, keystrokes };
}

/** The last tick of a drill comes at its end or shortly after, with the evidence of the last seconds in it. */
export function ticked(course: Course, tick: Tick): Course {
  const { atMs, trust, state } = tick.point;
  if (isOver(course)) return course;
  if (trust === null) return ending(course, atMs, 'unscored');
  if (atMs < course.startedMs) return state === 'NORMAL' ? course : ending(course, atMs, 'doubted');
  const judged = withAlarm({ ...course, moved: movedBy(course, tick), state }, tick);
  const next = { ...judged, lowestTrust: Math.min(trust, course.lowestTrust ?? trust) };
  if (state === 'LOCKDOWN') return ending(next, atMs, 'lockdown');
  return atMs >= course.untilMs ? ending(next, course.untilMs, 'time') : next;
}

function movedBy({ moved }: Course, { scores }: Tick): Course['moved'] {
  const sums = new Map(moved);
  for (const [modality, { points }] of scores) sums.set(modality, (sums.get(modality) ?? 0) + points);
  return sums;
}

function withAlarm(course: Course, { decision }: Tick): Course {
  if (decision === null) return course;
  const { to, atMs, reason } = decision;
  const worst = course.alarms.at(-1)?.state ?? 'NORMAL';
  if (rank(to) <= rank(worst)) return course;
  const seconds = Math.round((atMs - course.startedMs) / 1000);
  const blamed = course.alarms.length === 0 ? blamedOf(course.moved) : course.blamed;
  return {
    ...course,
    blamed,
    alarms: [...course.alarms, { state: to, seconds, keystrokes: course.keystrokes, reason }],
  };
}

const rank = (state: State): number => STATES.indexOf(state);

/** Whoever took less than this share of what the worst took is not worth naming. */
const WORTH_NAMING = 0.25;

function blamedOf(moved: Course['moved']): readonly Modality[] {
  const worst = Math.min(0, ...moved.values());
  return [...moved]
    .filter(([, points]) => points < 0 && points <= WORTH_NAMING * worst)
    .toSorted(([, a], [, b]) => a - b)
    .map(([modality]) => modality);
}
