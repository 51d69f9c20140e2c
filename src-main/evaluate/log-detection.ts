// A log and the labels of the attacks in it in, how well the guard finds them out: each attack found or not, with the right technique or not,
// how many of the alerts are about attacks, and how many a day are not.
import type { GuardAlert } from '../agent/guard/alert/alert.ts';
import { createCore } from '../agent/guard/core.ts';
import { createParser, newTally } from '../agent/guard/parse/parser.ts';
import type { GuardConfig } from '../agent/guard/profile.ts';
import { LEAST_VECTORS, trainBaseline } from '../agent/guard/score/baseline.ts';
import { riskRank } from '../agent/guard/score/risk.ts';
import { createRandom } from '../agent/learn/random.ts';
import type { AttackLabel } from './log-days.ts';

export interface LogLabels {
  readonly fromMs: number;
  readonly toMs: number;
  readonly quietToMs: number;
  readonly attacks: readonly AttackLabel[];
}

export interface AttackFound {
  readonly name: string;
  /** The worst alert about it; null where it was missed. */
  readonly risk: GuardAlert['risk'] | null;
  /** Whether one of the techniques that it is was told. */
  readonly rightTechnique: boolean;
  /** From its first step to the first alert, by the log. */
  readonly afterS: number | null;
}

export interface LogDetection {
  readonly lines: number;
  readonly unparsed: number;
  readonly days: number;
  readonly attacks: readonly AttackFound[];
  readonly levels: readonly DetectionLevel[];
  /** Alerts about no attack. */
  readonly falseAlerts: readonly Told[];
  /** The worst of the quiet days; null where there was none. */
  readonly quietWorst: GuardAlert['risk'] | null;
  readonly quietDays: number;
  readonly quietAlerts: number;
}

export interface DetectionLevel {
  /** Alerts of this risk and worse. */
  readonly risk: GuardAlert['risk'];
  readonly alerts: number;
  readonly found: number;
  readonly precision: number | null;
  readonly recall: number;
  readonly falseADay: number;
}

export interface Told {
  readonly atMs: number;
  readonly risk: GuardAlert['risk'];
  readonly explanation: string;
}

/** An alert may come this much after the last step: a service that was stopped is missed after a minute. */
const AFTER_MS = 120_000;
const DAY_MS = 86_400_000;
const RISKS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const BATCH = 50;

interface Raised {
  readonly atMs: number;
  readonly alert: GuardAlert;
}

export async function detectIn(
  lines: readonly string[],
  labels: LogLabels,
  config: GuardConfig,
): Promise<LogDetection> {
  const { raised, unparsed } = await alertsOf(lines, labels, config);
  const { fromMs, toMs, quietToMs } = labels;
  const days = (toMs - fromMs) / DAY_MS;
  const of = (risk: GuardAlert['risk']): DetectionLevel => {
    const these = raised.filter(({ alert }) => riskRank(alert.risk) >= riskRank(risk));
    const right = these.filter((one) => labels.attacks.some((attack) => isAbout(attack, one))).length;
    const found = labels.attacks.filter((attack) => these.some((one) => isAbout(attack, one))).length;
    return {
      ...{ risk, alerts: these.length, found },
      precision: these.length === 0 ? null : right / these.length,
      recall: found / labels.attacks.length,
      falseADay: (these.length - right) / days,
    };
  };
  const quiet = raised.filter(({ atMs }) => atMs < quietToMs);
  return {
    ...{ lines: lines.length, unparsed, days, levels: RISKS.map(of) },
    attacks: labels.attacks.map((attack) =>
      foundOf(
        attack,
        raised.filter((one) => isAbout(attack, one)),
      ),
    ),
    falseAlerts: raised
      .filter((one) => !labels.attacks.some((attack) => isAbout(attack, one)))
      .map(({ atMs, alert: { risk, explanation } }) => ({ atMs, risk, explanation })),
    quietWorst: worstOf(quiet),
    quietDays: (quietToMs - fromMs) / DAY_MS,
    quietAlerts: quiet.length,
  };
}

/** In its time, and either of its kind or about where it came from: what ordinary people do meanwhile is none of it. */
function isAbout({ fromMs, toMs, expects, addresses }: AttackLabel, { atMs, alert }: Raised): boolean {
  if (atMs < fromMs || atMs > toMs + AFTER_MS) return false;
  if (addresses.length === 0 || alert.techniques.some(({ id }) => expects.includes(id))) return true;
  return addresses.includes(alert.address ?? '') || addresses.includes(alert.subject.name);
}

const worstOf = (raised: readonly Raised[]): GuardAlert['risk'] | null =>
  raised.map(({ alert }) => alert.risk).toSorted((a, b) => riskRank(b) - riskRank(a))[0] ?? null;

function foundOf({ name, fromMs, expects }: AttackLabel, raised: readonly Raised[]): AttackFound {
  const told = new Set<string>(raised.flatMap(({ alert }) => alert.techniques.map(({ id }) => id)));
  const firstMs = Math.min(...raised.map(({ atMs }) => atMs));
  return {
    ...{ name, risk: worstOf(raised) },
    rightTechnique: expects.some((technique) => told.has(technique)),
    afterS: raised.length === 0 ? null : Math.max(0, firstMs - fromMs) / 1000,
  };
}

/** Every alert that was told, as it was at its worst; the forest learns from what has come, as in the agent. */
async function alertsOf(lines: readonly string[], { toMs }: LogLabels, config: GuardConfig) {
  const core = createCore({ config, random: createRandom(1) });
  const tally = newTally();
  const parser = createParser({ format: 'lines', role: 'all', notAfterMs: () => toMs }, tally);
  const raised = new Map<number, Raised>();
  const take = ({ raised: these, lastMs }: Awaited<ReturnType<typeof core.take>>): number => {
    for (const { alert } of these) raised.set(alert.id, { atMs: raised.get(alert.id)?.atMs ?? alert.atMs, alert });
    return lastMs;
  };
  try {
    let trainedMs = -Infinity;
    for (let from = 0; from < lines.length; from += BATCH) {
      const nowMs = take(await core.take(lines.slice(from, from + BATCH), parser));
      if (nowMs - trainedMs < config.retrainMs || core.reservoir.kept() < LEAST_VECTORS) continue;
      await core.useBaseline(trainBaseline(core.reservoir.rows(), nowMs, 1));
      trainedMs = nowMs;
    }
    take(await core.idle(toMs + AFTER_MS));
  } finally {
    await core.release();
  }
  return { raised: [...raised.values()], unparsed: tally.unparsed };
}
