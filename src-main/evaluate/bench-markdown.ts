// A report of the benchmark in, a table for the README out, and the README with it. Pure.
import { minutesOf, shortNumber } from './bench-number.ts';
import type { Result } from './bench-figure.ts';
import type { BenchReport, LeftOut } from './bench.ts';

export const BEGIN = '<!-- bench: written by npm run bench -->';
export const END = '<!-- bench: end -->';

/** The machine is named by what it is, and not by its name. */
export function benchMarkdown({ machine, results, leftOut, seconds }: BenchReport): string {
  const { cpu, cores, memoryGiB, system, node } = machine;
  const withGoal = results.filter(({ ok }) => ok !== null);
  const met = withGoal.filter(({ ok }) => ok === true).length;
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}; it took ${minutesOf(seconds)}. ` +
      `${met} of ${withGoal.length} goals are met.`,
    '',
    '| figure | | measured | | reference | goal | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(rowOf),
    ...(leftOut.length === 0 ? [] : ['', ...leftOut.map(lineOf)]),
  ].join('\n');
}

function rowOf({ name, what, value, unit, statistic, repetitions, reference, goal, ok }: Result): string {
  const cells = [
    ...[what, `\`${name}\``, `${shortNumber(value)} ${unit}`, repetitions > 1 ? statistic : ''],
    ...[shortNumber(reference), shortNumber(goal), ok === null ? '' : ok ? 'meets' : '**misses**'],
  ];
  return `| ${cells.join(' | ')} |`;
}

const lineOf = ({ name, reason, kind }: LeftOut): string =>
  `- \`${name}\`: ${kind === 'failed' ? 'failed' : 'unavailable'}: ${reason}`;

/**
 * Everything else stays as it is.
 * @throws Error when the lines that mark its place are not there, once each and in order.
 */
export function withTable(readme: string, table: string): string {
  const [before, rest, ...more] = readme.split(BEGIN);
  const [, after, ...again] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length + again.length > 0)
    throw new Error(`README.md must have the lines ${BEGIN} and ${END}, once each, where the table goes.`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
