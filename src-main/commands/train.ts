// `seclyzer train`: asks the running agent to train now.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';

export function addTrain(program: Command, { terminal, env }: Context): void {
  program
    .command('train')
    .description('make new models now, from what the running agent has learned so far')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, json }: { readonly data: string; readonly json?: true }) => {
      const link = await linkToAgent(resolve(data));
      terminal.progress('Training…');
      const outcome = await link.call('train');
      terminal.progress(null);
      if (json === true) terminal.say(JSON.stringify({ trained: outcome }, null, 2));
      else for (const line of outcome) terminal.say(line);
    });
}
