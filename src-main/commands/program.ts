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

const COMMANDS = [
  addRun,
  addReplay,
  addRecord,
  addEnrol,
  addTrain,
  addProfiles,
  addModels,
  addConfirm,
  addEvaluate,
  addCompare,
  addDrill,
  addLogs,
  addStatus,
  addService,
  addFleet,
  addMonitor,
  addApi,
  addInflux,
  addRedis,
  addSyscalls,
  addBench,
  addData,
  addSoak,
  addDoctor,
];

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
      .exitOverride();
    for (const add of COMMANDS) add(program, context);
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong already; asking for help or the version is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.warn(messageOf(error));
    return error instanceof Misused ? 2 : 1;
  } finally {
    terminal.progress(null);
  }
}
