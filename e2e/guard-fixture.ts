// What a log guard tells, for pages over fixed answers: a break-in that was played through the guard itself, and any number of incidents
// beside it.
import { createCore } from '../src-main/agent/guard/core.ts';
import type { GuardAlert } from '../src-main/agent/guard/alert/alert.ts';
import type { GuardIncident } from '../src-main/agent/guard/alert/incidents.ts';
import { responsesFor } from '../src-main/agent/guard/alert/responses.ts';
import { playScenario, SCENARIOS } from '../src-main/agent/guard/demo/scenarios.ts';
import { alertView, incidentView, linesOf } from '../src-main/agent/guard/desk.ts';
import { createParser, newTally } from '../src-main/agent/guard/parse/parser.ts';
import { guardConfig } from '../src-main/agent/guard/profile.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';
import {
  DEFAULT_USER_SETTINGS,
  RISKS,
  type GuardStatus,
  type Handlers,
  type Incident,
  type IncidentDetail,
  type TrustPoint,
} from '../src-preload/contract.ts';

const MINUTE_MS = 60_000;

/** Lines of an attack that ends at this moment. */
export function linesUntil(name: string, endMs: number): readonly string[] {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const timeOf = (line: string | undefined): number => Date.parse(line?.slice(0, 24) ?? '');
  const startMs = Date.UTC(2026, 0, 5);
  const lastMs = timeOf(playScenario(scenario, startMs, 1).at(-1));
  return playScenario(scenario, Math.floor(endMs - (lastMs - startMs)), 1);
}

/** The break-in of `seclyzer logs demo`, found by the guard. */
export async function brokenInto(endMs: number): Promise<IncidentDetail> {
  const core = createCore({ config: guardConfig(DEFAULT_USER_SETTINGS.guard), random: createRandom(1) });
  const parser = createParser({ format: 'lines', role: 'all', notAfterMs: () => endMs }, newTally());
  const cycle = await core.take(linesUntil('break-in', endMs), parser);
  await core.release();
  const alerts = new Map<number, GuardAlert>(cycle.raised.map(({ alert }) => [alert.id, alert]));
  const incidents = new Map<number, GuardIncident>(cycle.incidents.map((one) => [one.id, one]));
  const worst = [...incidents.values()].toSorted((a, b) => a.score - b.score || a.alerts - b.alerts).at(-1);
  if (worst === undefined) throw new Error('the guard found nothing');
  const members = [...alerts.values()].filter(({ incident }) => incident === worst.id);
  const lines = linesOf(members);
  return {
    incident: incidentView(worst),
    alerts: members.map(alertView),
    lines,
    lineCount: lines.length,
    responses: responsesFor(members),
  };
}

/** Of all risks, one every ten minutes. */
export const manyIncidents = (count: number, endMs: number): Incident[] =>
  Array.from({ length: count }, (_, n) => {
    const risk = RISKS[n % 4] ?? 'LOW';
    const address = `203.0.113.${n % 250}`;
    return {
      ...{ id: 1000 + n, risk, score: [0.45, 0.65, 0.85, 0.95][n % 4] ?? 0.4 },
      ...{ firstMs: endMs - (n + 1) * 10 * MINUTE_MS, lastMs: endMs - n * 10 * MINUTE_MS - 17_000 },
      title: `${20 + n} failed logins for ${n % 3 === 0 ? 'root' : `user${n}`} from ${address} within 5 minutes.`,
      tactics: ['Credential Access'],
      techniques: [{ id: 'T1110.001', name: 'Brute Force: Password Guessing', tactic: 'Credential Access' }],
      subjects: [{ kind: 'address', name: address }],
      ...{ alerts: 1 + (n % 3), acknowledgedMs: n % 5 === 4 ? endMs : null },
    };
  });

export const STATUS: GuardStatus = {
  running: true,
  sources: [
    { name: 'the journal', status: 'reading', reason: null, fix: null, command: null, lines: 12_430, lastMs: null },
  ],
  ...{ lines: 12_430, linesLastMinute: 132, parsed: 12_102, unparsed: 328, events: 3201, vectors: 2048, alerts: 9 },
  ...{ dropped: 0, evicted: 0, unknown: [{ program: 'kernel', lines: 328 }] },
  baseline: { have: 180, need: 256, trainedMs: null },
  open: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 1 },
};

/** Trust that falls while the break-in is under way, and comes back. */
function fallingTrust(fromMs: number, toMs: number, fallMs: number): TrustPoint[] {
  const points: TrustPoint[] = [];
  for (let atMs = fromMs; atMs <= Math.min(toMs, Date.now()); atMs += 5000) {
    const fallen = atMs > fallMs && atMs < fallMs + 4 * MINUTE_MS;
    const trust = fallen ? 28 : 90 + 4 * Math.sin(atMs / 60_000);
    points.push({ atMs, trust, low: trust - 8, high: Math.min(100, trust + 5), state: fallen ? 'LOCKDOWN' : 'NORMAL' });
  }
  return points;
}

/** An agent that knows these incidents, of which one in full. */
export function guardAnswers(detail: IncidentDetail, others: readonly Incident[]): Partial<Handlers> {
  const { incident } = detail;
  let acknowledgedMs: number | null = null;
  const now = (): Incident => ({ ...incident, acknowledgedMs });
  const fallMs = incident.lastMs - MINUTE_MS;
  return {
    guard: async () => STATUS,
    incidents: async () => [now(), ...others],
    incident: async ({ id, lines }) => {
      if (id !== incident.id) throw new Error(`There is no incident ${id}, or not any more.`);
      return { ...detail, incident: now(), lines: lines ? detail.lines : [] };
    },
    acknowledgeIncident: async ({ seen }) => {
      acknowledgedMs = seen ? Date.now() : null;
      return now();
    },
    logAlerts: async ({ fromMs = 0, toMs = Infinity }) =>
      detail.alerts.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).toReversed(),
    hostAnomalies: async ({ sinceMs, untilMs = Infinity }) =>
      [
        {
          ...({
            id: 3,
            ts: incident.lastMs - 40_000,
            metric: 'The processor’s load',
            severity: 'very unusual',
          } as const),
          sentence: 'The processor’s load changed suddenly to 97 %; usual of late is 4 %.',
        },
      ].filter(({ ts }) => ts >= sinceMs && ts <= untilMs),
    trustHistory: async ({ minutes, toMs = Date.now() }) =>
      fallingTrust(Math.max(toMs - minutes * MINUTE_MS, Date.now() - 2 * 60 * MINUTE_MS), toMs, fallMs),
    decisions: async () => [
      {
        ...({ atMs: fallMs, from: 'NORMAL', to: 'LOCKDOWN', trust: 28, points: { keystroke: -62 } } as const),
        reason: 'This is not you: the rhythm of typing differs.',
      },
    ],
  };
}
