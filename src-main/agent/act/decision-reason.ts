// A change of state and the scores of its tick in, one sentence for the audit log and the notification out.
import type { Modality, State } from '../../../src-preload/contract.ts';
import { MODALITY_WORDS } from './sentence.ts';

const WORDS = {
  LEARNING: 'Learning started anew.',
  NORMAL: 'This looks like the owner again.',
  MONITORING: 'Trust fell: this may not be the owner.',
  RESTRICTED: 'Trust fell: this is probably not the owner.',
  LOCKDOWN: 'Trust fell: somebody else seems to be at the keyboard.',
} as const satisfies Record<State, string>;

const LEARNED = 'Enough has been learned: from now on there is a trust score.';

/** For example "Trust fell: this may not be the owner. Typing: hold times 2.4 sd longer than yours." */
export function decisionReason(
  from: State,
  to: State,
  scores: ReadonlyMap<Modality, { readonly points: number; readonly strongest: string }>,
): string {
  if (from === 'LEARNING') return LEARNED;
  const falling = to !== 'NORMAL' && to !== 'LEARNING';
  const [heaviest] = [...scores]
    .filter(([, { points }]) => falling === points < 0)
    .sort(([, a], [, b]) => Math.abs(b.points) - Math.abs(a.points));
  if (heaviest === undefined) return WORDS[to];
  const [modality, { strongest }] = heaviest;
  const name = MODALITY_WORDS[modality];
  return `${WORDS[to]} ${name.charAt(0).toUpperCase()}${name.slice(1)}: ${strongest}.`;
}
