// `seclyzer logs train`: what is usual on this machine, learned from log files of ordinary days instead of waiting for them.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { dataOption, jsonOption, type Context } from './context.ts';
import { configFor, fileArgument, pathOf, profileOption, type GuardOptions } from './logs-options.ts';
import { counted } from './logs-table.ts';
import { collectOften } from './collect-often.ts';

interface TrainOptions extends GuardOptions {
  readonly data: string;
  readonly json?: true;
}

export function addLogsTrain(logs: Command, context: Context): void {
  const { terminal, env, finish } = context;
  logs
    .command('train')
    .description('learn what is usual on this machine from log files of ordinary days; the agent must not be running')
    .addArgument(fileArgument())
    .addOption(profileOption())
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (files: readonly string[], options: TrainOptions) => {
      collectOften();
      const config = configFor(options, options.data, context);
      const { withKept, BASELINE_KEY } = await import('../agent/guard/kept.ts');
      const { scanFiles } = await import('../agent/guard/scan.ts');
      const { noChange } = await import('../agent/guard/guard-records.ts');
      const { writeBaseline } = await import('../agent/guard/baseline-store.ts');
      const { LEAST_VECTORS, trainBaseline } = await import('../agent/guard/score/baseline.ts');
      const learned = await withKept(resolve(options.data), Date.now(), async (store) => {
        const { core, tally, alerts } = await scanFiles({
          ...{ files: files.map(pathOf), config, baseline: null },
          onProgress: (read, all) =>
            terminal.progress(`Reading… ${all === null ? '' : `${Math.floor((100 * read) / Math.max(1, all))} %`}`),
        });
        terminal.progress(null);
        const vectors = core.reservoir.kept();
        const habits = [...core.watch.habits.entries()].map(([, one]) => one);
        if (vectors < LEAST_VECTORS)
          return { lines: tally.lines, vectors, need: LEAST_VECTORS, users: habits.length, alerts: alerts.length };
        store.habits();
        store.commit({
          ...noChange({ ...store.counts(), offered: core.reservoir.seen() }),
          habits,
          vectors: Array.from({ length: vectors }, (_, slot) => [slot, core.reservoir.row(slot)] as const),
        });
        store.set(BASELINE_KEY, writeBaseline(trainBaseline(core.reservoir.rows(), Date.now(), 1)));
        return { lines: tally.lines, vectors, need: LEAST_VECTORS, users: habits.length, alerts: alerts.length };
      });
      const enough = learned.vectors >= learned.need;
      if (options.json === true) terminal.say(JSON.stringify({ trained: enough, ...learned }, null, 2));
      else if (enough)
        terminal.say(
          `Learned from ${counted(learned.lines, 'line')}: ${counted(learned.vectors, 'vector')}, the habits of ${counted(learned.users, 'user')}.`,
        );
      else
        terminal.say(
          `Too little to learn from: ${counted(learned.vectors, 'vector')}; ${learned.need} are needed. Nothing was changed.`,
        );
      if (options.json !== true && learned.alerts > 0)
        terminal.warn(
          `In these files something looked like an attack (${counted(learned.alerts, 'alert')}); nothing was learned from that. See seclyzer logs scan.`,
        );
      finish(enough ? 0 : 1);
    });
}
