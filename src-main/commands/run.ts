// `seclyzer run`: the agent with its dashboard in the browser, until Ctrl-C.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { AgentOptions } from '../../src-preload/contract.ts';
import type { HostAddress, HostOutput } from '../agent/host-node.ts';
import { settingsFileFor } from '../config-folder.ts';
import { defaultDataFolder } from '../data-folder.ts';
import {
  addEnrolOptions,
  dataOption,
  enrolCounts,
  Misused,
  numberBetween,
  type Context,
  type EnrolOptions,
} from './context.ts';
import {
  collectorLack,
  metricsPort,
  mustFitRole,
  RUN_ROLES,
  scoreFleet,
  viewFleet,
  type RunRole,
} from './run-roles.ts';
import type { Terminal } from './terminal.ts';

interface RunOptions extends EnrolOptions {
  readonly role: RunRole;
  readonly data: string;
  readonly port?: number;
  readonly metricsPort?: number;
  readonly open?: true;
  readonly replay?: readonly string[];
  readonly speed?: number;
  readonly synthetic?: string;
  readonly inputFromApi?: true;
  readonly inputFromRedis?: true;
  readonly inputIsScripted?: true;
  readonly logs?: readonly string[];
  readonly json?: true;
  readonly address: boolean;
  readonly check?: true;
}

export function addRun(program: Command, context: Context): void {
  const command = program
    .command('run')
    .summary('the agent with its dashboard in the browser')
    .description('run the agent with its dashboard in the browser, until Ctrl-C')
    .addOption(
      new Option(
        '--role <role>',
        'all: the whole agent; collector: the same, and its windows go to Redis for scorers; scorer: scores them, without input; viewer: shows the hosts that are in a Redis',
      )
        .choices(RUN_ROLES)
        .default('all'),
    )
    .addOption(
      new Option('--port <n>', 'port of the dashboard on 127.0.0.1 (default: 47600 or the next free one)').argParser(
        numberBetween(0, 65_535),
      ),
    )
    .addOption(
      new Option(
        '--metrics-port <n>',
        'with --role scorer or viewer: port of its figures for Prometheus on 127.0.0.1 (default: none)',
      ).argParser(metricsPort),
    )
    .addOption(dataOption(context.env))
    .option('--open', 'open the dashboard in the browser')
    .addOption(new Option('--replay <file...>', 'take recordings instead of live input').conflicts('synthetic'))
    .addOption(new Option('--speed <x>', 'how fast to replay (default: 1)').argParser(numberBetween(0.1, 1000, 'any')))
    .option('--synthetic <name>', 'take an invented typist (ada or grace) instead of live input')
    .addOption(
      new Option(
        '--input-from-api',
        'take input that is sent to the API (POST /ingest) instead of live input',
      ).conflicts(['synthetic', 'replay']),
    )
    .addOption(
      new Option(
        '--input-from-redis',
        'take input that comes over the channel seclyzer:events of Redis (Settings, Redis) instead of live input',
      ).conflicts(['synthetic', 'replay', 'inputFromApi']),
    )
    .option('--input-is-scripted', 'say that no hand makes the input of this run: nothing looks for such input')
    .option('--logs <file...>', "log files that the log guard reads instead of the machine's own log")
    .option('--json', 'print the address of the dashboard as one line of JSON')
    .option('--no-address', 'do not print the address of the dashboard, which opens it to whoever reads it')
    // For `npm start`, which has to know before it chooses between the tray and the browser.
    .addOption(new Option('--check', 'look at these arguments alone, and start nothing').hideHelp());
  addEnrolOptions(command).action(async (options: RunOptions) => {
    const source = await sourceOf(options);
    mustFitRole(command, options.role);
    if (source.kind === 'replay') await mustHave(source.files);
    if (options.check === true) return;
    if (options.role === 'scorer') return context.finish(await scoreFleet(command, context, options));
    if (options.role === 'viewer')
      return context.finish(await viewFleet(command, context, options, outputOn(context.terminal, options)));
    const { runHost } = await import('../agent/host-node.ts');
    const { version, rendererDir, modelsDir } = context.places;
    const isDefault = command.getOptionValueSource('data') === 'default';
    const dataDir = isDefault ? defaultDataFolder(context.env, homedir(), source.kind) : resolve(options.data);
    const agentOptions: AgentOptions = {
      dataDir,
      modelsDir,
      settingsFile: settingsFileFor({ dataDir, own: !isDefault || source.kind !== 'live' }, context.env, homedir()),
      host: 'browser',
      dataKey: null,
      inputIsScripted: options.inputIsScripted === true,
      source,
      logs: options.logs?.map((file) => resolve(file)) ?? null,
      enrol: enrolCounts(options),
      ...(options.role === 'collector' ? { role: 'collector' } : {}),
    };
    const lack = options.role === 'collector' ? await collectorLack(agentOptions) : null;
    if (lack !== null) {
      context.terminal.warn(lack);
      return context.finish(1);
    }
    const port = options.port === undefined ? {} : { port: options.port };
    const start = { options: agentOptions, version, rendererDir, open: options.open === true, ...port };
    context.finish(await runHost(start, outputOn(context.terminal, options)));
  });
}

/** A dashboard over recordings that are not there would only tell of it to who looks. */
async function mustHave(recordings: readonly string[]): Promise<void> {
  const { mustBeReadable } = await import('../agent/collect/recording-text.ts');
  for (const file of recordings) await mustBeReadable(file);
}

/** As JSON, the address is all that stdout gets. */
function outputOn({ say, warn }: Terminal, { json, address: told, role }: RunOptions): HostOutput {
  const [page, way] =
    role === 'viewer'
      ? ['fleet view', 'The token of its page is in viewer-token, in its data folder.']
      : ['dashboard', 'The way to its dashboard: seclyzer status'];
  const started = ({ url, ...address }: HostAddress): void => {
    if (!told) say(`SecLyzer runs. ${way}`);
    else say(json === true ? JSON.stringify({ url, ...address }) : `SecLyzer ${page}: ${url}`);
  };
  return { started, stopping: () => (json === true ? warn : say)('SecLyzer stops.'), warn };
}

async function sourceOf(options: RunOptions): Promise<AgentOptions['source']> {
  const { replay, speed, synthetic, inputFromApi, inputFromRedis } = options;
  if (speed !== undefined && replay === undefined) throw new Misused('error: --speed needs --replay');
  if (replay !== undefined) return { kind: 'replay', files: replay.map((file) => resolve(file)), speed: speed ?? 1 };
  if (inputFromApi === true) return { kind: 'api' };
  if (inputFromRedis === true) return { kind: 'redis' };
  if (synthetic === undefined) return { kind: 'live' };
  const { TYPISTS } = await import('../agent/collect/typist-profile.ts');
  const names = TYPISTS.map(({ name }) => name);
  if (names.includes(synthetic)) return { kind: 'synthetic', typist: synthetic };
  throw new Misused(`error: there is no typist '${synthetic}'; choose ${names.join(' or ')}`);
}
