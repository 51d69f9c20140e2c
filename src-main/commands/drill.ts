// `seclyzer drill`: a colleague types for two minutes, and the running agent shows whether and when it notices.
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import type { Push, Snapshot } from '../../src-preload/contract.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { linkToAgent, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, numberBetween, type Context } from './context.ts';
import { drillReport } from './drill-report.ts';
import { announcement, obstacleTo, outcome, progressLine, type DrillEnd } from './drill-words.ts';
import type { Terminal } from './terminal.ts';

interface DrillOptions {
  readonly data: string;
  readonly minutes: number;
  readonly json?: true;
}

interface Drill {
  readonly link: AgentLink;
  readonly start: Snapshot;
  readonly seconds: number;
  readonly stop: AbortSignal;
}

const COUNTDOWN_S = 5;

export function addDrill(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('drill')
    .description('let a colleague type, and see when the running agent notices; exit code 1 when it does not')
    .addOption(
      new Option('--minutes <n>', 'how long the colleague may go unnoticed')
        .argParser(numberBetween(0.5, 30, 'any'))
        .default(2),
    )
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, minutes, json }: DrillOptions) => {
      const link = await linkToAgent(resolve(data));
      const stop = new AbortController();
      void nextStopSignal().then(() => stop.abort());
      const start = await getReady(link, minutes, stop.signal, terminal);
      if (start === null) return finish(1);
      const drill = { link, start, seconds: Math.round(minutes * 60), stop: stop.signal };
      const { pushes, end } = await watch(drill, terminal);
      terminal.progress(null);
      const report = drillReport(start, pushes);
      if (json === true) terminal.say(JSON.stringify({ ...report, endedBy: end }, null, 2));
      else for (const line of outcome(report, end, neededFor(start))) terminal.say(line);
      finish(report.noticed ? 0 : 1);
    });
}

/** @returns the snapshot at the start; null when there is no drill, after saying why. */
async function getReady(
  link: AgentLink,
  minutes: number,
  stop: AbortSignal,
  { warn, progress }: Terminal,
): Promise<Snapshot | null> {
  const settings = await link.call('settings');
  const { normal } = settings.settings.thresholds;
  const before = await link.call('snapshot');
  const obstacle = obstacleTo(before, normal);
  if (obstacle !== null) {
    warn(obstacle);
    return null;
  }
  for (const line of announcement(before, settings, minutes)) warn(line);
  for (let leftS = COUNTDOWN_S; leftS > 0 && !stop.aborted; leftS -= 1) {
    progress(`The drill begins in ${leftS} s`);
    await sleep(1000, undefined, { signal: stop }).catch(() => 'asked to stop');
  }
  progress(null);
  if (stop.aborted) {
    warn('No drill: it was ended before it began.');
    return null;
  }
  const start = await link.call('snapshot');
  const late = obstacleTo(start, normal);
  if (late === null) return start;
  warn(`No drill: something changed during the countdown. ${late}`);
  return null;
}

/** Collects what the agent pushes until the time is over, the last state is reached, or nothing more can be seen. */
async function watch(
  { link, start, seconds, stop }: Drill,
  terminal: Terminal,
): Promise<{ readonly pushes: readonly Push[]; readonly end: DrillEnd }> {
  const pushes: Push[] = [];
  const over = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([stop, over]);
  const ended = (): DrillEnd => (stop.aborted ? 'interrupted' : over.aborted ? 'time' : 'stopped');
  const beganMs = performance.now();
  try {
    for await (const push of link.pushes(signal)) {
      pushes.push(push);
      if (push.push !== 'snapshot') continue;
      const leftS = Math.max(0, Math.ceil(seconds - (performance.now() - beganMs) / 1000));
      terminal.progress(progressLine(leftS, push.data, drillReport(start, pushes)));
      const end = endOf(push.data);
      if (end !== null) return { pushes, end };
    }
  } catch (error) {
    // The line breaks off with an error when the signal comes or the agent is killed; what was seen stands all the same.
    if (!signal.aborted && !isCutOff(error)) throw error;
  }
  return { pushes, end: ended() };
}

/** A later snapshot shows no more; null while it may. */
function endOf({ state, screen, paused }: Snapshot): DrillEnd | null {
  if (state === 'LOCKDOWN') return 'lockdown';
  if (screen === 'locked') return 'locked';
  return paused === null ? null : 'paused';
}

/** `fetch` tells of a lost connection with a TypeError that carries the socket's own error. */
const isCutOff = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;

const neededFor = ({ modalities }: Snapshot): number =>
  modalities.find(({ modality }) => modality === 'keystroke')?.evidence.need ?? 0;
