// What an impostor drill says. Enters: what the agent shows, the report. Leaves: lines. Pure.
import { CARRIES, type Modality, type SettingsView, type Snapshot } from '../../src-preload/contract.ts';
import type { KeystrokeRange } from './drill-keystrokes.ts';
import type { DrillReport } from './drill-report.ts';
import { layOut } from './table.ts';
import { MODALITY_WORDS, SOURCE_WORDS } from './words.ts';

/** How a drill ended. */
export type DrillEnd = 'time' | 'lockdown' | 'interrupted' | 'locked' | 'paused' | 'stopped';

const ENDED = {
  time: null,
  lockdown: null,
  interrupted: 'You ended the drill early: this is what was seen until then.',
  locked: 'The screen was locked, which ended the drill: this is what was seen until then.',
  paused: 'SecLyzer was paused, which ended the drill: this is what was seen until then.',
  stopped: 'The agent has stopped, which ended the drill: this is what was seen until then.',
} as const satisfies Record<DrillEnd, string | null>;

/** Why there can be no drill now, with what to do about it; null when there can. */
export function obstacleTo(snapshot: Snapshot, normal: number): string | null {
  const { source, state, trust, paused, screen, enrolment, modalities } = snapshot;
  if (source === 'replay')
    return 'SecLyzer plays a recording, and does not see this keyboard. Start it without --replay.';
  if (paused !== null) return 'SecLyzer is paused. Resume it in its dashboard.';
  if (screen === 'locked') return 'The screen is locked. Unlock it first.';
  if (!modalities.some(isJudged)) {
    if (state === 'LEARNING') return `SecLyzer does not know you yet: ${enrolment.sentence} See: seclyzer enrol`;
    return 'Neither typing nor the mouse is judged at the moment. See why: seclyzer status';
  }
  if (state === 'LEARNING' || trust === null) return 'SecLyzer does not know you yet. See: seclyzer enrol';
  if (state === 'NORMAL' && trust >= normal) return null;
  const now = `Trust is ${Math.floor(trust)} of 100, and below ${normal} there is an alarm as it is.`;
  const what =
    state === 'NORMAL' ? now : `The state is ${state.toLowerCase()}, with trust at ${Math.floor(trust)} of 100.`;
  return `${what} Lock the screen and unlock it, which restores trust; then start the drill anew.`;
}

const isJudged = ({ modality, status }: Snapshot['modalities'][number]): boolean =>
  CARRIES[modality] && (status === 'waiting' || status === 'scoring');

/** What will happen, before it does. */
export function announcement(
  snapshot: Snapshot,
  { settings, abilities }: SettingsView,
  minutes: number,
): readonly string[] {
  const source = SOURCE_WORDS[snapshot.source];
  const judged = snapshot.modalities.filter(isJudged).map(({ modality }) => DEEDS[modality]);
  const locks = settings.lock.enabled && abilities.lock.available;
  return [
    ...(source === null ? [] : [source]),
    'Impostor drill: would SecLyzer notice somebody else at this keyboard?',
    `Let a colleague sit down now and work as they would at their own desk. Judged: ${list.format(judged)}.`,
    `It ends after ${durationOf(Math.round(minutes * 60))}, or as soon as the worst state, lockdown, is reached. Ctrl-C ends it early.`,
    'Alarms come as in earnest, notifications included if they are on.',
    locks
      ? 'You have turned locking on: 10 s after lockdown the screen may lock. Your password opens it, and restores trust.'
      : 'The screen stays open: locking is turned off, or not possible here.',
  ];
}

export function progressLine(leftS: number, snapshot: Snapshot, { keystrokes }: DrillReport): string {
  const trust = snapshot.trust === null ? '—' : String(Math.floor(snapshot.trust));
  const typed = keystrokes === null ? 'typing is not watched' : rangeOf(keystrokes);
  const clock = `${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, '0')}`;
  return `${clock} left   trust ${trust}   ${snapshot.state.toLowerCase()}   ${typed}`;
}

/** @param need keystrokes within half a minute that a score needs */
export function outcome(report: DrillReport, end: DrillEnd, need: number): readonly string[] {
  const { alarms, lowestTrust, reasons, keystrokes } = report;
  const early = ENDED[end];
  const rows = [
    ...alarms.map(({ state, seconds, keystrokes: typed }) => [
      capitalised(state.toLowerCase()),
      `after ${durationOf(seconds)}${typed === null ? '' : `, ${rangeOf(typed)}`}`,
    ]),
    ...(lowestTrust === null ? [] : [['Lowest trust', `${Math.floor(lowestTrust)} of 100`]]),
    ['Watched', `${durationOf(report.seconds)}${keystrokes === null ? '' : `, ${rangeOf(keystrokes)}`}`],
    ...reasons.map((reason, i) => [i === 0 ? 'Reasons' : '', reason]),
  ];
  return [
    ...(early === null ? [] : [early]),
    headline(report),
    '',
    ...layOut(rows),
    '',
    ...(report.noticed ? [] : tooLittle(keystrokes, need)),
    ...(spans(report) ? [SPANS] : []),
    ...aftermath(report),
  ];
}

function headline({ alarms, seconds, keystrokes }: DrillReport): string {
  const [first] = alarms;
  if (first === undefined) {
    const typed = keystrokes === null ? '' : ` and ${rangeOf(keystrokes)}`;
    return `Your colleague was not noticed in ${durationOf(seconds)}${typed}.`;
  }
  const typed = first.keystrokes === null ? '' : ` and ${rangeOf(first.keystrokes)}`;
  return `Your colleague was noticed after ${durationOf(first.seconds)}${typed}.`;
}

const tooLittle = (keystrokes: KeystrokeRange | null, need: number): readonly string[] =>
  keystrokes !== null && keystrokes.most < need
    ? [`So little tells nothing about typing: a score needs ${need} keystrokes within half a minute.`]
    : [];

const SPANS =
  'Where two numbers stand, the truth lies between them: keystrokes are counted once a second, and old ones that leave the count hide new ones.';
const spans = ({ alarms, keystrokes }: DrillReport): boolean =>
  [...alarms.map((alarm) => alarm.keystrokes), keystrokes].some((range) => range !== null && range.least < range.most);

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function aftermath({ noticed, mayHaveLearned }: DrillReport): readonly string[] {
  if (!noticed) return [TAKEN_FOR_YOU];
  const doubtful = list.format(mayHaveLearned.map((modality) => DEEDS[modality]));
  const mayBe = doubtful === '' ? '' : `From before the alarm, ${doubtful} may have been learned as yours.`;
  const spared = mayHaveLearned.includes('keystroke') ? '' : "Nothing was learned from your colleague's typing.";
  return [LOW_FOR_NOW, [spared, mayBe].filter((sentence) => sentence !== '').join(' ')];
}

const TAKEN_FOR_YOU =
  'SecLyzer took your colleague for you, and may learn from it. Lock the screen and unlock it now: typing and mouse use of the last two minutes that a model judges are then not learned.';
const LOW_FOR_NOW =
  'Trust stays low until you unlock the screen with your password, or have typed on for a while yourself.';

const DEEDS = {
  keystroke: MODALITY_WORDS.keystroke.toLowerCase(),
  mouse: 'mouse use',
  app: 'application switches',
  linguistic: MODALITY_WORDS.linguistic.toLowerCase(),
} as const satisfies Record<Modality, string>;

function rangeOf({ least, most }: KeystrokeRange): string {
  if (least === most) return least === 1 ? '1 keystroke' : `${least} keystrokes`;
  return `${least} to ${most} keystrokes`;
}

function durationOf(seconds: number): string {
  if (seconds < 120 && seconds % 60 !== 0) return `${seconds} s`;
  const rest = seconds % 60 === 0 ? '' : ` ${seconds % 60} s`;
  return `${Math.floor(seconds / 60)} min${rest}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
