// `seclyzer bench`: how fast this machine runs SecLyzer, beside what the project must leave behind and what it aims at.
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { BenchReport } from '../evaluate/bench.ts';
import { minutesOf } from '../evaluate/bench-number.ts';
import { describeBench, describeFigures } from './bench-table.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';

interface BenchOptions {
  readonly json?: true;
  readonly list?: true;
  readonly only?: string;
  readonly long?: true;
  readonly check?: true;
  readonly minutes: number;
}

const HELP = `
Each figure is warmed up, repeated, and stands for its median, or for what 95 or
99 of 100 repetitions keep to (p95, p99). Rates of input are those of a second
of processor time, so that other programs do not change them.

With --json:
  {machine: {cpu, cores, memoryGiB, system, node},
   results: [{name, what, value, unit, statistic, repetitions, median, p95, p99,
              reference, goal, better, ok}],
   leftOut: [{name, reason, kind: long | unavailable | failed}],
   seconds}
value is the one of median, p95 and p99 that statistic names; reference what the
project must leave behind and goal what it aims at, or null; better which side
of the goal is good (less, more); ok whether it is reached, null without a goal.

Exit code: 0 when all was measured that can be, missed goals or not; 1 when a
figure failed or, with --check, a goal was missed; 2 for wrong options.`;

export function addBench(program: Command, { terminal, places, finish }: Context): void {
  program
    .command('bench')
    .summary('measure how fast SecLyzer is on this machine')
    .description('measure how fast SecLyzer is on this machine; what is missed is no failure')
    .option(
      '--only <name>',
      'one figure, or those whose names begin so (bus, rate, agent), also where it takes minutes',
    )
    .option('--long', 'also what takes minutes: memory and processor of the agent and of the whole application at work')
    .option('--check', 'fail when a goal is missed')
    .option('--list', 'measure nothing: what the figures say and how long they take')
    .addOption(
      new Option('--minutes <n>', 'how long the cost of the host monitor is watched')
        .argParser(numberBetween(1, 1440))
        .default(1),
    )
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async ({ json, list, only, long, check, minutes }: BenchOptions) => {
      const { figuresNamed, runBench, UnknownFigure } = await import('../evaluate/bench.ts');
      const parts = {
        ...{ root: places.root, modelsDir: places.modelsDir, cliFile: join(places.root, 'out', 'main', 'cli.js') },
        ...{ only: only ?? null, long: long === true, minutes },
      };
      try {
        if (list === true) {
          const figures = figuresNamed(parts);
          if (json === true) terminal.say(JSON.stringify(figures, null, 2));
          else for (const line of describeFigures(figures)) terminal.say(line);
          return finish(0);
        }
        const report = await runBench({
          ...parts,
          progress: ({ name, number, of, leftSeconds }) =>
            terminal.progress(`Measuring ${name} (${number} of ${of}, about ${minutesOf(leftSeconds)} to go)…`, true),
        });
        terminal.progress(null);
        if (json === true) terminal.say(JSON.stringify(report, null, 2));
        else for (const line of describeBench(report, terminal.paint)) terminal.say(line);
        finish(exitCodeOf(report, check === true));
      } catch (error) {
        throw error instanceof UnknownFigure ? new Misused(`error: ${error.message}`) : error;
      }
    });
}

/** A benchmark reports: it fails where it could not, and on a missed goal only when that is asked for. */
export function exitCodeOf({ results, leftOut }: Pick<BenchReport, 'results' | 'leftOut'>, check: boolean): 0 | 1 {
  const missed = check && results.some(({ ok }) => ok === false);
  return missed || leftOut.some(({ kind }) => kind === 'failed') ? 1 : 0;
}
