// `seclyzer logs …`: the log guard on the command line.
import type { Command } from 'commander';
import type { Context } from './context.ts';
import { addLogsConfig } from './logs-config.ts';
import { addLogsDemo } from './logs-demo.ts';
import { addLogsExplain } from './logs-explain.ts';
import { addLogsReport } from './logs-report.ts';
import { addLogsScan } from './logs-scan.ts';
import { addLogsTrain } from './logs-train.ts';
import { addLogsWatch } from './logs-watch.ts';

const COMMANDS = [addLogsScan, addLogsWatch, addLogsTrain, addLogsReport, addLogsExplain, addLogsDemo, addLogsConfig];

export function addLogs(program: Command, context: Context): void {
  const logs = program
    .command('logs')
    .summary('find attacks in the log of this machine or a file')
    .description('find attacks in the logs of this machine, or in any log file');
  for (const add of COMMANDS) add(logs, context);
}
