// `seclyzer models`: the versions of the models that the running agent keeps, and the way back to an earlier one.
import { resolve } from 'node:path';
import { Argument, Option, type Command } from 'commander';
import { MODALITIES, type Modality } from '../../src-preload/contract.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, numberBetween, type Context } from './context.ts';
import { versionLines } from './learning-table.ts';
import { profileId } from './profiles.ts';

interface ListOptions {
  readonly data: string;
  readonly json?: true;
}

interface UseOptions extends ListOptions {
  readonly modality: Modality;
  readonly profile?: string;
}

export function addModels(program: Command, { terminal, env }: Context): void {
  const models = program
    .command('models')
    .summary('versions of your models, and the way back')
    .description('show the versions of your models, or go back to an earlier one');
  models
    .command('list', { isDefault: true })
    .description('show the versions that are kept, newest first')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, json }: ListOptions) => {
      const learning = await (await linkToAgent(resolve(data))).call('learning');
      const { profiles, shared } = learning;
      if (json === true) terminal.say(JSON.stringify({ profiles, shared }, null, 2));
      else for (const line of versionLines(learning)) terminal.say(line);
    });
  models
    .command('use')
    .description('go back to an earlier version, and forget what was learned since')
    .addArgument(new Argument('<version>', 'its number').argParser(numberBetween(1, 1_000_000)))
    .addOption(new Option('--modality <modality>', 'whose version').choices(MODALITIES).makeOptionMandatory())
    .addOption(new Option('--profile <profile>', 'number or name; not for what all profiles share'))
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (version: number, { data, json, modality, profile }: UseOptions) => {
      const link = await linkToAgent(resolve(data));
      const id = profile === undefined ? await onlyProfile() : await profileId(link, profile);
      const learning = await link.call('useVersion', { profile: id, modality, version });
      if (json === true) terminal.say(JSON.stringify(learning, null, 2));
      else for (const line of versionLines(learning)) terminal.say(line);

      /** Where there is one profile alone, nobody has to name it. */
      async function onlyProfile(): Promise<string | null> {
        const { profiles, shared } = await link.call('learning');
        const [only, ...others] = profiles;
        if (shared.some((one) => one.modality === modality) || only === undefined || others.length > 0) return null;
        return only.id;
      }
    });
}
