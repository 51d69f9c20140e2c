// The roles of `seclyzer run` besides the whole agent: a scorer, which has no input and no dashboard, and what a collector can't begin without.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AgentOptions } from '../../src-preload/contract.ts';
import { settingsFileFor } from '../config-folder.ts';
import { enrolCounts, Misused, type Context, type EnrolOptions } from './context.ts';

/** Of `seclyzer run`: what a scorer knows nothing of. */
const SEES_INPUT = [
  ...['port', 'open', 'json', 'replay', 'speed', 'synthetic', 'inputFromApi', 'inputFromRedis', 'inputIsScripted'],
  'logs',
];

/** @throws Misused for an option that is about input or a dashboard. */
export function mustBeScorers(command: Command): void {
  const given = SEES_INPUT.find((name) => command.getOptionValue(name) !== undefined);
  const option = command.options.find((one) => one.attributeName() === given);
  if (option !== undefined) throw new Misused(`error: ${option.long ?? ''} makes no sense with --role scorer`);
}

export async function scoreFleet(
  command: Command,
  { env, places, terminal }: Context,
  options: EnrolOptions & { readonly data: string },
): Promise<0 | 1> {
  const { runScorer } = await import('../agent/roles/host-scorer.ts');
  const dataDir = resolve(options.data);
  const own = command.getOptionValueSource('data') !== 'default';
  const settingsFile = settingsFileFor({ dataDir, own }, env, homedir());
  const { version, modelsDir } = places;
  return await runScorer(
    { options: { dataDir, modelsDir, settingsFile, enrol: enrolCounts(options) }, version },
    terminal,
  );
}

/** Why this machine can't be a collector, with what to do; null: it can. */
export async function collectorLack({
  dataDir,
  settingsFile,
}: Pick<AgentOptions, 'dataDir' | 'settingsFile'>): Promise<string | null> {
  const { fleetAccess } = await import('../agent/roles/fleet-access.ts');
  const { openSettings } = await import('../agent/settings-file.ts');
  const { current } = await openSettings(settingsFile, () => undefined, Date.now);
  const access = fleetAccess(current().redis, dataDir, settingsFile);
  return 'reason' in access ? `The collector can't start: ${access.reason}. ${access.fix}` : null;
}
