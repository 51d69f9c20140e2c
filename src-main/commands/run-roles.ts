// The roles of `seclyzer run` besides the whole agent: a scorer, which has no input and no
// dashboard, a viewer, which shows other hosts, and what a collector can't begin without.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AgentOptions } from '../../src-preload/contract.ts';
import type { HostOutput } from '../agent/host-node.ts';
import { settingsFileFor } from '../config-folder.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { enrolCounts, Misused, numberBetween, type Context, type EnrolOptions } from './context.ts';

export const RUN_ROLES = ['all', 'collector', 'scorer', 'viewer'] as const;
export type RunRole = (typeof RUN_ROLES)[number];

/** Of `seclyzer run`: all that these roles know of. The others are agents, and know every option. */
const KNOWN: Partial<Record<RunRole, readonly string[]>> = {
  scorer: ['role', 'data', 'check', 'metricsPort', 'enrolKeystrokes', 'enrolMouse', 'enrolApps', 'enrolWords'],
  viewer: ['role', 'data', 'check', 'metricsPort', 'port', 'open', 'json', 'address'],
};

/** @throws Misused for an option that the role would have to pass over. */
export function mustFitRole(command: Command, role: RunRole): void {
  const known = KNOWN[role];
  const given = (name: string): boolean => !['default', undefined].includes(command.getOptionValueSource(name));
  if (known === undefined && given('metricsPort'))
    throw new Misused(
      `error: --metrics-port makes no sense with --role ${role}: its figures are in its API (Settings, API)`,
    );
  if (known === undefined) return;
  const wrong = command.options.find((one) => given(one.attributeName()) && !known.includes(one.attributeName()));
  if (wrong !== undefined) throw new Misused(`error: ${wrong.long ?? ''} makes no sense with --role ${role}`);
}

const PORTS = numberBetween(0, 65_535);

/** Also as a sum, `47709+1`: systemd can put the number of an instance there, and can't count. */
export const metricsPort = (text: string): number => {
  const [, first, more = '0'] = /^(\d+)(?:\+(\d+))?$/.exec(text) ?? [];
  return PORTS(first === undefined ? text : String(Number(first) + Number(more)));
};

export async function scoreFleet(
  command: Command,
  { env, places, terminal }: Context,
  options: EnrolOptions & { readonly data: string; readonly metricsPort?: number },
): Promise<0 | 1> {
  const { runScorer } = await import('../agent/roles/host-scorer.ts');
  const dataDir = resolve(options.data);
  const own = command.getOptionValueSource('data') !== 'default';
  const settingsFile = settingsFileFor({ dataDir, own }, env, homedir());
  const { version, modelsDir } = places;
  return await runScorer(
    {
      ...{ options: { dataDir, modelsDir, settingsFile, enrol: enrolCounts(options) }, version },
      metricsPort: options.metricsPort ?? null,
    },
    terminal,
  );
}

/** Its folder holds its token alone; with one of its own it has settings of its own. */
export async function viewFleet(
  command: Command,
  { env, places }: Context,
  options: { readonly data: string; readonly port?: number; readonly metricsPort?: number; readonly open?: true },
  output: HostOutput,
): Promise<0 | 1> {
  const { runViewer } = await import('../viewer/host-viewer.ts');
  const own = command.getOptionValueSource('data') !== 'default';
  const dataDir = own ? resolve(options.data) : defaultDataFolder(env, homedir(), 'viewer');
  const settingsFile = settingsFileFor({ dataDir, own }, env, homedir());
  const { version, rendererDir } = places;
  const port = options.port === undefined ? {} : { port: options.port };
  return await runViewer(
    {
      ...{ dataDir, settingsFile, version, rendererDir, open: options.open === true, ...port },
      metricsPort: options.metricsPort ?? null,
    },
    output,
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
