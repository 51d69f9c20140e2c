// `seclyzer monitor`: what this machine does, second by second. Needs no agent, and leaves nothing behind.
import { Option, type Command } from 'commander';
import type { HostEvent, MetricEvent } from '../../src-preload/contract.ts';
import { valueWords } from '../agent/monitor/metric-words.ts';
import type { HostFacts } from '../agent/collect/host/host-facts.ts';
import type { Monitor } from '../agent/monitor/monitor.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { numberBetween, type Context } from './context.ts';
import { fixedRow, type Alignment } from './table.ts';
import type { Paint, Terminal } from './terminal.ts';

interface MonitorOptions {
  readonly seconds?: number;
  readonly interval: number;
  readonly commandLines?: true;
  readonly json?: true;
}

export function addMonitor(program: Command, context: Context): void {
  program
    .command('monitor')
    .summary('what this machine does, second by second')
    .description('show what this machine does, second by second; needs no running agent')
    .addOption(
      new Option('--seconds <n>', 'end after so long (default: Ctrl-C)').argParser(numberBetween(1, 1_000_000)),
    )
    .addOption(new Option('--interval <s>', 'seconds between two readings').argParser(numberBetween(1, 60)).default(1))
    .option('--command-lines', 'with --json: also those of processes, their secrets masked')
    .option('--json', 'print every event as a line of JSON')
    .action((options: MonitorOptions) => watch(options, context));
}

async function watch(options: MonitorOptions, { terminal, finish }: Context): Promise<void> {
  const { createMonitor } = await import('../agent/monitor/monitor.ts');
  const settings = {
    enabled: true,
    intervalSeconds: options.interval,
    commandLines: options.commandLines === true,
  };
  const monitor = createMonitor({ settings: () => settings, store: forgetful, tell: terminal.warn });
  const table = createTable(terminal);
  monitor.subscribe('terminal', null, (event) => {
    if (options.json === true) terminal.say(JSON.stringify(event));
    else table.show(event, monitor);
  });
  // Nothing else keeps the process alive between two readings.
  const alive = setInterval(() => undefined, 60_000);
  if (options.json !== true)
    void monitor.facts().then(
      (facts) => terminal.warn(factsLine(facts)),
      () => undefined,
    );
  await monitor.apply();
  const ended =
    options.seconds === undefined ? null : new Promise((resolve) => setTimeout(resolve, (options.seconds ?? 0) * 1000));
  await Promise.race([nextStopSignal(), ...(ended === null ? [] : [ended])]);
  await monitor.stop();
  clearInterval(alive);
  const { sources, cpuPercent } = monitor.stats();
  for (const [name, found] of Object.entries(sources))
    if (!found.ok) terminal.warn(`${name}: ${found.reason}. ${found.fix}`);
  if (options.json !== true) terminal.warn(`Watching took ${cpuPercent.toFixed(2)} % of a core.`);
  finish(Object.values(sources).some(({ ok }) => ok) ? 0 : 1);
}

/** `AMD EPYC, 2 cores, 23.5 GiB, Debian GNU/Linux 12, a virtual machine, limited to 1.5 cores`; pure. */
export function factsLine({ processor, cores, memoryMiB, system, virtualMachine, limits }: HostFacts): string {
  const { cpuCores, memoryMiB: mostMiB } = limits;
  const gib = (mib: number): string => `${(mib / 1024).toFixed(1)} GiB`;
  return [
    ...[processor, `${cores} cores`, gib(memoryMiB), system],
    ...(virtualMachine ? ['a virtual machine'] : []),
    ...(cpuCores === null ? [] : [`limited to ${cpuCores} cores`]),
    ...(mostMiB === null ? [] : [`limited to ${gib(mostMiB)}`]),
  ].join(', ');
}

/** It looks on, and need not learn for later. */
const forgetful = { get: () => null, set: () => undefined };

const HEAD = ['time', 'busy', 'waiting', 'memory', 'read', 'written', 'received', 'sent', 'busiest process'];
const WIDTHS = [8, 7, 7, 7, 10, 10, 10, 10, 0];
const ALIGNMENT: readonly Alignment[] = [
  'left',
  ...(['right', 'right', 'right', 'right', 'right', 'right', 'right'] as const),
  'left',
];
const HEAD_EVERY = 20;

function createTable({ say, paint }: Terminal) {
  let rows = 0;
  return {
    show: (event: HostEvent, monitor: Pick<Monitor, 'realtime'>): void => {
      if (event.event_type === 'anomaly') return say(paint.bad(event.data.sentence));
      if (event.event_type === 'trend') return say(paint.dim(trendLine(event)));
      // The network is read last but for the processes: its event ends a round.
      if (event.source !== 'network') return;
      const latest = monitor.realtime();
      // The first reading has no rates yet.
      if ((latest['cpu']?.data.values['busyPercent'] ?? null) === null) return;
      if (rows++ % HEAD_EVERY === 0) say(paint.dim(fixedRow(HEAD, WIDTHS, ALIGNMENT)));
      say(rowOf(event.timestamp / 1000, latest, paint));
    },
  };
}

const trendLine = ({ data }: Extract<HostEvent, { event_type: 'trend' }>): string =>
  data.forecast?.sentence ?? `${data.key} is ${data.direction}, now at ${valueWords(data.key, data.current)}.`;

/** One line; pure. */
export function rowOf(atMs: number, latest: Readonly<Record<string, MetricEvent>>, paint: Paint): string {
  const cell = (source: string, field: string): string => {
    const value = latest[source]?.data.values[field] ?? null;
    return value === null ? '—' : valueWords(`${source}.${field}`, value);
  };
  const [busiest] = latest['processes']?.data.top?.byCpu ?? [];
  const process = busiest === undefined ? '' : `${busiest.name} (${busiest.pid}) ${busiest.cpuPercent.toFixed(0)} %`;
  const cells = [
    new Date(atMs).toTimeString().slice(0, 8),
    ...[cell('cpu', 'busyPercent'), cell('cpu', 'iowaitPercent'), cell('memory', 'usedPercent')],
    ...[cell('disk', 'readBytesPerSecond'), cell('disk', 'writtenBytesPerSecond')],
    ...[cell('network', 'receivedBytesPerSecond'), cell('network', 'sentBytesPerSecond')],
    paint.dim(process),
  ];
  return fixedRow(cells, WIDTHS, ALIGNMENT);
}
