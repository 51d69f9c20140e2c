// What two sides differ in, as lines for a person. Pure.
import { SIDES, type Side } from '../../agent/compare/comparable.ts';
import type { Comparison } from '../../agent/compare/comparer.ts';
import type { FigureDifference, Worst } from '../../agent/compare/figure-tally.ts';
import { layOut } from '../table.ts';
import type { SideEnd } from './side.ts';

export interface Described {
  readonly words: Readonly<Record<Side, string>>;
  readonly comparison: Comparison;
  readonly ends: Readonly<Record<Side, SideEnd>>;
  readonly records: Readonly<Record<Side, number>>;
}

/** More of those within their tolerance would only be scrolled past; --json has all of them. */
const MOST_WITHIN = 10;
const MOST_WORST = 10;

export function describe({ words, comparison, ends, records }: Described): readonly string[] {
  const { figures, outside, compared } = comparison;
  const wrong = figures.filter((one) => isWrong(one));
  const right = figures.filter((one) => !isWrong(one)).toSorted((a, b) => b.maxAbs - a.maxAbs);
  const shown = [...wrong, ...right.slice(0, MOST_WITHIN)];
  return [
    ...layOut([
      ...SIDES.map((side) => [side, words[side], `${records[side]} records`, ...remarks(ends[side])]),
      ...Object.entries(comparison.records)
        .filter(([, { pairs, onlyInA, onlyInB, beyond }]) => pairs + onlyInA + onlyInB + beyond > 0)
        .map(([kind, { pairs, onlyInA, onlyInB, beyond }]) => [
          '',
          kind,
          `${pairs} pairs, ${onlyInA} only in A, ${onlyInB} only in B${beyond === 0 ? '' : `, ${beyond} before or after the other side`}`,
        ]),
    ]),
    '',
    ...layOut(
      [
        ['figure', 'compared', 'missing A', 'missing B', 'max abs', 'mean abs', 'max rel', 'mean rel', 'outside', 'tolerance'],
        ...shown.map(row),
      ],
      ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    ),
    ...(right.length > MOST_WITHIN ? [`and ${right.length - MOST_WITHIN} more within their tolerance (--json has all)`] : []),
    ...worstLines(wrong),
    ...wordLines(comparison),
    '',
    comparison.letGo === 0 ? null : `${comparison.letGo} records were let go without their partner, because too many waited.`,
    verdict(comparison, `${outside} of ${compared} figures (${percent(comparison.outsideShare)} %) are outside their tolerance`),
  ].filter((line) => line !== null);
}

const isWrong = (one: FigureDifference): boolean => one.outside + one.missingInA + one.missingInB > 0;

function verdict({ within, records }: Comparison, outside: string): string {
  const pairs = Object.values(records).reduce((sum, one) => sum + one.pairs, 0);
  if (pairs === 0) return 'Nothing could be compared: no record of A has its partner in B.';
  return within ? 'Within: nothing is outside its tolerance, and nothing is missing.' : `Outside: ${outside}.`;
}

function remarks({ refused, problems }: SideEnd): readonly string[] {
  const lines = Object.entries(refused).map(([reason, count]) => `${count} lines refused (${reason})`);
  const all = [...lines, ...problems];
  return all.length === 0 ? [] : [all.join('; ')];
}

function row(one: FigureDifference): readonly string[] {
  const { figure, compared, missingInA, missingInB, maxAbs, meanAbs, maxRel, meanRel, outsideShare, tolerance } = one;
  const may = tolerance.rel === 0 ? short(tolerance.abs) : `${short(tolerance.abs)}, ${short(tolerance.rel)} of it`;
  return [
    ...[figure, `${compared}`, `${missingInA}`, `${missingInB}`, short(maxAbs), short(meanAbs), short(maxRel), short(meanRel)],
    ...[`${percent(outsideShare)} %`, may],
  ];
}

function worstLines(wrong: readonly FigureDifference[]): readonly string[] {
  const all = wrong.flatMap(({ figure, worst }) => worst.map((one) => ({ figure, ...one })));
  const worst = all
    .filter(({ excess }) => excess === null || excess > 1)
    .toSorted((a, b) => rank(b) - rank(a) || 0)
    .slice(0, MOST_WORST);
  if (worst.length === 0) return [];
  const rows = worst.map((one) => [
    ...[`  ${timeOf(one.ts)}`, one.figure, `A ${value(one.a)}`, `B ${value(one.b)}`],
    ...[one.excess === null ? '' : `${short(one.excess)} times the tolerance`, one.subject],
  ]);
  return ['', 'Furthest apart:', ...layOut(rows)];
}
const rank = ({ excess }: Worst): number => excess ?? Number.MAX_VALUE;

function wordLines({ words }: Comparison): readonly string[] {
  return words.flatMap(({ word, compared, differ, agreement, first }) => [
    ...['', `${word}: the same in ${compared - differ} of ${compared} (${percent(agreement)} %)`],
    ...layOut(first.map(({ ts, subject, a, b }) => [`  ${timeOf(ts)}`, `A ${a ?? '—'}`, `B ${b ?? '—'}`, subject])),
  ]);
}

export const timeOf = (ts: number): string => new Date(ts / 1000).toISOString().slice(0, 23).replace('T', ' ');
const value = (known: number | null): string => (known === null ? '—' : String(Number(known.toPrecision(9))));
const short = (figure: number): string => (figure === 0 ? '0' : String(Number(figure.toPrecision(3))));
const percent = (share: number): string => {
  const text = (100 * share).toFixed(2);
  // What is not all, and not nothing, must not look like it.
  if (text === '100.00' && share < 1) return '> 99.99';
  return text === '0.00' && share > 0 ? '< 0.01' : String(Number(text));
};
