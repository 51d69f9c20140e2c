// `seclyzer service`: the agent without a window, run by the user's own systemd: for servers, kiosks, and desktops without a tray.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { isInKeyring } from '../agent/store/data-key.ts';
import { userUnitFile } from '../config-folder.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { messageOf } from '../agent/thrown.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { offerSteps } from './offer-steps.ts';
import { installSteps, uninstallSteps, type Systemctl } from './service/install.ts';
import { serviceState, type ServiceState } from './service/state.ts';
import { UNIT_NAME } from './service/unit.ts';
import { SERVICE_ROLES, startedUnits, unitsOf, type ServiceRole, type Units } from './service/units.ts';
import { layOut } from './table.ts';

interface RoleOptions {
  readonly role: ServiceRole;
}

interface InstallOptions extends RoleOptions {
  readonly data?: string;
  readonly scorers?: number;
  readonly port?: number;
  readonly metricsPort?: number;
  readonly yes?: true;
}

const HELP = `
It starts with your login and ends with your logout; to have it run from the start of the machine on: loginctl enable-linger.
What it has to say is in the journal: journalctl --user --unit ${UNIT_NAME}. How the session is doing: seclyzer status --json.
The unit of a viewer is seclyzer-viewer. Scorers are instances of one unit: service install --role scorer --scorers 2 starts seclyzer-scorer@1 and seclyzer-scorer@2.
Exit codes of status: 0 it runs, and of several all do; 1 it does not or is not installed, 2 misused.`;

export function addService(program: Command, context: Context): void {
  const service = program
    .command('service')
    .summary('the agent without a window, run by systemd')
    .description('the agent without a window, run by your own systemd: for servers, kiosks, desktops without a tray')
    .addHelpText('after', fitted(HELP));
  const yes = (): Option => new Option('--yes', 'do not ask');
  const role = (): Option =>
    new Option('--role <role>', 'as in seclyzer run').choices(SERVICE_ROLES).default('all' satisfies ServiceRole);
  service
    .command('install')
    .description('start it now and with each login')
    .addOption(role())
    .addOption(new Option('--scorers <n>', 'how many of the role scorer (default: 1)').argParser(numberBetween(1, 64)))
    .option('--data <dir>', 'folder of profiles, models and history')
    .addOption(new Option('--port <n>', 'port of the dashboard on 127.0.0.1').argParser(numberBetween(1, 65_535)))
    .addOption(
      new Option(
        '--metrics-port <n>',
        'with --role scorer or viewer: port of its figures for Prometheus; each further scorer has the next',
      ).argParser(numberBetween(1024, 65_400)),
    )
    .addOption(yes())
    .action((options: InstallOptions) => install(options, context));
  service
    .command('uninstall')
    .description('stop it, now and with each login; what it has learned and kept stays')
    .addOption(role())
    .addOption(yes())
    .action((options: InstallOptions) => uninstall(options, context));
  service
    .command('status')
    .description('whether it runs, since when, and how it ended')
    .addOption(role())
    .addOption(jsonOption())
    .action((options: RoleOptions & { readonly json?: true }) => status(options, context));
}

/** What a user looks at next. */
const NEXT = {
  all: 'The way to its dashboard: seclyzer status',
  collector: 'The way to its dashboard: seclyzer status',
  scorer: 'How it is doing: seclyzer status --role scorer',
  viewer: 'The way to its page: seclyzer status --role viewer',
} as const satisfies Record<ServiceRole, string>;

const unitFile = ({ env }: Context, { file }: Units): string => userUnitFile(file, env, homedir());

async function install(
  { role, scorers, data, port, metricsPort, yes }: InstallOptions,
  context: Context,
): Promise<void> {
  const { terminal, places, finish } = context;
  if (scorers !== undefined && role !== 'scorer') throw new Misused('error: --scorers needs --role scorer');
  if (port !== undefined && role === 'scorer') throw new Misused('error: --port makes no sense with --role scorer');
  if (metricsPort !== undefined && role !== 'scorer' && role !== 'viewer')
    throw new Misused(
      `error: --metrics-port makes no sense with --role ${role}: its figures are in its API (Settings, API)`,
    );
  const cli = join(places.root, 'out', 'main', 'cli.js');
  const args = [
    ...(role === 'all' ? [] : ['--role', role]),
    // The address opens the dashboard, and the journal is read by others as well.
    ...(role === 'scorer' ? [] : ['--no-address']),
    ...(data === undefined ? [] : ['--data', resolve(data)]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(metricsPort === undefined ? [] : ['--metrics-port']),
  ];
  // Scorers are counted from 1.
  const last = role === 'scorer' ? `${(metricsPort ?? 0) - 1}+%i` : String(metricsPort);
  const units = unitsOf(role, scorers);
  const steps = installSteps({
    ...{ node: process.execPath, cli, args, units, unitFile: unitFile(context, units), systemctl },
    ...(metricsPort === undefined ? {} : { last }),
  });
  const missing = existsSync(cli) ? null : `${cli} is missing. Build it first: npm run build`;
  const obstacle = keyLack(role, data, context) ?? missing ?? managerLack();
  const refusal = await offerSteps(terminal, steps, { obstacle, yes: yes === true });
  if (refusal !== null) {
    terminal.warn(refusal);
    return finish(1);
  }
  terminal.say(`The service is installed. ${NEXT[role]}`);
}

/** An agent without Electron has no way into a keyring. */
function keyLack(role: ServiceRole, data: string | undefined, { env }: Context): string | null {
  if (role === 'scorer' || role === 'viewer') return null;
  const folder = data === undefined ? defaultDataFolder(env, homedir(), 'live') : resolve(data);
  if (!isInKeyring(folder)) return null;
  return `The key to the data in ${folder} lies in the desktop's keyring, which only the tray application opens. Name another data folder with --data, or turn on autostart of the tray application (Settings).`;
}

async function uninstall({ role, yes }: InstallOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const units = unitsOf(role);
  const steps = uninstallSteps({ units, unitFile: unitFile(context, units), systemctl });
  if (steps.length === 0) return terminal.say('It is not installed.');
  const refusal = await offerSteps(terminal, steps, { obstacle: managerLack(), yes: yes === true });
  if (refusal === null) return terminal.say('The service is uninstalled.');
  terminal.warn(refusal);
  finish(1);
}

function status({ role, json }: RoleOptions & { readonly json?: true }, { terminal, finish }: Context): void {
  const lack = managerLack();
  const names = lack === null ? startedUnits(role, systemctl) : [];
  const states = names.map((unit) => ({ unit, ...serviceState(systemctl, unit) }));
  const nothing = { installed: false, reason: lack };
  if (json === true) terminal.say(JSON.stringify(role === 'scorer' ? states : (states[0] ?? nothing), null, 2));
  else if (lack !== null) terminal.warn(lack);
  else if (states.length === 0) terminal.say(notInstalled(role));
  else for (const line of states.flatMap((state) => describe(state, role, state.unit))) terminal.say(line);
  finish(states.length > 0 && states.every(({ active }) => active === 'active') ? 0 : 1);
}

const notInstalled = (role: ServiceRole): string =>
  `It is not installed. To install it: seclyzer service install${role === 'all' ? '' : ` --role ${role}`}`;

/** In lines; pure. */
export function describe(state: ServiceState, role: ServiceRole, unit: string): readonly string[] {
  const { installed, enabled, active, pid, sinceMs, restarts, exitCode } = state;
  if (!installed) return [notInstalled(role)];
  return layOut([
    ['State', active],
    ['At login', enabled ? 'starts' : 'does not start'],
    ['Process', pid === null ? '—' : String(pid)],
    ['Since', sinceMs === null ? '—' : new Date(sinceMs).toLocaleString()],
    ['Restarts', String(restarts)],
    ['Last end', exitCode === null ? '—' : `exit code ${exitCode}`],
    ['Its words', `journalctl --user --unit ${unit}`],
  ]);
}

/** Why a service can't be run here, with what to do; null: it can. */
function managerLack(): string | null {
  if (process.platform !== 'linux') return 'Services are run by systemd, on Linux alone. In a terminal: seclyzer run';
  try {
    systemctl('show', '--property=Version');
    return null;
  } catch (error) {
    return `Your own systemd can't be asked: ${messageOf(error)}. Log in anew (not with su or sudo), or run it in a terminal: seclyzer run`;
  }
}

const systemctl: Systemctl = (...args) => {
  const { error, status: code, stdout, stderr } = spawnSync('systemctl', ['--user', ...args], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (code !== 0) throw new Error(stderr.trim() || `systemctl ${args.join(' ')}: exit code ${code}`);
  return stdout;
};
