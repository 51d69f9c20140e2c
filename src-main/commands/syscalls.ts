// `seclyzer syscalls`: what the system calls of this machine are. Reads what the privileged helper counts; as root also is that helper, and
// puts it on the machine or takes it off.
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { SOCKET_FILE, type HelperMessage } from '../agent/collect/syscalls/wire.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { installObstacle, installSteps, uninstallSteps } from '../syscalls/install.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { offerSteps } from './offer-steps.ts';
import { readOnce } from './syscalls-read.ts';
import { countsLine, countsTable } from './syscalls-table.ts';

interface SyscallsOptions {
  readonly install?: true;
  readonly uninstall?: true;
  readonly run?: true;
  readonly yes?: true;
  readonly pid?: number;
  readonly socket: string;
  readonly json?: true;
}

const HELP = `
Counted are the calls that came back, those that failed, and how long they took, by name; never an argument, a path or a process.
Off until you install it. Counting adds up to half a microsecond to each call: what that comes to is shown with every reading.`;

export function addSyscalls(program: Command, context: Context): void {
  program
    .command('syscalls')
    .summary('system calls by name, failures and time')
    .description('the system calls of this machine: how many, how many failed, how long they took')
    .option('--install', 'as root: a service that counts them, for members of the group seclyzer to read')
    .option('--uninstall', 'as root: takes all of that away again')
    .option('--yes', 'with --install and --uninstall: do not ask')
    .option('--run', 'as root: count until Ctrl-C, for readers on this machine')
    .addOption(new Option('--pid <n>', 'with --run: this process alone').argParser(numberBetween(1, 2 ** 22, 'whole')))
    .addOption(new Option('--socket <file>', 'where readers are served').default(SOCKET_FILE))
    .addOption(jsonOption())
    .addHelpText('after', fitted(HELP))
    .action(async (options: SyscallsOptions) => {
      const { install, uninstall, run, pid } = options;
      if ([install, uninstall, run].filter(Boolean).length > 1)
        throw new Misused('error: choose one of --install, --uninstall and --run.');
      if (pid !== undefined && run !== true) throw new Misused('error: --pid belongs to --run.');
      if (install === true) return await change('installed', options, context);
      if (uninstall === true) return await change('uninstalled', options, context);
      if (run === true) return await count(options, context);
      return await show(options, context);
    });
}

async function show({ socket, json }: SyscallsOptions, { terminal, finish }: Context): Promise<void> {
  const message = await readOnce(socket);
  if (json === true) terminal.say(JSON.stringify(message));
  else if (message.kind === 'reading') for (const line of countsTable(message, terminal.paint)) terminal.say(line);
  else terminal.warn(`${message.reason}. ${message.fix}`);
  finish(message.kind === 'reading' ? 0 : 1);
}

async function count({ socket, pid, json }: SyscallsOptions, { terminal, finish }: Context): Promise<void> {
  const { startHelper } = await import('../syscalls/helper.ts');
  const { chooseTool } = await import('../syscalls/requirements.ts');
  const only = pid ?? null;
  const choice = chooseTool(only);
  if (!choice.ok) {
    terminal.warn(`${choice.reason}. ${choice.fix}`);
    return finish(1);
  }
  const show = (message: HelperMessage): void => {
    if (json === true) terminal.say(JSON.stringify(message));
    else if (message.kind === 'reading') terminal.say(countsLine(message.reading));
    else terminal.warn(`${message.reason}. ${message.fix}`);
  };
  const helper = await startHelper({ socketFile: socket, pid: only, message: show, said: terminal.warn });
  await nextStopSignal();
  await helper.stop();
}

async function change(what: 'installed' | 'uninstalled', { yes }: SyscallsOptions, context: Context): Promise<void> {
  const { terminal, places, env, finish } = context;
  const refuse = (reason: string): void => {
    terminal.warn(reason);
    finish(1);
  };
  if (process.platform !== 'linux') return refuse('System calls are counted on Linux alone.');
  const program = join(places.root, 'out', 'main', 'syscall-helper.mjs');
  const user = env['SUDO_USER'] ?? null;
  const steps =
    what === 'installed'
      ? installSteps({ program, node: process.execPath, user: user === 'root' ? null : user })
      : uninstallSteps({});
  if (steps.length === 0) return terminal.say('It is not installed.');
  const obstacle = what === 'installed' ? installObstacle({ program }) : null;
  const notRoot = process.geteuid?.() === 0 ? null : 'Only root may do that: begin the same command with sudo.';
  const refusal = await offerSteps(terminal, steps, { obstacle: obstacle ?? notRoot, yes: yes === true });
  if (refusal !== null) return refuse(refusal);
  terminal.say(`The helper is ${what}.`);
}
