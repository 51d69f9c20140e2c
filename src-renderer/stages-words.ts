// How the stages stand in, a sentence about each that does not work on this machine alone out.
import type { StagesView, StageView } from '../src-preload/contract.ts';
import { quantity } from './format.ts';

const NAMES = { features: 'Features', scoring: 'Scores' } as const satisfies Record<keyof StagesView, string>;

export function stageSentences(view: StagesView): readonly string[] {
  return (['features', 'scoring'] as const)
    .filter((stage) => view[stage].place !== 'local')
    .map((stage) =>
      [`${NAMES[stage]}: ${used(view[stage])}`, ...compared(view[stage]), ...refusals(view[stage])].join(' '),
    );
}

function used({ uses, reason, fix }: StageView): string {
  const what = uses === 'local' ? 'those of this machine are used' : 'those from elsewhere are used';
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
  refused === 0 ? [] : [`${quantity(refused)} messages were refused: no scorer has made them of this machine now.`];
