// `seclyzer enrol`: shows how far the running agent is with learning its owner, until it has learned enough.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CARRIES, type Snapshot } from '../../src-preload/contract.ts';
import { linkToAgent, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { layOut } from './table.ts';
import { MODALITY_WORDS } from './words.ts';

interface EnrolCommandOptions {
  readonly data: string;
  readonly json?: true;
  readonly restart?: true;
}

export function addEnrol(program: Command, { terminal, env, finish }: Context): void {
  program
    .command('enrol')
    .summary('how far learning is, until there is enough')
    .description('show how far the running agent is with learning its owner, until it has learned enough')
    .option('--restart', 'first forget the models and everything learned so far')
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async (options: EnrolCommandOptions) => {
      const link = await linkToAgent(resolve(options.data));
      if (options.restart === true) {
        await link.call('restartEnrolment');
        terminal.warn('Forgotten. SecLyzer learns anew: type and use the mouse as you always do.');
      }
      const last = await watch(link, (snapshot) => terminal.progress(progressLine(snapshot)));
      terminal.progress(null);
      if (last === null) {
        terminal.warn('The agent has stopped before it had learned enough. What it has learned is kept.');
        return finish(1);
      }
      if (!canLearn(last)) {
        for (const line of obstacles(last)) terminal.warn(line);
        return finish(1);
      }
      if (options.json === true) terminal.say(JSON.stringify(summaryOf(last), null, 2));
      else for (const line of report(last)) terminal.say(line);
    });
}

/**
 * Resolves with the first snapshot that there is nothing to wait for after, or null when the agent stops before.
 * @throws Error when the agent is killed meanwhile.
 */
async function watch(link: AgentLink, show: (snapshot: Snapshot) => void): Promise<Snapshot | null> {
  const enough = new AbortController();
  try {
    for await (const { push, data } of link.pushes(enough.signal)) {
      if (push !== 'snapshot') continue;
      // Leaving the loop cancels the stream.
      if (!canLearn(data)) return data;
      show(data);
      if (data.enrolment.share >= 1) return data;
    }
  } catch (error) {
    throw isCutOff(error) ? new Error('The agent ended.', { cause: error }) : error;
  }
  return null;
}

/** `fetch` tells of a lost connection with a TypeError that carries the socket's own error. */
const isCutOff = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;

/** Applications alone teach too little: without typing and the mouse enrolment never ends. */
const canLearn = ({ modalities }: Snapshot): boolean =>
  modalities.some(({ modality, status }) => CARRIES[modality] && status !== 'unavailable');

function obstacles({ enrolment, modalities }: Snapshot): readonly string[] {
  const rows = modalities
    .filter(({ status }) => status === 'unavailable')
    .map(({ modality, reason, fix }) => [
      MODALITY_WORDS[modality],
      [reason ?? 'unavailable', fix].filter((part) => part !== null).join('. '),
    ]);
  return [enrolment.sentence, ...layOut(rows)];
}

function progressLine({ enrolment, modalities }: Snapshot): string {
  const counts = modalities
    .filter(({ status }) => status !== 'unavailable')
    .map(({ enrolment: { have, need, unit } }) => `${Math.min(have, need)} of ${need} ${unit}`);
  return `${Math.floor(enrolment.share * 100)} %  ${counts.join(', ')}`;
}

function report({ enrolment, modalities }: Snapshot): readonly string[] {
  const rows = modalities.map(({ modality, enrolment: { have, need, unit }, reason }) => [
    MODALITY_WORDS[modality],
    reason ?? `${have} of ${need} ${unit}`,
  ]);
  return [enrolment.sentence, ...layOut(rows)];
}

const summaryOf = ({ enrolment, modalities }: Snapshot) => ({
  ...enrolment,
  modalities: modalities.map(({ modality, status, reason, enrolment: counts }) => ({
    modality,
    status,
    reason,
    ...counts,
  })),
});
