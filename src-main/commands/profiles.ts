// `seclyzer profiles`: the ways in which the owner works, as the running agent knows them; adds, renames and removes them.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Learning } from '../../src-preload/contract.ts';
import { linkToAgent, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { profileLines } from './learning-table.ts';

interface Options {
  readonly data: string;
  readonly json?: true;
}

export function addProfiles(program: Command, { terminal, env }: Context): void {
  const profiles = program
    .command('profiles')
    .summary('the ways in which you work: laptop, dock')
    .description('show, add, rename or remove the ways in which you work: the laptop, the dock, an injured hand');
  const run = async (options: Options, work: (link: AgentLink) => Promise<Learning>): Promise<void> => {
    const learning = await work(await linkToAgent(resolve(options.data)));
    if (options.json === true) terminal.say(JSON.stringify(learning, null, 2));
    else for (const line of profileLines(learning)) terminal.say(line);
  };
  const add = (usage: string, description: string, isDefault = false): Command =>
    profiles.command(usage, { isDefault }).description(description).addOption(dataOption(env)).addOption(jsonOption());

  add('list', 'show what is known of each', true).action((options: Options) =>
    run(options, (link) => link.call('learning')),
  );
  add('add <name>', 'what comes in from now on teaches another one').action((name: string, options: Options) =>
    run(options, (link) => link.call('addProfile', { name })),
  );
  add('rename <profile> <name>', 'call it otherwise; it is named by its number or its name').action(
    (profile: string, name: string, options: Options) =>
      run(options, async (link) => link.call('renameProfile', { id: await profileId(link, profile), name })),
  );
  add('remove <profile>', 'forget it and all that it has learned').action((profile: string, options: Options) =>
    run(options, async (link) => link.call('removeProfile', { id: await profileId(link, profile) })),
  );
}

/** By its number or its name. @throws Error that names those that there are. */
export async function profileId(link: AgentLink, wanted: string): Promise<string> {
  const { profiles } = await link.call('learning');
  const named = profiles.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const found = profiles.find(({ id }) => id === wanted) ?? named;
  if (found !== undefined) return found.id;
  const names = profiles.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new Error(`There is no profile '${wanted}'; choose from ${names}.`);
}
