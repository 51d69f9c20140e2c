// Puts the commands together. In: arguments. Out: an exit code.
import { Command, CommanderError } from 'commander';
import { addApi } from './api.ts';
import { addBench } from './bench.ts';
import { addCompare } from './compare.ts';
import { addConfirm } from './confirm.ts';
import { Misused, type Context, type ExitCode } from './context.ts';
import { addData } from './data.ts';
import { addDoctor } from './doctor.ts';
import { addDrill } from './drill.ts';
import { addEnrol } from './enrol.ts';
import { addEvaluate } from './evaluate.ts';
import { addFleet } from './fleet.ts';
import { addInflux } from './influx.ts';
import { addRedis } from './redis.ts';
import { addLogs } from './logs.ts';
import { fitted } from './help-text.ts';
import { findPlaces } from './places.ts';
import { addModels } from './models.ts';
import { addMonitor } from './monitor.ts';
import { addProfiles } from './profiles.ts';
import { addRecord } from './record.ts';
import { addReplay } from './replay.ts';
import { addRun } from './run.ts';
import { addService } from './service.ts';
import { addSoak } from './soak.ts';
import { addStatus } from './status.ts';
import { addSyscalls } from './syscalls.ts';
import { createTerminal } from './terminal.ts';
import { addTrain } from './train.ts';
import { messageOf } from '../agent/thrown.ts';

/** As the list of them is read: what everybody needs first. */
const COMMANDS = {
  'To begin:': [addRun, addDoctor, addStatus, addService],
  'What it knows of you:': [addEnrol, addTrain, addProfiles, addModels, addConfirm, addDrill, addData],
  'This machine:': [addMonitor, addSyscalls, addLogs],
  'Other programs and machines:': [addApi, addRedis, addInflux, addFleet],
  'Recordings and measurements:': [addRecord, addReplay, addEvaluate, addCompare, addBench, addSoak],
} as const satisfies Readonly<Record<string, readonly ((program: Command, context: Context) => void)[]>>;

const HELP = `
Each has --help, and --json where it prints results. Exit codes: 0 fine, 1 failed, 2 misused.`;

export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<ExitCode> {
  const terminal = createTerminal(env);
  let code: ExitCode = 0;
  try {
    const context: Context = {
      terminal,
      env,
      places: findPlaces(import.meta.url),
      finish: (last) => void (code = last),
    };
    const program = new Command('seclyzer')
      .description('Keeps asking, on this machine alone: is the person at this keyboard still its owner?')
      .version(context.places.version)
      // Nearly all of them have options; their help says which.
      .configureHelp({ subcommandTerm: (command) => [command.name(), ...argumentsOf(command)].join(' ') })
      .addHelpText('after', fitted(HELP))
      .exitOverride();
    for (const [group, commands] of Object.entries(COMMANDS)) {
      program.commandsGroup(group);
      for (const add of commands) add(program, context);
    }
    program.addHelpCommand(
      new Command('help').argument('[command]').summary('show the help of a command').helpGroup('To begin:'),
    );
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong already; asking for help or the version is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.warn(asSentence(messageOf(error)));
    return error instanceof Misused ? 2 : 1;
  } finally {
    terminal.progress(null);
  }
}

const argumentsOf = (command: Command): readonly string[] =>
  command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });

/** What is thrown begins small, for it may stand behind a colon. What commander would have said keeps its form. */
const asSentence = (message: string): string =>
  message.startsWith('error: ') || message.startsWith('seclyzer')
    ? message
    : message.charAt(0).toUpperCase() + message.slice(1);
