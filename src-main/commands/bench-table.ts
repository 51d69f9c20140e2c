// A report of the benchmark, or the list of its figures, in; lines of eighty columns out. Pure.
import type { BenchReport, Listed } from '../evaluate/bench.ts';
import { minutesOf, shortNumber } from '../evaluate/bench-number.ts';
import { layOut, type Alignment } from './table.ts';
import type { Paint } from './terminal.ts';

const HEAD = ['figure', 'value', 'unit', '', 'reference', 'goal', ''];
const ALIGNMENT: readonly Alignment[] = ['left', 'right', 'left', 'left', 'right', 'right', 'left'];
const WIDTH = 80;

export function describeBench({ machine, results, leftOut, seconds }: BenchReport, paint: Paint): readonly string[] {
  const rows = results.map(({ name, value, unit, statistic, repetitions, reference, goal, ok }) => [
    ...[name, shortNumber(value), unit, repetitions > 1 ? paint.dim(statistic) : ''],
    ...[shortNumber(reference), shortNumber(goal)],
    ok === null ? '' : ok ? paint.good('meets') : paint.bad('misses'),
  ]);
  const missed = results.filter(({ ok }) => ok === false).map(({ name }) => name);
  const withGoal = results.filter(({ goal }) => goal !== null).length;
  const long = leftOut.filter(({ kind }) => kind === 'long').map(({ name }) => name);
  const { cpu, cores, memoryGiB, system, node } = machine;
  return [
    ...wrapped(`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}`),
    '',
    ...layOut([HEAD.map(paint.dim), ...rows], ALIGNMENT),
    '',
    ...wrapped(
      missed.length === 0
        ? `All ${withGoal} goals are met.`
        : `${missed.length} of ${withGoal} goals are missed: ${missed.join(', ')}.`,
    ),
    ...(long.length === 0 ? [] : wrapped(`Not measured, for it takes minutes (add --long): ${long.join(', ')}.`)),
    ...leftOut.flatMap(({ name, reason, kind }) => {
      if (kind === 'long') return [];
      const lines = wrapped(`${name}: ${kind}: ${reason}`);
      return kind === 'failed' ? lines.map(paint.bad) : lines;
    }),
    `It took ${minutesOf(seconds)}.`,
  ];
}

export function describeFigures(figures: readonly Listed[]): readonly string[] {
  const total = (some: readonly Listed[]): string => minutesOf(some.reduce((sum, { seconds }) => sum + seconds, 0));
  const [usual, long] = [figures.filter((one) => !one.long), figures.filter((one) => one.long)];
  const lines = layOut(figures.map(({ name, what }) => [name, what]));
  const linesOf = (some: readonly Listed[]): readonly string[] => some.map((one) => lines[figures.indexOf(one)] ?? '');
  return [
    ...(usual.length === 0 ? [] : [`About ${total(usual)}:`, '', ...linesOf(usual), '']),
    ...(long.length === 0 ? [] : [`With --long, another ${total(long)}:`, '', ...linesOf(long), '']),
  ].slice(0, -1);
}

/** Words into lines; what is longer than a line has one to itself. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
