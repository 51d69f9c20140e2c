// `seclyzer fleet`: the key that collectors and scorers have in common, and the way to take back what a collector has sent.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { UserSettings } from '../../src-preload/contract.ts';
import { fleetAccess } from '../agent/roles/fleet-access.ts';
import { fleetKeyFile, makeFleetKey } from '../agent/roles/fleet-key.ts';
import { readSubject } from '../agent/roles/subject-file.ts';
import { openSettings } from '../agent/settings-file.ts';
import { messageOf } from '../agent/thrown.ts';
import { settingsFileFor } from '../config-folder.ts';
import { dataOption, type Context } from './context.ts';

/** A connection has so long to stand. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 200;

interface Place {
  readonly dataDir: string;
  readonly settingsFile: string;
  readonly redis: UserSettings['redis'];
}

export function addFleet(program: Command, context: Context): void {
  const { terminal, env } = context;
  const fleet = program
    .command('fleet')
    .summary('the key of a fleet, and what it has of this machine')
    .description('what a fleet of collectors and scorers has in common');
  const placed = (command: Command, work: (place: Place) => Promise<void>): void => {
    command.addOption(dataOption(env)).action(async ({ data }: { readonly data: string }) => {
      const dataDir = resolve(data);
      const own = command.getOptionValueSource('data') !== 'default';
      const settingsFile = settingsFileFor({ dataDir, own }, env, homedir());
      const { current } = await openSettings(settingsFile, (_, text) => terminal.warn(text), Date.now);
      await work({ dataDir, settingsFile, redis: current().redis });
    });
  };
  placed(
    fleet.command('key').description('make the key that seals what the fleet has in Redis'),
    async ({ redis, dataDir }) => {
      const file = fleetKeyFile(redis.fleetKeyFile, dataDir);
      makeFleetKey(file);
      terminal.say(`The key of the fleet is in ${file}.`);
      terminal.say('Copy it to every collector and every scorer, readable for its owner alone (chmod 600).');
      terminal.say('Keep a copy: without it nothing that the fleet has learned in Redis can be read.');
    },
  );
  placed(
    fleet
      .command('forget')
      .description('delete what this collector has sent to Redis, and all that was learned from it'),
    (place) => forget(place, context),
  );
}

async function forget({ dataDir, settingsFile, redis }: Place, { terminal, finish }: Context): Promise<void> {
  const subject = await readSubject(dataDir);
  if (subject === null) return terminal.say('Nothing was sent: this machine has never been a collector.');
  const access = fleetAccess(redis, dataDir, settingsFile);
  if ('reason' in access) {
    terminal.warn(`Nothing was deleted: ${access.reason}. ${access.fix}`);
    return finish(1);
  }
  const { openFleetLine } = await import('../agent/roles/fleet-line.ts');
  const line = openFleetLine(access, subject);
  try {
    const wasThere = await persist(line.forget);
    terminal.say(wasThere ? 'All of it was deleted from Redis.' : 'There is nothing of it in Redis.');
    terminal.say('A collector that still runs begins anew: stop it first, or start it in the role all.');
  } catch (error) {
    terminal.warn(`Nothing was deleted: ${messageOf(error)}`);
    finish(1);
  } finally {
    line.close();
  }
}

/** Until there is a connection. @throws what was wrong at last */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (const endMs = performance.now() + PATIENCE_MS; ; await sleep(AGAIN_MS)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > endMs) throw error;
    }
  }
}
