// `seclyzer logs scan`: log files once through the whole guard, as fast as it goes, on the logs' own clock.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Scan } from '../agent/guard/scan.ts';
import type { Baseline } from '../agent/guard/score/baseline.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { configFor, fileArgument, pathOf, profileOption, thresholdOption, type GuardOptions } from './logs-options.ts';
import { alertLine, number, scanLines, stepLines } from './logs-table.ts';
import { collectOften } from './collect-often.ts';

interface ScanOptions extends GuardOptions {
  readonly data: string;
  readonly json?: true;
  readonly verbose?: true;
  readonly selfTaught?: true;
}

export function addLogsScan(logs: Command, context: Context): void {
  const { terminal, env } = context;
  logs
    .command('scan')
    .description('look for attacks in log files, from their beginning to their end; keeps nothing')
    .addArgument(fileArgument())
    .option('--once', 'read what is there and end (what it does in any case; to follow a file: logs watch --file)')
    .option('--self-taught', 'learn what is usual from these files, not from what this machine has learned')
    .option('--verbose', 'print how long each step took')
    .addOption(profileOption())
    .addOption(thresholdOption())
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (files: readonly string[], options: ScanOptions) => {
      collectOften();
      const config = configFor(options, options.data, context);
      const { scanFiles } = await import('../agent/guard/scan.ts');
      const baseline = options.selfTaught === true ? null : await machineBaseline(resolve(options.data));
      const json = options.json === true;
      const startMs = performance.now();
      const scan = await scanFiles({
        ...{ files: files.map(pathOf), config, baseline },
        onRaised: ({ alert, kind }) => {
          if (!json && kind !== 'again') terminal.say(alertLine(alert, terminal.paint));
        },
        onProgress: (read, all) => terminal.progress(progressLine(read, all, performance.now() - startMs)),
      });
      const tookS = (performance.now() - startMs) / 1000;
      terminal.progress(null);
      if (json) terminal.say(JSON.stringify(await summaryOf(scan, tookS, options.verbose === true), null, 2));
      else for (const line of ['', ...scanLines(scan, tookS, terminal.paint)]) terminal.say(line);
      if (!json && options.verbose === true) for (const line of ['', ...stepLines(scan)]) terminal.say(line);
    });
}

/** What is usual here, where an agent has learned it and its key can be had; null otherwise. */
async function machineBaseline(dataDir: string): Promise<Baseline | null> {
  const { hasKept, keptBaseline, withKept } = await import('../agent/guard/kept.ts');
  if (!hasKept(dataDir)) return null;
  try {
    return await withKept(dataDir, Date.now(), (store) => Promise.resolve(keptBaseline(store)));
  } catch {
    // An agent is at work on it, or the keyring holds the key: the files teach what is usual then.
    return null;
  }
}

const BAR = 24;

function progressLine(read: number, all: number | null, tookMs: number): string {
  const rate = `${(read / 1e6 / Math.max(tookMs / 1000, 1e-3)).toFixed(0)} MB/s`;
  if (all === null || all === 0) return `${number(Math.round(read / 1e6))} MB, ${rate}`;
  const share = Math.min(1, read / all);
  const bar = '#'.repeat(Math.round(BAR * share)).padEnd(BAR, '.');
  const left = share > 0 ? `, ${Math.ceil((tookMs * (1 - share)) / share / 1000)} s left` : '';
  return `[${bar}] ${Math.floor(100 * share)} %, ${rate}${left}`;
}

async function summaryOf(scan: Scan, tookS: number, verbose: boolean) {
  const { jsonOf } = await import('../agent/guard/alert/alert-json.ts');
  const { incidentView } = await import('../agent/guard/desk.ts');
  const { tally, vectors, dropped, cycles, tookMs } = scan;
  return {
    ...{ lines: tally.lines, parsed: tally.parsed, unparsed: tally.unparsed, events: tally.events, vectors },
    alerts: scan.alerts.map(jsonOf),
    dropped,
    incidents: scan.incidents.map(incidentView),
    unknown: Object.fromEntries(tally.unknown),
    ...{ cycles, tookS: Number(tookS.toFixed(3)) },
    ...(verbose ? { tookMs } : {}),
  };
}
