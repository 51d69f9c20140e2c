// Enters: a change of state, or a screen that is about to lock. Leaves: what the desktop shows of it. Pure.
import {
  STATES,
  type Decision,
  type Notification,
  type State,
  type UserSettings,
} from '../../../src-preload/contract.ts';

interface Words {
  /** The title after a fall into the state, and its urgency. */
  readonly fallen: readonly [title: string, urgency: Notification['urgency']] | null;
  /** The title after a rise into it. */
  readonly risen: string | null;
}

/** `critical` stays on the screen and passes "do not disturb", so it is kept for the state that may lock the screen. */
const WORDS = {
  LEARNING: { fallen: null, risen: null },
  NORMAL: { fallen: null, risen: 'This is you again' },
  MONITORING: { fallen: ['This may not be you', 'normal'], risen: 'This may be you again' },
  RESTRICTED: { fallen: ['This is probably not you', 'normal'], risen: 'Trust rises a little' },
  LOCKDOWN: { fallen: ['Somebody else seems to be here', 'critical'], risen: null },
} as const satisfies Record<State, Words>;

const LEARNED = 'Learning is complete';
/** Far more than a reason needs, far less than a notification may hold. */
const LONGEST_REASON = 1000;

/** How bad a state is: 0 for LEARNING, 4 for LOCKDOWN. */
export const badness = (state: State): number => STATES.indexOf(state);

/** Whether trust came back. The end of learning is no recovery. */
export const isRecovery = ({ from, to }: Pick<Decision, 'from' | 'to'>): boolean =>
  from !== 'LEARNING' && badness(to) < badness(from);

/** @returns null for a change that needs no notification: learning that starts anew. */
export function notificationFor(decision: Decision): Notification | null {
  const heading = headingFor(decision);
  if (heading === null) return null;
  const [title, urgency] = heading;
  const trust = decision.trust === null ? '' : `\nTrust ${Math.round(decision.trust)} of 100.`;
  return { title, body: `${plain(decision.reason)}${trust}`, urgency, link: `#/history?at=${decision.atMs}` };
}

function headingFor({ from, to }: Decision): Words['fallen'] {
  if (from === 'LEARNING' && to === 'NORMAL') return [LEARNED, 'low'];
  const { fallen, risen }: Words = WORDS[to];
  if (!isRecovery({ from, to })) return from === to ? null : fallen;
  return risen === null ? null : [risen, 'low'];
}

/** Some desktops read markup in the body and others show it as it stands, so there is none. */
const plain = (reason: string): string => reason.replaceAll(/[<>&]/g, ' ').slice(0, LONGEST_REASON);

/**
 * @param atMs when the screen locks
 * @returns for example "The screen locks in 10 s"
 */
export function lockNotification(atMs: number, nowMs: number): Notification {
  const leftS = Math.max(0, Math.round((atMs - nowMs) / 1000));
  return {
    title: leftS === 0 ? 'The screen locks now' : `The screen locks in ${leftS} s`,
    body: 'Somebody else seems to be at the keyboard. If it is you: unlock with your password, and trust is restored.',
    urgency: 'critical',
    link: '#/',
  };
}

/**
 * Whether notifications wait at this time of day.
 * @param quiet from its first minute up to, not including, its last one; over midnight where `to` is the earlier one
 * @param localMinutes minutes since midnight, 0-1439
 */
export function isQuiet(quiet: UserSettings['notifications']['quiet'], localMinutes: number): boolean {
  if (quiet === null) return false;
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  return from <= to ? localMinutes >= from && localMinutes < to : localMinutes >= from || localMinutes < to;
}

function minutesOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
}
