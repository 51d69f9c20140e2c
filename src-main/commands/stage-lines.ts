// How the stages stand in, rows for `seclyzer status` out; none while all works here alone. Pure.
import type { StagesView, StageView } from '../../src-preload/contract.ts';

export function stageRows({ features, scoring }: StagesView): readonly (readonly string[])[] {
  const rows = [
    ['Features', features],
    ['Scoring', scoring],
  ] as const;
  return rows.filter(([, { place }]) => place !== 'local').map(([name, view]) => [name, stageLine(view)]);
}

function stageLine({ place, uses, reason, fix, refused, comparison }: StageView): string {
  const used = uses === 'local' ? 'those of this machine are used' : 'those from elsewhere are used';
  const why = [reason, fix].filter((part) => part !== null).join('. ');
  // Where the other decides, what this machine says beside it is not shown, and not compared.
  const both = comparison === null && uses === 'remote' ? [] : [compared(comparison)];
  return [`${place}: ${used}`, ...(why === '' ? [] : [why]), ...both, ...refusals(refused)].join('; ');
}

function compared(comparison: StageView['comparison']): string {
  if (comparison === null || comparison.pairs === 0) return 'nothing compared yet';
  const { pairs, compared: figures, outside, states, worst } = comparison;
  const share = figures === 0 ? 0 : (100 * outside) / figures;
  const differ = states === 0 ? '' : `, states differ in ${states}`;
  const furthest = worst === null ? '' : ` (${worst})`;
  return `${pairs} windows compared in this hour, ${share.toFixed(1)} % of ${figures} figures outside their tolerance${furthest}${differ}`;
}

const refusals = (refused: number): readonly string[] =>
  refused === 0 ? [] : [`${refused} messages refused that no scorer has made of this machine now`];
