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

/** More would only be scrolled past; --json has all of them. */
const MOST_OUTSIDE = 20;
const MOST_WITHIN = 5;
const MOST_WORST = 10;

export function describe({ words, comparison, ends, records }: Described): readonly string[] {
  const { figures } = comparison;
  const wrong = figures.filter((one) => one.outside > 0);
  const right = figures.filter((one) => one.outside === 0).toSorted((a, b) => b.maxRel - a.maxRel);
  const shown = [...wrong.slice(0, MOST_OUTSIDE), ...right.slice(0, MOST_WITHIN)];
  const more = [
    ...(wrong.length > MOST_OUTSIDE ? [`${wrong.length - MOST_OUTSIDE} more outside`] : []),
    ...(right.length > MOST_WITHIN ? [`${right.length - MOST_WITHIN} more within their tolerance`] : []),
  ];
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
        [
          'figure',
          'compared',
          'missing A',
          'missing B',
          'max abs',
          'mean abs',
          'max rel',
          'mean rel',
          'outside',
          'tolerance',
        ],
        ...shown.map(row),
      ],
      ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    ),
    ...(more.length === 0 ? [] : [`and ${more.join(', ')} (--json has all)`]),
    ...worstLines(wrong),
    ...wordLines(comparison),
    '',
    comparison.letGo === 0
      ? null
      : `${comparison.letGo} records were let go without their partner, because too many waited.`,
    verdict(comparison),
  ].filter((line) => line !== null);
}

function verdict({ within, records, figures, words, outside, compared, outsideShare }: Comparison): string {
  const pairs = Object.values(records).reduce((sum, one) => sum + one.pairs, 0);
  if (pairs === 0) return 'Nothing could be compared: no record of A has its partner in B.';
  if (within) return 'Within: nothing is outside its tolerance, and nothing is missing.';
  const missing = figures.reduce((sum, one) => sum + one.missingInA + one.missingInB, 0);
  const differ = words.filter((one) => one.differ > 0).map((one) => `${one.word} differs ${one.differ} times`);
  const wrong = [
    ...(outside === 0
      ? []
      : [`${outside} of ${compared} figures (${percent(outsideShare)} %) are outside their tolerance`]),
    ...(missing === 0 ? [] : [`${missing} are missing on one side`]),
    ...differ,
  ];
  return `Outside: ${wrong.join('; ')}.`;
}

function remarks({ refused, problems }: SideEnd): readonly string[] {
  const lines = Object.entries(refused).map(([reason, count]) => `${count} lines refused (${reason})`);
  const all = [...lines, ...problems];
  return all.length === 0 ? [] : [all.join('; ')];
}

function row(one: FigureDifference): readonly string[] {
  const { figure, compared, missingInA, missingInB, maxAbs, meanAbs, maxRel, meanRel, outsideShare, tolerance } = one;
  const relative = tolerance.rel === 0 ? [] : [`${short(tolerance.rel)} of it`];
  const may = [short(tolerance.abs), ...relative].join(' or ');
  return [
    ...[
      figure,
      `${compared}`,
      `${missingInA}`,
      `${missingInB}`,
      short(maxAbs),
      short(meanAbs),
      short(maxRel),
      short(meanRel),
    ],
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
function short(figure: number): string {
  if (figure === 0) return '0';
  return Math.abs(figure) < 0.001
    ? figure.toExponential(Number(figure.toPrecision(2)) === Number(figure.toPrecision(1)) ? 0 : 1)
    : String(Number(figure.toPrecision(3)));
}
const percent = (share: number): string => {
  const text = (100 * share).toFixed(2);
  // What is not all, and not nothing, must not look like it.
  if (text === '100.00' && share < 1) return '> 99.99';
  return text === '0.00' && share > 0 ? '< 0.01' : String(Number(text));
};
