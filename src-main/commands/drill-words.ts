// What `seclyzer drill` prints besides the agent's own sentences. Enters: what the agent shows. Leaves: lines. Pure.
import type { Drill, SettingsView, Snapshot } from '../../src-preload/contract.ts';
import { durationText, isJudged, keystrokesText } from '../agent/drill/words.ts';
import { layOut } from './table.ts';
import { MODALITY_WORDS, SOURCE_WORDS } from './words.ts';

/** What will happen, before it does. */
export function announcement(
  snapshot: Snapshot,
  { settings, abilities }: SettingsView,
  minutes: number,
): readonly string[] {
  const source = SOURCE_WORDS[snapshot.source];
  const judged = snapshot.modalities.filter(isJudged).map(({ modality }) => MODALITY_WORDS[modality].toLowerCase());
  const locks = settings.lock.enabled && abilities.lock.available;
  return [
    ...(source === null ? [] : [source]),
    'Impostor drill: would SecLyzer notice somebody else at this keyboard?',
    `Let a colleague sit down now and work as they would at their own desk. Judged: ${list.format(judged)}.`,
    `It ends after ${durationText(minutes * 60)}, or as soon as the worst state, lockdown, is reached. Ctrl-C ends it early.`,
    'Nothing is learned meanwhile. Alarms come as in earnest, notifications included if they are on.',
    locks
      ? 'You have turned locking on: 10 s after lockdown the screen may lock. Your password opens it, and restores trust.'
      : 'The screen stays open: locking is turned off, or not possible here.',
  ];
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** @param nowMs on the agent's clock */
export function progressLine(drill: Drill, snapshot: Snapshot, nowMs: number): string {
  const untilStartS = Math.ceil((drill.startedMs - nowMs) / 1000);
  if (untilStartS > 0) return `The drill begins in ${untilStartS} s`;
  const leftS = Math.max(0, Math.ceil((drill.untilMs - nowMs) / 1000));
  const trust = snapshot.trust === null ? '—' : String(Math.floor(snapshot.trust));
  const typed = countsKeys(snapshot) ? keystrokesText(drill.keystrokes) : 'typing is not judged';
  const clock = `${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, '0')}`;
  return `${clock} left   trust ${trust}   ${snapshot.state.toLowerCase()}   ${typed}`;
}

const countsKeys = ({ modalities }: Snapshot): boolean =>
  modalities.some((view) => view.modality === 'keystroke' && isJudged(view));

/** Of a drill that is over. One that the agent did not live to end is told as far as it is known. @param nowMs on the agent's clock */
export function outcome(drill: Drill, snapshot: Snapshot, nowMs: number): readonly string[] {
  const { alarms, lowestTrust, keystrokes, startedMs, endedMs, sentence } = drill;
  const counts = countsKeys(snapshot);
  const after = (seconds: number, keys: number): string =>
    `${durationText(seconds)}${counts ? `, ${keystrokesText(keys)}` : ''}`;
  if (endedMs === null && nowMs < startedMs) return ['The agent has stopped before the drill began.'];
  if (endedMs !== null && endedMs < startedMs) return [sentence];
  const said =
    endedMs === null ? `The agent has stopped, which ended the drill. Until then: ${lastWord(drill)}` : sentence;
  const rows = [
    ...alarms.map(({ state, seconds, keystrokes: keys, reason }) => [
      capitalised(state.toLowerCase()),
      `after ${after(seconds, keys)}`,
      reason,
    ]),
    ...(lowestTrust === null ? [] : [['Lowest trust', `${Math.floor(lowestTrust)} of 100`]]),
    ...(endedMs === null ? [] : [['Watched', after((endedMs - startedMs) / 1000, keystrokes)]]),
  ];
  return [said, '', ...layOut(rows)];
}

/** Its last sentence may still be that of the handover. */
const lastWord = ({ alarms, sentence }: Drill): string => (alarms.length > 0 ? sentence : 'Not noticed so far.');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
