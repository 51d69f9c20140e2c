// `seclyzer logs report`: what the log guard has found, from the running agent, or from its data where none runs.
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { GuardStatus, Incident, IncidentDetail } from '../../src-preload/contract.ts';
import { incidentReport } from '../agent/guard/alert/report.ts';
import { linkToAgent, NotRunning, type AgentLink } from './agent-link.ts';
import { dataOption, jsonOption, numberBetween, type Context } from './context.ts';
import { counted, incidentLine, number } from './logs-table.ts';

interface ReportOptions {
  readonly data: string;
  readonly since: number;
  readonly incident?: number;
  readonly acknowledge?: number;
  readonly all?: true;
  readonly json?: true;
}

/** What answers: the agent, or its data. */
interface Answers {
  readonly incidents: (fromMs: number) => Promise<readonly Incident[]>;
  readonly incident: (id: number, lines: boolean) => Promise<IncidentDetail>;
  readonly acknowledge: (id: number) => Promise<Incident>;
  /** null without an agent. */
  readonly status: () => Promise<GuardStatus | null>;
}

const MOST = 500;
/** Told in full; of the others there is a line. */
const MOST_IN_FULL = 20;

export function addLogsReport(logs: Command, context: Context): void {
  logs
    .command('report')
    .description('what the log guard has found: incidents with their timelines')
    .addOption(
      new Option('--since <time>', 'from when on: 36h, 7d, or a date such as 2026-02-21')
        .argParser(timeAgo)
        .default(Date.now() - 7 * 86_400_000, '7d'),
    )
    .addOption(
      new Option('--incident <id>', 'one incident, with lines of the log and what could be done').argParser(
        numberBetween(1, 1e9),
      ),
    )
    .addOption(
      new Option('--acknowledge <id>', 'say that an incident was seen')
        .argParser(numberBetween(1, 1e9))
        .conflicts('incident'),
    )
    .option('--all', 'also those that are LOW or were acknowledged, in full')
    .addOption(dataOption(context.env))
    .addOption(jsonOption())
    .action(async (options: ReportOptions) => {
      await withAnswers(resolve(options.data), (answers) => report(answers, options, context));
    });
}

async function report(answers: Answers, options: ReportOptions, { terminal }: Context): Promise<void> {
  const { say, paint } = terminal;
  const json = (value: unknown): void => say(JSON.stringify(value, null, 2));
  if (options.acknowledge !== undefined) {
    const incident = await answers.acknowledge(options.acknowledge);
    return options.json === true ? json(incident) : say(incidentLine(incident, paint));
  }
  if (options.incident !== undefined) {
    const detail = await answers.incident(options.incident, true);
    if (options.json === true) return json(detail);
    for (const line of incidentReport(detail)) say(line);
    return;
  }
  const incidents = await answers.incidents(options.since);
  if (options.json === true) {
    const details = await Promise.all(incidents.map(({ id }) => answers.incident(id, false)));
    return json({ status: await answers.status(), incidents: details.map(({ lines: _, ...rest }) => rest) });
  }
  const told = incidents.filter(
    ({ risk, acknowledgedMs }) => options.all === true || (risk !== 'LOW' && acknowledgedMs === null),
  );
  for (const { id } of told.slice(0, MOST_IN_FULL)) {
    const detail = await answers.incident(id, false);
    for (const line of incidentReport({ ...detail, responses: [] })) say(line);
    say('');
  }
  const others = incidents.filter((incident) => !told.slice(0, MOST_IN_FULL).includes(incident));
  for (const incident of others) say(incidentLine(incident, paint));
  if (others.length > 0) say('');
  for (const line of statusLines(await answers.status(), incidents.length)) say(line);
}

function statusLines(status: GuardStatus | null, incidents: number): readonly string[] {
  const found = incidents === 0 ? 'No incident in this time.' : `${counted(incidents, 'incident')} in this time.`;
  if (status === null) return [found, 'SecLyzer is not running: nothing is being watched now.'];
  const sources = status.sources.map(({ name, status: is, reason, fix }) => {
    const why = reason === null ? '' : `: ${reason}${fix === null ? '' : `. ${fix}`}`;
    return `${name} is ${is}${why}`;
  });
  const { have, need, trainedMs } = status.baseline;
  const usual =
    trainedMs === null
      ? `What is usual is still being learned: ${have} of ${need} events.`
      : `What is usual was learned from ${number(have)} events.`;
  return [found, ...sources, `${counted(status.lines, 'line')} read, ${counted(status.events, 'event')}. ${usual}`];
}

async function withAnswers(dataDir: string, use: (answers: Answers) => Promise<void>): Promise<void> {
  let link: AgentLink | null = null;
  try {
    link = await linkToAgent(dataDir);
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
  }
  if (link !== null) return use(overLink(link));
  const { hasKept, withKept } = await import('../agent/guard/kept.ts');
  if (!hasKept(dataDir)) throw new Error(`The log guard has never run on ${dataDir}. Start it: seclyzer run`);
  const { createGuardDesk, incidentView } = await import('../agent/guard/desk.ts');
  const { noChange } = await import('../agent/guard/guard-records.ts');
  await withKept(dataDir, Date.now(), async (store) => {
    const desk = createGuardDesk(store);
    await use({
      incidents: (fromMs) => Promise.resolve(desk.incidents(MOST, fromMs)),
      incident: async (id, lines) => desk.incident(id, lines),
      acknowledge: async (id) => {
        const known = store.incident(id);
        if (known === null) throw new Error(`There is no incident ${id}, or not any more.`);
        const seen = { ...known, acknowledgedMs: Date.now() };
        store.commit({ ...noChange(store.counts()), incidents: [seen] });
        return incidentView(seen);
      },
      status: () => Promise.resolve(null),
    });
  });
}

const overLink = (link: AgentLink): Answers => ({
  incidents: (fromMs) => link.call('incidents', { limit: MOST, fromMs }),
  incident: (id, lines) => link.call('incident', { id, lines }),
  acknowledge: (id) => link.call('acknowledgeIncident', { id }),
  status: () => link.call('guard'),
});

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `36h`, `7d`, `90m`, or a date; milliseconds since the epoch. */
function timeAgo(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined)
    return Date.now() - Number(amount) * UNITS[unit as keyof typeof UNITS];
  const at = /^\d{4}-\d{2}-\d{2}/.test(text)
    ? Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text)
    : NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must look like 36h, 7d or 2026-02-21.');
  return Math.max(0, at);
}
