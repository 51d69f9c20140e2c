// How a stage stands in, a sentence about it where it does not work on this machine alone out.
import type { StageView } from '../src-preload/contract.ts';
import { counted, quantity } from './format.ts';

/** null: it works here alone. */
export function stageSentence(view: StageView): string | null {
  if (view.place === 'local') return null;
  return [used(view), ...compared(view), ...refusals(view)].join(' ');
}

function used({ uses, reason, fix }: StageView): string {
  const what = uses === 'local' ? 'What this machine makes is used' : 'What comes from elsewhere is used';
  const why = [reason, fix].filter((part) => part !== null).join('. ');
  return why === '' ? `${what}.` : `${what}; ${why.replace(/\.$/, '')}.`;
}

function compared({ comparison }: StageView): readonly string[] {
  if (comparison === null || comparison.pairs === 0) return [];
  const { pairs, compared: figures, outside, worst } = comparison;
  const share = figures === 0 ? 0 : (100 * outside) / figures;
  const furthest = worst === null ? '' : `, furthest apart ${worst}`;
  return [
    `In this hour ${share.toFixed(1)} % of ${quantity(figures)} figures in ${quantity(pairs)} windows lie further apart than their tolerance${furthest}.`,
  ];
}

const refusals = ({ refused }: StageView): readonly string[] =>
  refused === 0
    ? []
    : [`Refused, for they are no fresh scores of this machine: ${counted(refused, 'message', 'messages')}.`];
