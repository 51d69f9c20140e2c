// `seclyzer logs demo`: attacks made up on the spot, and what the guard finds in them.
import { createRandom } from '../agent/learn/random.ts';
import { Argument, Option, type Command } from 'commander';
import { createCore } from '../agent/guard/core.ts';
import { playScenario, SCENARIOS, type Scenario } from '../agent/guard/demo/scenarios.ts';
import { incidentReport } from '../agent/guard/alert/report.ts';
import { responsesFor } from '../agent/guard/alert/responses.ts';
import { alertView, incidentView, linesOf } from '../agent/guard/desk.ts';
import type { GuardAlert } from '../agent/guard/alert/alert.ts';
import type { GuardIncident } from '../agent/guard/alert/incidents.ts';
import { jsonOf } from '../agent/guard/alert/alert-json.ts';
import { createParser, newTally } from '../agent/guard/parse/parser.ts';
import { guardConfig } from '../agent/guard/profile.ts';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { jsonOption, Misused, numberBetween, type Context } from './context.ts';
import { counted } from './logs-table.ts';

interface DemoOptions {
  readonly seed: number;
  readonly lines?: true;
  readonly json?: true;
}

export interface Played {
  readonly scenario: Scenario;
  readonly lines: readonly string[];
  readonly alerts: readonly GuardAlert[];
  readonly incidents: readonly GuardIncident[];
  /** Techniques that should have been found and were not; for a quiet day, alerts that should not have been. */
  readonly missed: readonly string[];
}

const DAYS_BACK = 14;
const BATCH = 200;

export function addLogsDemo(logs: Command, { terminal, finish }: Context): void {
  logs
    .command('demo')
    .description('make up attacks and a quiet day, and show what the log guard finds; exit code 1 when it misses one')
    .addArgument(new Argument('[scenario...]', `some of: ${SCENARIOS.map(({ name }) => name).join(', ')}`))
    .addOption(new Option('--seed <n>', 'another one makes up others').argParser(numberBetween(0, 1e9)).default(1))
    .option('--lines', 'print the lines of the log alone, for another program to read')
    .addOption(jsonOption())
    .action(async (names: readonly string[], { seed, lines, json }: DemoOptions) => {
      const chosen = names.length === 0 ? SCENARIOS : names.map(scenarioOf);
      const startMs = Date.now() - DAYS_BACK * 86_400_000;
      if (lines === true) {
        for (const scenario of chosen) for (const line of playScenario(scenario, startMs, seed)) terminal.say(line);
        return;
      }
      const played: Played[] = [];
      for (const scenario of chosen) played.push(await play(scenario, startMs, seed));
      if (json === true) terminal.say(JSON.stringify(played.map(summaryOf), null, 2));
      else for (const line of played.flatMap(describe)) terminal.say(line);
      finish(played.some(({ missed }) => missed.length > 0) ? 1 : 0);
    });
}

function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined)
    throw new Misused(
      `error: there is no scenario '${name}'; choose from ${SCENARIOS.map((one) => one.name).join(', ')}`,
    );
  return found;
}

async function play(scenario: Scenario, startMs: number, seed: number): Promise<Played> {
  const lines = playScenario(scenario, startMs, seed);
  const core = createCore({ config: guardConfig(DEFAULT_USER_SETTINGS.guard), random: createRandom(seed) });
  const parser = createParser({ format: 'lines', role: 'all', notAfterMs: Date.now }, newTally());
  const alerts = new Map<number, GuardAlert>();
  const incidents = new Map<number, GuardIncident>();
  for (let from = 0; from < lines.length; from += BATCH) {
    const cycle = await core.take(lines.slice(from, from + BATCH), parser);
    for (const { alert } of cycle.raised) alerts.set(alert.id, alert);
    for (const incident of cycle.incidents) incidents.set(incident.id, incident);
  }
  await core.release();
  const techniques = new Set<string>([...alerts.values()].flatMap((alert) => alert.techniques.map(({ id }) => id)));
  const missed =
    scenario.expects.length > 0
      ? scenario.expects.filter((technique) => !techniques.has(technique))
      : [...alerts.values()]
          .filter(({ risk }) => risk === 'HIGH' || risk === 'CRITICAL')
          .map(({ explanation }) => explanation);
  return { scenario, lines, alerts: [...alerts.values()], incidents: [...incidents.values()], missed };
}

function describe({ scenario, lines, alerts, incidents, missed }: Played): readonly string[] {
  const worst = incidents.toSorted((a, b) => b.score - a.score).slice(0, 3);
  return [
    `== ${scenario.name}: ${scenario.story}`,
    `${counted(lines.length, 'line')}, ${counted(alerts.length, 'alert')}. ${missed.length === 0 ? 'As it should be.' : `Missed: ${missed.join(', ')}`}`,
    '',
    ...worst.flatMap((incident) => {
      const members = alerts.filter((alert) => alert.incident === incident.id);
      const shownLines = linesOf(members).slice(-12);
      return [
        ...incidentReport({
          incident: incidentView(incident),
          alerts: members.map(alertView),
          lines: shownLines,
          lineCount: shownLines.length,
          responses: responsesFor(members),
        }),
        '',
      ];
    }),
  ];
}

const summaryOf = ({ scenario, lines, alerts, incidents, missed }: Played) => ({
  ...{ scenario: scenario.name, story: scenario.story, expects: scenario.expects, missed },
  lines: lines.length,
  alerts: alerts.map(jsonOf),
  incidents: incidents.map(incidentView),
});
