// `seclyzer drill`: a colleague types for two minutes, and the running agent tells whether and when it notices.
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Drill, Snapshot } from '../../src-preload/contract.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { linkToAgent, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, numberBetween, type Context } from './context.ts';
import { announcement, outcome, progressLine } from './drill-words.ts';

interface DrillOptions {
  readonly data: string;
  readonly minutes: number;
  readonly json?: true;
}

interface Seen {
  readonly drill: Drill;
  readonly snapshot: Snapshot;
  /** On the agent's clock, when it was seen. */
  readonly nowMs: number;
}

export function addDrill(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('drill')
    .summary('let a colleague type: is it noticed?')
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
      const drill = await link.call('startDrill', { minutes });
      const [snapshot, settings] = [await link.call('snapshot'), await link.call('settings')];
      for (const line of announcement(snapshot, settings, minutes)) terminal.warn(line);
      const last = await watch(link, { drill, snapshot, nowMs: snapshot.atMs }, stop.signal, terminal.progress);
      terminal.progress(null);
      const noticed = last.drill.alarms.length > 0;
      if (json === true) terminal.say(JSON.stringify({ noticed, ...last.drill }, null, 2));
      else for (const line of outcome(last.drill, last.snapshot, last.nowMs)) terminal.say(line);
      finish(noticed ? 0 : 1);
    });
}

/** Until the drill is over, or the agent. A stop ends the drill. */
async function watch(link: AgentLink, start: Seen, stop: AbortSignal, show: (line: string) => void): Promise<Seen> {
  let seen = start;
  let atMs = performance.now();
  const tell = (): void => {
    seen = { ...seen, nowMs: seen.snapshot.atMs + performance.now() - atMs };
    show(progressLine(seen.drill, seen.snapshot, seen.nowMs));
  };
  tell();
  try {
    for await (const { push, data } of link.pushes(stop)) {
      if (push === 'snapshot') [seen, atMs] = [{ ...seen, snapshot: data }, performance.now()];
      if (push === 'drill') seen = { ...seen, drill: data };
      if (seen.drill.endedMs !== null) return seen;
      tell();
    }
  } catch (error) {
    // The line breaks off with an error when the signal comes or the agent is killed; what was seen stands all the same.
    if (!stop.aborted && !isCutOff(error)) throw error;
  }
  return stop.aborted ? { ...seen, drill: (await link.call('endDrill')) ?? seen.drill } : seen;
}

/** `fetch` tells of a lost connection with a TypeError that carries the socket's own error. */
const isCutOff = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;
