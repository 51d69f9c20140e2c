// `seclyzer soak`: the built agent at work for hours at many times the speed of life, and whether it stays as small as it was.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { numberBetween, type Context } from './context.ts';

interface SoakCommandOptions {
  readonly minutes: number;
  readonly speed: number;
  readonly data?: string;
}

export function addSoak(program: Command, { terminal, places, finish }: Context): void {
  program
    .command('soak')
    .description('run the agent for hours at many times the speed of life, and say whether it grows')
    .addOption(
      new Option('--minutes <n>', 'how long, by the wall').argParser(numberBetween(1, 10_000, 'any')).default(120),
    )
    .addOption(new Option('--speed <x>', 'seconds of life in a second').argParser(numberBetween(1, 60)).default(10))
    .option('--data <dir>', 'folder for its data and the record (default: a new one for temporary files)')
    .action(async ({ minutes, speed, data }: SoakCommandOptions) => {
      const { runSoak } = await import('../evaluate/soak.ts');
      const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'seclyzer-soak-')) : resolve(data);
      const record = await runSoak({
        ...{ minutes, speed, folder, root: places.root },
        recordings: resolve(places.root, '..', 'shared', 'recordings'),
        progress: terminal.progress,
        end: nextStopSignal(),
      });
      terminal.progress(null);
      terminal.say(record);
      finish(0);
    });
}
