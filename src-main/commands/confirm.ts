// `seclyzer confirm`: "that was me". Tells the running agent that an alarm was a false one, so that it learns from what came in then.
import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import type { Alarm } from '../../src-preload/contract.ts';
import { linkToAgent } from './agent-link.ts';
import { dataOption, jsonOption, Misused, type Context } from './context.ts';
import { alarmLines, localTime } from './learning-table.ts';

interface ConfirmOptions {
  readonly data: string;
  readonly json?: true;
  readonly list?: true;
}

/** Somebody who names a time to the second, or the minute, means the alarm next to it. */
const CLOSE_MS = 60_000;

export function addConfirm(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('confirm')
    .summary('that was me: an alarm was a false one')
    .description('that was me: mark an alarm as a false one and learn from what was typed and moved then')
    .addArgument(new Argument('[at]', 'time of the alarm, as --list shows it; the last one where left out'))
    .option('--list', 'only show the alarms of the last 30 days')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (at: string | undefined, { data, json, list }: ConfirmOptions) => {
      const atMs = at === undefined ? null : timeOf(at);
      const link = await linkToAgent(resolve(data));
      const { alarms } = await link.call('learning');
      if (list === true) {
        if (json === true) terminal.say(JSON.stringify(alarms, null, 2));
        else for (const line of alarmLines(alarms)) terminal.say(line);
        return;
      }
      const alarm = meant(alarms, atMs);
      if (alarm === null) {
        terminal.warn(
          atMs === null
            ? 'There is no alarm to confirm.'
            : 'There was no alarm at that time. See seclyzer confirm --list.',
        );
        return finish(1);
      }
      const sentence = await link.call('thatWasMe', { atMs: alarm.atMs });
      if (json === true) terminal.say(JSON.stringify({ confirmed: alarm, sentence }, null, 2));
      else terminal.say(`Alarm of ${localTime(alarm.atMs)}: ${sentence}`);
    });
}

/** @throws Misused for what is no time */
function timeOf(text: string): number {
  const atMs = /^\d{12,}$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(atMs)) throw new Misused(`'${text}' is no time; write it as seclyzer confirm --list shows it.`);
  return atMs;
}

/** The nearest one, or without a time the newest that nobody has confirmed. */
function meant(alarms: readonly Alarm[], atMs: number | null): Alarm | null {
  if (atMs === null) return alarms.find(({ verdict }) => verdict === null) ?? null;
  const away = (alarm: Alarm): number => Math.abs(alarm.atMs - atMs);
  const [nearest] = alarms.toSorted((a, b) => away(a) - away(b));
  return nearest !== undefined && away(nearest) <= CLOSE_MS ? nearest : null;
}
