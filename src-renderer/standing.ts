// How things stand between page, agent and user, in sentences: the line, an absent agent, a pause, a locked screen.
import type { AgentAbsence, Pause } from '../src-preload/contract.ts';
import type { Dashboard } from './dashboard.ts';
import { clockTime, dayAndTime } from './format.ts';
import { STATE_SIGNS } from './words.ts';

/** After that long without a snapshot the page says so: the agent sends one at every tick, a few seconds apart at most. */
export const SILENCE_MS = 15_000;

const ABSENCES = {
  starting: 'The agent is starting',
  restarting: 'The agent starts again',
  stopped: 'The agent has stopped',
} satisfies Record<AgentAbsence['kind'], string>;

/** What the line to the agent is doing, in a few words. */
export function linkSentence(known: Pick<Dashboard, 'link' | 'refusal' | 'absence'>, silentMs: number): string {
  if (known.absence !== null) return ABSENCES[known.absence.kind];
  if (known.link === 'connecting') return 'Looking for the agent';
  if (known.link === 'down') return known.refusal === null ? 'No line to the agent; trying again' : 'Not let in';
  return silentMs > SILENCE_MS ? 'The agent is silent' : 'Live';
}

/** Whether the line has been down for so long that the agent has probably ended, and nobody tells why. */
export const isGone = (
  { link, refusal, absence, receivedMs }: Pick<Dashboard, 'link' | 'refusal' | 'absence' | 'receivedMs'>,
  nowMs: number,
): boolean => link === 'down' && refusal === null && absence === null && nowMs - receivedMs > SILENCE_MS;

/** Why there is no agent, and what is being done about it. */
export function absenceSentence(absence: AgentAbsence): string {
  switch (absence.kind) {
    case 'starting':
      return 'The agent is starting.';
    case 'restarting':
      return `${ended(absence.reason)} It starts again in ${absence.delayS} s.`;
    case 'stopped':
      return `The agent has stopped: ${ended(absence.reason)}`;
  }
}

/** With a full stop, whether or not its writer has set one. */
const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

const HALF_DAY_MS = 12 * 60 * 60_000;

export function pauseSentence({ sinceMs, untilMs }: Pause): string {
  const until =
    untilMs === null ? 'you resume' : untilMs - sinceMs < HALF_DAY_MS ? clockTime(untilMs) : dayAndTime(untilMs);
  return `Paused until ${until}. Nothing is watched or learned.`;
}

/** Read out once when it changes, not at every tick. */
export function announcement(known: Pick<Dashboard, 'link' | 'absence' | 'snapshot'>): string {
  const { link, absence, snapshot } = known;
  if (absence !== null) return absenceSentence(absence);
  if (link === 'down') return 'No line to the agent.';
  if (snapshot === null) return '';
  if (snapshot.paused !== null) return pauseSentence(snapshot.paused);
  if (snapshot.screen === 'locked') return 'The screen is locked.';
  return `State: ${STATE_SIGNS[snapshot.state].word}.`;
}
