// `seclyzer bench`: how fast this machine runs SecLyzer, beside what the project must leave behind and what it aims at.
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { BenchReport } from '../evaluate/bench.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { layOut, type Alignment } from './table.ts';
import type { Paint } from './terminal.ts';

interface BenchOptions {
  readonly json?: true;
  readonly only?: string;
  readonly long?: true;
  readonly minutes: number;
}

const HEAD = ['figure', 'value', 'unit', '', 'median', 'p95', 'p99', 'reference', 'goal', ''];
const ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'right', 'left', 'left'] as const),
  ...(['right', 'right', 'right', 'right', 'right', 'left'] as const),
];

export function addBench(program: Command, { terminal, places, finish }: Context): void {
  program
    .command('bench')
    .description('measure how fast SecLyzer is on this machine; what is missed is no failure')
    .option(
      '--only <name>',
      'one figure, or those whose names begin so (bus, rate, agent), also where it takes minutes',
    )
    .option('--long', 'also what takes minutes: memory and processor of the agent at work')
    .addOption(
      new Option('--minutes <n>', 'how long the cost of the host monitor is watched')
        .argParser(numberBetween(1, 1440))
        .default(1),
    )
    .addOption(jsonOption())
    .action(async ({ json, only, long, minutes }: BenchOptions) => {
      const { runBench, UnknownFigure } = await import('../evaluate/bench.ts');
      try {
        const report = await runBench({
          modelsDir: places.modelsDir,
          cliFile: join(places.root, 'out', 'main', 'cli.js'),
          only: only ?? null,
          long: long === true,
          minutes,
          progress: (figure) => terminal.progress(`Measuring ${figure}…`),
        });
        terminal.progress(null);
        if (json === true) terminal.say(JSON.stringify(report, null, 2));
        else for (const line of describe(report, terminal.paint)) terminal.say(line);
        finish(report.leftOut.some(({ failed }) => failed) ? 1 : 0);
      } catch (error) {
        throw error instanceof UnknownFigure ? new Misused(`error: ${error.message}`) : error;
      }
    });
}

/** Aligned lines; pure. */
export function describe({ machine, results, leftOut }: BenchReport, paint: Paint): readonly string[] {
  const rows = results.map(({ name, value, unit, statistic, samples, median, p95, p99, reference, goal, ok }) => [
    ...[name, number(value), unit, samples > 1 ? paint.dim(statistic) : ''],
    // With fewer samples than these a percentile is nothing but the worst of them.
    ...[samples > 1 ? median : null, samples >= 20 ? p95 : null, samples >= 100 ? p99 : null].map((one) =>
      paint.dim(number(one)),
    ),
    ...[number(reference), number(goal)],
    ok === null ? '' : ok ? paint.good('ok') : paint.bad('missed'),
  ]);
  const { cpu, cores, memoryGiB, node } = machine;
  const missed = results.filter(({ ok }) => ok === false).length;
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}`,
    '',
    ...layOut([HEAD.map(paint.dim), ...rows], ALIGNMENT),
    '',
    missed === 0 ? 'No goal was missed.' : `${missed} of ${results.length} missed their goal.`,
    ...leftOut.map(({ name, reason, failed }) => {
      const line = `${name}: ${failed ? 'failed' : 'left out'} (${reason})`;
      return failed ? paint.bad(line) : paint.dim(line);
    }),
  ];
}

/** Three significant digits, whole numbers in groups of three. */
function number(value: number | null): string {
  if (value === null) return '—';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
