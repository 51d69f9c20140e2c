// `seclyzer train`: asks the running agent to train now.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';

/** How the agent begins a sentence about a modality that it could not train. */
const NOT_TRAINED = /^Not trained\b/;

export function addTrain(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('train')
    .summary('make new models now')
    .description('make new models now, from what the running agent has learned so far; exit code 1 when none was made')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, json }: { readonly data: string; readonly json?: true }) => {
      const link = await linkToAgent(resolve(data));
      terminal.progress('Training…');
      const outcome = await link.call('train');
      terminal.progress(null);
      if (json === true) terminal.say(JSON.stringify({ trained: outcome }, null, 2));
      else for (const line of outcome) terminal.say(line);
      finish(outcome.some((sentence) => !NOT_TRAINED.test(sentence)) ? 0 : 1);
    });
}
