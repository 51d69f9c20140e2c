// `seclyzer soak`: the built agent at work for hours at many times the speed of life, and whether it stays as small as it was. `--report` tells
// the same of a record, also of one that is still being written.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';

interface SoakCommandOptions {
  readonly minutes: number;
  readonly speed: number;
  readonly lived: number;
  readonly data?: string;
  readonly report?: string;
  readonly json?: true;
}

export function addSoak(program: Command, context: Context): void {
  const command = program
    .command('soak')
    .summary('hours of use at many times the speed: it must not grow')
    .description('run the agent for hours at many times the speed of life, and say whether it grows')
    .addOption(
      new Option('--minutes <n>', 'how long, by the wall; from 20 on a slope can be judged')
        .argParser(numberBetween(1, 10_000, 'any'))
        .default(120),
    )
    .addOption(new Option('--speed <x>', 'seconds of life in a second').argParser(numberBetween(1, 60)).default(10))
    .addOption(
      new Option('--lived <h>', 'hours of life that it has behind it, and is started again after, when it is measured')
        .argParser(numberBetween(0, 100))
        .default(0),
    )
    .option('--data <dir>', 'folder for its data and the record (default: a new one for temporary files)')
    .addOption(
      new Option(
        '--report <file>',
        'tell of the record of an earlier run, or of one under way, and run nothing',
      ).conflicts(['data']),
    )
    .addOption(jsonOption());
  command.action(async ({ report, json, ...how }: SoakCommandOptions) => {
    const record = report === undefined ? await run(context, how) : resolve(report);
    await tell(context, record, json === true);
  });
}

async function run(
  { terminal, places }: Context,
  { data, ...how }: Omit<SoakCommandOptions, 'report' | 'json'>,
): Promise<string> {
  if (process.platform !== 'linux') throw new Misused('error: only Linux tells what a process takes, from outside');
  if (!existsSync(join(places.root, 'out', 'main', 'cli.js')))
    throw new Misused('error: the program is not built; npm run build');
  const { recordFile, runSoak } = await import('../evaluate/soak.ts');
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'seclyzer-soak-')) : resolve(data);
  // Its data are of a time that lies ahead by now.
  if (existsSync(recordFile(folder))) throw new Misused(`error: ${folder} holds a run already; name another folder`);
  const record = await runSoak({
    ...{ ...how, folder, root: places.root },
    recordings: resolve(places.root, '..', 'shared', 'recordings'),
    progress: terminal.progress,
    end: nextStopSignal(),
  });
  terminal.progress(null);
  terminal.warn(`The record: ${record}`);
  return record;
}

async function tell({ terminal, places, finish }: Context, record: string, json: boolean): Promise<void> {
  const { readRecord } = await import('../evaluate/soak-record.ts');
  const { judgeSoak } = await import('../evaluate/soak-judge.ts');
  const { forecastStorage } = await import('../evaluate/soak-forecast.ts');
  const lines = readRecord(record);
  const measured = Math.floor((lines.findLast((line) => line.kind === 'sample')?.lifeS ?? 0) / 3600);
  const lived = lines.find((line) => line.kind === 'start')?.livedHours ?? 0;
  const hours = measured === 0 ? 0 : lived + measured;
  terminal.progress('Forecasting what the store takes…');
  const report = judgeSoak(lines, hours === 0 ? null : await forecastStorage(places.modelsDir, hours));
  terminal.progress(null);
  if (json) terminal.say(JSON.stringify(report, null, 2));
  else {
    const { describeSoak } = await import('./soak-table.ts');
    for (const line of describeSoak(report, terminal.paint)) terminal.say(line);
  }
  finish(report.verdicts.some(({ ok }) => ok === false) ? 1 : 0);
}
