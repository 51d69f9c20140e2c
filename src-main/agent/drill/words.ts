// What an impostor drill says: why there can be none, how it stands, what came of it and what to do. Pure.
import { CARRIES, type Drill, type Snapshot } from '../../../src-preload/contract.ts';
import { listed } from '../act/sentence.ts';
import type { Course, DrillEnd } from './course.ts';

/** Why there can be no drill now, with what to do about it; null when there can. */
export function obstacleTo(snapshot: Snapshot, normal: number): string | null {
  const { state, trust, paused, screen, enrolment, modalities } = snapshot;
  if (paused !== null) return 'SecLyzer is paused. Resume it first.';
  if (screen === 'locked') return 'The screen is locked. Unlock it first.';
  if (!modalities.some(isJudged)) {
    if (state === 'LEARNING') return `SecLyzer does not know you yet: ${enrolment.sentence}`;
    return 'Neither typing nor the mouse is judged at the moment. The page Now, or seclyzer status, tells why.';
  }
  if (state === 'LEARNING' || trust === null)
    return 'SecLyzer does not know you yet. Work as usual until there is a trust score.';
  if (state === 'NORMAL' && trust >= normal) return null;
  const now = `Trust is ${Math.floor(trust)} of 100, and below ${normal} there is an alarm as it is.`;
  const what =
    state === 'NORMAL' ? now : `The state is ${state.toLowerCase()}, with trust at ${Math.floor(trust)} of 100.`;
  return `${what} Lock the screen and unlock it, which restores trust; then start the drill anew.`;
}

/** Anything but typing and the mouse tells too little by itself. */
export const isJudged = ({ modality, status }: Snapshot['modalities'][number]): boolean =>
  CARRIES[modality] && (status === 'waiting' || status === 'scoring');

/** As it crosses to the dashboard. */
export function drillView(course: Course, nowMs: number): Drill {
  const { startedMs, untilMs, ended, keystrokes, lowestTrust, alarms } = course;
  const common = { startedMs, untilMs, keystrokes, lowestTrust, alarms };
  return { ...common, endedMs: ended?.atMs ?? null, sentence: sentenceOf(course, nowMs) };
}

function sentenceOf(course: Course, nowMs: number): string {
  const { ended, startedMs } = course;
  if (ended === null && nowMs < startedMs) return 'Hand the keyboard over now.';
  if (ended === null) return course.alarms.length > 0 ? headline(course, nowMs) : 'Not noticed so far.';
  if (ended.atMs < startedMs) return BEFORE_IT_BEGAN[ended.by] ?? BEFORE_IT_BEGAN.user;
  return [EARLY[ended.by], headline(course, ended.atMs), ...advice(course), AFTERWARDS]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

const EARLY = {
  time: null,
  lockdown: null,
  user: 'Ended early.',
  locked: 'The screen was locked, which ended the drill.',
  paused: 'SecLyzer was paused, which ended the drill.',
  asleep: 'The machine went to sleep, which ended the drill.',
  unscored: 'There is no score any more, which ended the drill.',
  doubted: null,
  stopped: 'SecLyzer has stopped, which ended the drill.',
} as const satisfies Record<DrillEnd, string | null>;

const BEFORE_IT_BEGAN: { readonly user: string } & Readonly<Partial<Record<DrillEnd, string>>> = {
  user: 'No drill: it was ended before it began.',
  doubted:
    'No drill: trust fell before it began. Lock the screen and unlock it, which restores trust; then start the drill anew.',
};

const AFTERWARDS = 'Nothing was learned meanwhile.';

function headline(course: Course, nowMs: number): string {
  const { alarms, startedMs, ground } = course;
  const [first] = alarms;
  const withKeys = (keystrokes: number): string => (ground.typing ? ` and ${keystrokesText(keystrokes)}` : '');
  if (first === undefined)
    return `Not noticed in ${durationText((nowMs - startedMs) / 1000)}${withKeys(course.keystrokes)}.`;
  const why = course.blamed.length === 0 ? '' : `: ${didNotFit(course)}`;
  return `Noticed after ${durationText(first.seconds)}${withKeys(first.keystrokes)}${why}.`;
}

const didNotFit = ({ blamed }: Course): string => `${listed(blamed)} did not fit`;

/** What to do now. */
function advice({ alarms, state, ground, keystrokes, ended }: Course): readonly string[] {
  if (ended?.by === 'unscored') return [];
  if (alarms.length > 0) return state === 'NORMAL' ? [] : [LOW_FOR_NOW];
  if (!ground.typing)
    return [TAKEN_FOR_YOU, 'Typing tells the most, and it is not judged here: see the page Now for why.'];
  if (keystrokes < ground.need)
    return [`So little tells nothing about typing: a score needs ${ground.need} keystrokes within half a minute.`];
  if (!ground.mature)
    return [
      TAKEN_FOR_YOU,
      'It has not seen enough of you for a full enrolment: try again when the page You says mature.',
    ];
  return [
    TAKEN_FOR_YOU,
    'Try a longer drill, or raise the thresholds in Settings: more is noticed then, and you are disturbed more often.',
  ];
}

const TAKEN_FOR_YOU = 'SecLyzer took your colleague for you.';
const LOW_FOR_NOW =
  'Trust stays low until you unlock the screen with your password, or have typed on for a while yourself.';

export const keystrokesText = (keystrokes: number): string =>
  keystrokes === 1 ? '1 keystroke' : `${keystrokes} keystrokes`;

/** `40 s`, `2 min`, `2 min 5 s`. */
export function durationText(exactSeconds: number): string {
  const seconds = Math.max(0, Math.round(exactSeconds));
  if (seconds < 120 && seconds % 60 !== 0) return `${seconds} s`;
  if (seconds === 0) return '0 s';
  const rest = seconds % 60 === 0 ? '' : ` ${seconds % 60} s`;
  return `${Math.floor(seconds / 60)} min${rest}`;
}
