// `seclyzer logs watch`: the log of this machine, or files, as it is written; alerts as they are found. Beside the agent, and keeping
// nothing: what it has read, the agent still reads.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import { findLogs, nameOfLog, openSource } from '../agent/collect/logs.ts';
import type { LogSource } from '../agent/collect/logs-source.ts';
import type { Cycle } from '../agent/guard/cycle.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { dataOption, type Context } from './context.ts';
import { configFor, profileOption, thresholdOption, type GuardOptions } from './logs-options.ts';
import { alertLine, counted } from './logs-table.ts';

interface WatchOptions extends GuardOptions {
  readonly data: string;
  readonly file?: readonly string[];
  readonly begin?: true;
  readonly once?: true;
  readonly json?: true;
  readonly verbose?: true;
}

export function addLogsWatch(logs: Command, context: Context): void {
  const { terminal, env, finish } = context;
  logs
    .command('watch')
    .description(
      'follow the log of this machine and print alerts as they are found, until Ctrl-C; exit code 1 when nothing can be read',
    )
    .option('--file <file...>', "log files to follow instead of the machine's own log")
    .option('--begin', 'from the beginning of what is there, not from now on')
    .option('--once', 'read what is there and end; with --begin')
    .option('--verbose', 'print what each cycle took')
    .addOption(profileOption())
    .addOption(thresholdOption())
    .addOption(dataOption(env))
    .addOption(new Option('--json', 'print each alert as one line of JSON'))
    .action(async (options: WatchOptions) => {
      const sources = await sourcesOf(options, terminal.warn);
      if (sources.length === 0) return finish(1);
      await watch(sources, options, context);
    });
}

async function sourcesOf({ file, begin }: WatchOptions, warn: (line: string) => void): Promise<readonly LogSource[]> {
  const start = begin === true ? 'start' : 'end';
  const options = {
    position: () => null,
    warmFrom: () => null,
    sinceMs: begin === true ? 7 * 86_400_000 : 0,
    begin: start,
  } as const;
  if (file !== undefined)
    return file.map((path, i): LogSource =>
      openSource({ kind: 'file', path: resolve(path), role: i === 0 ? 'all' : 'beside' }, options),
    );
  const { sources, lack } = await findLogs();
  if (sources.length > 0) warn(`Reading ${sources.map(nameOfLog).join(', ')}.`);
  if (lack !== null) {
    const what = sources.length === 0 ? 'Nothing can be read' : 'Logins can not be seen';
    warn(`${what}: ${lack.reason}. ${lack.fix}`);
  }
  return sources.map((one) => openSource(one, options));
}

async function watch(sources: readonly LogSource[], options: WatchOptions, context: Context): Promise<void> {
  const { terminal } = context;
  const { createCipher, KEY_BYTES } = await import('../agent/store/cipher.ts');
  const { startEngine } = await import('../agent/guard/engine.ts');
  const { createGuardStore } = await import('../agent/guard/guard-store.ts');
  const { openGuardMemory } = await import('../agent/guard/open-guard-store.ts');
  const { jsonOf } = await import('../agent/guard/alert/alert-json.ts');
  const config = configFor(options, options.data, context);
  const cipher = createCipher(randomBytes(KEY_BYTES));
  const store = createGuardStore(openGuardMemory(cipher), cipher);
  const engine = await startEngine({
    ...{ config, store, sources, nowMs: Date.now },
    onTrouble: terminal.warn,
    onCycle: (cycle) => {
      for (const { alert, kind } of cycle.raised) {
        if (kind === 'again') continue;
        terminal.say(
          options.json === true ? JSON.stringify({ kind, ...jsonOf(alert) }) : alertLine(alert, terminal.paint),
        );
      }
      if (options.verbose === true) terminal.warn(cycleLine(cycle));
    },
  });
  let stopped = false;
  const stop = new AbortController();
  void nextStopSignal().then(() => {
    stopped = true;
    stop.abort();
  });
  do {
    await engine.poll();
    for (const source of sources) sayState(source, terminal.warn);
    if (options.once === true) break;
    await sleep(config.pollMs, undefined, { signal: stop.signal }).catch(() => 'asked to stop');
  } while (!stopped);
  await engine.stop();
  store.close();
}

const told = new Map<string, string>();

/** Each change of a source once. */
function sayState(source: LogSource, warn: (line: string) => void): void {
  const { status, reason, fix } = source.state();
  const words = `${source.name}: ${status}${reason === null ? '' : `, ${reason}`}${fix === null ? '' : `. ${fix}`}`;
  if (told.get(source.name) === words || (status === 'reading' && !told.has(source.name))) return;
  told.set(source.name, words);
  warn(words);
}

function cycleLine({ tookMs, vectors, raised }: Cycle): string {
  const steps = Object.entries(tookMs).map(([step, ms]) => `${step} ${ms.toFixed(2)}`);
  return `${steps.join(', ')} ms; ${counted(vectors, 'vector')}, ${counted(raised.length, 'alert')}`;
}
