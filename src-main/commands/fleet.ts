// `seclyzer fleet`: what a fleet of collectors and scorers has in common.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fleetKeyFile, makeFleetKey } from '../agent/roles/fleet-key.ts';
import { openSettings } from '../agent/settings-file.ts';
import { settingsFileFor } from '../config-folder.ts';
import { dataOption, type Context } from './context.ts';

export function addFleet(program: Command, { terminal, env }: Context): void {
  const fleet = program.command('fleet').description('what a fleet of collectors and scorers has in common');
  const key = fleet
    .command('key')
    .description('make the key that seals what the fleet has in Redis')
    .addOption(dataOption(env))
    .action(async ({ data }: { readonly data: string }) => {
      const dataDir = resolve(data);
      const own = key.getOptionValueSource('data') !== 'default';
      const { current } = await openSettings(
        settingsFileFor({ dataDir, own }, env, homedir()),
        (_, text) => terminal.warn(text),
        Date.now,
      );
      const file = fleetKeyFile(current().redis.fleetKeyFile, dataDir);
      makeFleetKey(file);
      terminal.say(`The key of the fleet is in ${file}.`);
      terminal.say('Copy it to every collector and every scorer, readable for its owner alone (chmod 600).');
      terminal.say('Keep a copy: without it nothing that the fleet has learned in Redis can be read.');
    });
}
