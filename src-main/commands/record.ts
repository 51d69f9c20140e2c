// `seclyzer record`: live input into a file in the recording format, until Ctrl-C.
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { Collector } from '../agent/collect/collector.ts';
import type { InputEvent } from '../agent/events.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { fitted } from './help-text.ts';
import { createInOrder } from './in-order.ts';
import { maskEvent } from './mask-keys.ts';
import { createRecordingFile, type RecordingFile } from './recording-file.ts';
import type { Terminal } from './terminal.ts';

interface RecordOptions {
  readonly keys: 'fingers' | 'full';
  readonly seconds?: number;
  readonly yes?: true;
  readonly json?: true;
}

/** How long an event may be on its way before the file goes on without it; X batches rare events for up to two seconds. */
const ON_THE_WAY_US = 5_000_000;

const KEYS_HELP = `
Which keys are written (--keys):
  fingers  every writing key as the home key of its finger, so that the file does not hold what was typed. The order of
           the fingers and the lengths of words remain, and allow guesses: keep the file to yourself, and type no
           password meanwhile.
  full     every key by its name. The file then holds all that is typed, passwords included.
Names of applications are written, titles of windows never.`;

export function addRecord(program: Command, context: Context): void {
  program
    .command('record')
    .summary('write live input into a file, until Ctrl-C')
    .description('write live input into a file, until Ctrl-C')
    .addArgument(new Argument('<file>', 'a new .jsonl or .jsonl.gz').argParser(recordingName))
    .addOption(new Option('--keys <which>', 'which keys are written').choices(['fingers', 'full']).default('fingers'))
    .addOption(new Option('--seconds <n>', 'stop by itself').argParser(numberBetween(1, 86_400)))
    .option('--yes', 'with --keys full: do not ask')
    .addOption(jsonOption())
    .addHelpText('after', fitted(KEYS_HELP))
    .action(async (file: string, options: RecordOptions) => {
      if (!(await allowed(options, context.terminal))) return context.finish(1);
      await record(file, options, context);
    });
}

function recordingName(text: string): string {
  if (!/\.jsonl(\.gz)?$/.test(text)) throw new InvalidArgumentError('The name must end in .jsonl or .jsonl.gz.');
  return resolve(text);
}

async function allowed({ keys, yes }: RecordOptions, { confirm, warn }: Terminal): Promise<boolean> {
  if (keys === 'fingers') return true;
  warn('The file will hold everything that is typed from now on, passwords included.');
  if (yes === true) return true;
  const answer = await confirm('Record all of it?');
  if (answer === null) throw new Misused('error: --keys full needs --yes where nobody can be asked');
  return answer;
}

async function record(
  path: string,
  { keys, seconds, json }: RecordOptions,
  { terminal, env, finish }: Context,
): Promise<void> {
  const { liveCollectors } = await import('../agent/collect/index.ts');
  const collectors = await usable(liveCollectors(env), terminal);
  if (collectors.length === 0) return finish(1);
  const file = await createRecordingFile(path);
  const mask = keys === 'full' ? (event: InputEvent) => event : maskEvent;
  const counts = { events: 0, refused: 0, late: 0 };
  const stop = new AbortController();
  void nextStopSignal().then(() => stop.abort());
  if (seconds !== undefined) setTimeout(() => stop.abort(), seconds * 1000);
  try {
    await collect(collectors, file, mask, counts, stop.signal, terminal);
  } finally {
    await Promise.allSettled(collectors.map((collector) => collector.stop()));
    await file.close();
  }
  terminal.progress(null);
  if (json === true) terminal.say(JSON.stringify({ file: path, keys, ...counts }, null, 2));
  else
    terminal.say(`${counts.events} events in ${path}${counts.late > 0 ? `, ${counts.late} came too late for it` : ''}`);
}

async function collect(
  collectors: readonly Collector[],
  file: RecordingFile,
  mask: (event: InputEvent) => InputEvent,
  counts: { events: number; refused: number; late: number },
  stop: AbortSignal,
  terminal: Terminal,
): Promise<void> {
  const order = createInOrder();
  const take = (untilUs: number): void => {
    const events = order.takeUntil(untilUs);
    file.write(events);
    counts.events += events.length;
    counts.late = order.late();
  };
  for (const collector of collectors) {
    await collector.start({
      publish: (event) => order.add(mask(event)),
      refuse: () => void counts.refused++,
      report: (now) =>
        terminal.warn(now.ok ? `${collector.name}: back` : `${collector.name}: ${now.reason}. ${now.fix}`),
    });
  }
  while (!stop.aborted) {
    await sleep(1000, undefined, { signal: stop }).catch(() => undefined);
    take(Date.now() * 1000 - ON_THE_WAY_US);
    terminal.progress(`${counts.events} events written. Ctrl-C ends the recording.`);
  }
  await Promise.allSettled(collectors.map((collector) => collector.stop()));
  take(Infinity);
}

async function usable(collectors: readonly Collector[], { warn }: Terminal): Promise<readonly Collector[]> {
  const found: Collector[] = [];
  for (const collector of collectors) {
    const state = await collector.available();
    if (state.ok) found.push(collector);
    else warn(`${collector.name}: ${state.reason}. ${state.fix}`);
  }
  return found;
}
