// `seclyzer service`: the agent without a window, run by the user's own systemd: for servers, kiosks, and desktops without a tray.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { defaultSettingsFile } from '../config-folder.ts';
import { messageOf } from '../agent/thrown.ts';
import { jsonOption, numberBetween, type Context } from './context.ts';
import { offerSteps } from './offer-steps.ts';
import { installSteps, uninstallSteps, type Systemctl } from './service/install.ts';
import { serviceState, type ServiceState } from './service/state.ts';
import { UNIT_NAME } from './service/unit.ts';
import { layOut } from './table.ts';

interface InstallOptions {
  readonly data?: string;
  readonly port?: number;
  readonly yes?: true;
}

const HELP = `
It starts with your login and ends with your logout; to have it run from the start of the machine on: loginctl enable-linger.
What it has to say is in the journal: journalctl --user --unit ${UNIT_NAME}. How the session is doing: seclyzer status --json.
Exit codes of status: 0 it runs, 1 it does not or is not installed, 2 misused.`;

export function addService(program: Command, context: Context): void {
  const service = program
    .command('service')
    .description('the agent without a window, run by your own systemd: for servers, kiosks, desktops without a tray')
    .addHelpText('after', HELP);
  const yes = (): Option => new Option('--yes', 'do not ask');
  service
    .command('install')
    .description('start it now and with each login')
    .option('--data <dir>', 'folder of profiles, models and history')
    .addOption(new Option('--port <n>', 'port of the dashboard on 127.0.0.1').argParser(numberBetween(1, 65_535)))
    .addOption(yes())
    .action((options: InstallOptions) => install(options, context));
  service
    .command('uninstall')
    .description('stop it, now and with each login; what it has learned and kept stays')
    .addOption(yes())
    .action((options: InstallOptions) => uninstall(options, context));
  service
    .command('status')
    .description('whether it runs, since when, and how it ended')
    .addOption(jsonOption())
    .action((options: { readonly json?: true }) => status(options, context));
}

/** In the folder of the settings' own, for a user's systemd looks there. */
const unitFile = ({ env }: Context): string =>
  join(dirname(dirname(defaultSettingsFile(env, homedir()))), 'systemd', 'user', UNIT_NAME);

async function install({ data, port, yes }: InstallOptions, context: Context): Promise<void> {
  const { terminal, places, finish } = context;
  const cli = join(places.root, 'out', 'main', 'cli.js');
  const args = [
    // The address opens the dashboard, and the journal is read by others as well.
    '--no-address',
    ...(data === undefined ? [] : ['--data', resolve(data)]),
    ...(port === undefined ? [] : ['--port', String(port)]),
  ];
  const steps = installSteps({ node: process.execPath, cli, args, unitFile: unitFile(context), systemctl });
  const missing = existsSync(cli) ? null : `${cli} is missing. Build it first: npm run build`;
  const refusal = await offerSteps(terminal, steps, { obstacle: missing ?? managerLack(), yes: yes === true });
  if (refusal !== null) {
    terminal.warn(refusal);
    return finish(1);
  }
  terminal.say('The service is installed. The way to its dashboard: seclyzer status');
}

async function uninstall({ yes }: InstallOptions, context: Context): Promise<void> {
  const { terminal, finish } = context;
  const steps = uninstallSteps({ unitFile: unitFile(context), systemctl });
  if (steps.length === 0) return terminal.say('It is not installed.');
  const refusal = await offerSteps(terminal, steps, { obstacle: managerLack(), yes: yes === true });
  if (refusal === null) return terminal.say('The service is uninstalled.');
  terminal.warn(refusal);
  finish(1);
}

function status({ json }: { readonly json?: true }, { terminal, finish }: Context): void {
  const lack = managerLack();
  const state = lack === null ? serviceState(systemctl) : null;
  if (json === true) terminal.say(JSON.stringify(state ?? { installed: false, reason: lack }, null, 2));
  else if (state === null) terminal.warn(lack ?? '');
  else for (const line of describe(state)) terminal.say(line);
  finish(state?.active === 'active' ? 0 : 1);
}

/** In lines; pure. */
export function describe({
  installed,
  enabled,
  active,
  pid,
  sinceMs,
  restarts,
  exitCode,
}: ServiceState): readonly string[] {
  if (!installed) return ['It is not installed. To install it: seclyzer service install'];
  return layOut([
    ['State', active],
    ['At login', enabled ? 'starts' : 'does not start'],
    ['Process', pid === null ? '—' : String(pid)],
    ['Since', sinceMs === null ? '—' : new Date(sinceMs).toLocaleString()],
    ['Restarts', String(restarts)],
    ['Last end', exitCode === null ? '—' : `exit code ${exitCode}`],
    ['Its words', `journalctl --user --unit ${UNIT_NAME}`],
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
