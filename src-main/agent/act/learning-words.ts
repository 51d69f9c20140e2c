// How far learning is in, the same in plain words out: how much is missing as the time that it takes, and what is known already.
import type { Modality } from '../../../src-preload/contract.ts';
import { USUAL_PER_MINUTE } from '../pace.ts';
import { EVENT_UNITS } from '../settings.ts';
import type { Standing } from '../track.ts';

const ACTIVITY = {
  keystroke: 'typing',
  mouse: 'mouse use',
  app: 'work',
  linguistic: 'writing',
} as const satisfies Record<Modality, string>;

/** For example "62 %, about 4 min of typing to go." @param perMinute events that a minute of use brings. */
export function toGo(
  modality: Modality,
  { have, need, perMinute = USUAL_PER_MINUTE[modality] }: Pick<Standing, 'have' | 'need' | 'perMinute'>,
): string {
  const minutes = Math.max(1, Math.ceil((need - have) / perMinute));
  return `${Math.floor((100 * have) / Math.max(1, need))} %, about ${minutes} min of ${ACTIVITY[modality]} to go.`;
}

const inFull = new Intl.NumberFormat('en-GB');
export const counted = (modality: Modality, events: number): string =>
  `${inFull.format(events)} ${EVENT_UNITS[modality]}`;

/** Where one modality of one profile stands, in a sentence or two. */
export function standingSentence(modality: Modality, standing: Standing): string {
  const { maturity, have, need, trouble, versions } = standing;
  const [inUse] = versions;
  const why = trouble === null ? '' : ` ${sentence(trouble)}`;
  if (maturity === 'none' || inUse === undefined)
    return have >= need ? `Enough has been seen; the model is being made.${why}` : `${toGo(modality, standing)}${why}`;
  const from = counted(modality, inUse.events);
  if (maturity === 'mature') return `Learned in full from ${from}.${why}`;
  return `Learned from ${from}: there is a score, but too little is known to lock the screen.${why}`;
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
