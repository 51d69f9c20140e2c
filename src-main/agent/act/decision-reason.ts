// A change of state and the scores of its tick in, one sentence for the audit log and the notification out.
import { STATES, type Modality, type State } from '../../../src-preload/contract.ts';
import { MODALITY_WORDS } from './sentence.ts';

/** Learning anew is no change of state of this kind: it forgets the state. */
const UNSCORED = 'There is no score any more: typing and the mouse are turned off, or their models are out of use.';

const FALLING = {
  LEARNING: UNSCORED,
  NORMAL: 'Trust fell, but this still looks like the owner.',
  MONITORING: 'Trust fell: this may not be the owner.',
  RESTRICTED: 'Trust fell: this is probably not the owner.',
  LOCKDOWN: 'Trust fell: somebody else seems to be at the keyboard.',
} as const satisfies Record<State, string>;

const RISING = {
  LEARNING: UNSCORED,
  NORMAL: 'Trust is back: this looks like the owner again.',
  MONITORING: 'Trust rises: this may be the owner again.',
  RESTRICTED: 'Trust rises, but this is probably not the owner.',
  LOCKDOWN: 'Trust rises, but somebody else seems to be at the keyboard.',
} as const satisfies Record<State, string>;

const LEARNED = 'From now on there is a trust score: a model of typing or of the mouse is in use.';

/** For example "Trust fell: this may not be the owner. Typing: hold times 2.4 sd longer than yours." */
export function decisionReason(
  from: State,
  to: State,
  scores: ReadonlyMap<Modality, { readonly points: number; readonly strongest: string }>,
): string {
  if (from === 'LEARNING') return LEARNED;
  const falling = STATES.indexOf(to) > STATES.indexOf(from);
  const words = falling ? FALLING[to] : RISING[to];
  const [heaviest] = [...scores]
    .filter(([, { points }]) => falling === points < 0)
    .sort(([, a], [, b]) => Math.abs(b.points) - Math.abs(a.points));
  if (heaviest === undefined) return words;
  const [modality, { strongest }] = heaviest;
  const name = MODALITY_WORDS[modality];
  return `${words} ${name.charAt(0).toUpperCase()}${name.slice(1)}: ${strongest}.`;
}

const BY_ANOTHER = 'So says the scorer elsewhere, which decides.';
const BY_ITSELF_AGAIN = 'The scorer elsewhere says nothing any more, so the score of this machine decides.';

/** The same with who says so, where that is or was another than this machine. */
export const attributed = (reason: string, isRemote: boolean, wasRemote: boolean): string =>
  isRemote ? `${reason} ${BY_ANOTHER}` : wasRemote ? `${BY_ITSELF_AGAIN} ${reason}` : reason;
