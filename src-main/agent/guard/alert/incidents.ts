// Alerts in, incidents out: those that share an address, a user or a session within an hour are steps of one attack, and steps that serve
// different ends are worse together than each alone.
import type { Incident } from '../../../../src-preload/contract.ts';
import { combine, riskOf } from '../score/risk.ts';
import { TACTICS, type Tactic } from '../score/techniques.ts';
import type { GuardAlert } from './alert.ts';

/** As it is kept. */
export interface GuardIncident extends Incident {
  /** What later alerts must share with it. */
  readonly ties: readonly string[];
  /** The worst score of each end that its alerts serve most. */
  readonly stages: Readonly<Partial<Record<Tactic, number>>>;
  /** Numbers of its alerts. */
  readonly members: readonly number[];
}

export interface IncidentDesk {
  /** @returns the incident that the alert belongs to now, made or grown. */
  readonly take: (alert: GuardAlert) => GuardIncident;
  readonly restore: (incidents: readonly GuardIncident[], nextId: number) => void;
  readonly acknowledge: (id: number, atMs: number) => GuardIncident | null;
  readonly nextId: () => number;
}

/** After this long without anything new an incident is over. */
const OVER_AFTER_MS = 3_600_000;
/** What is done to the machine itself belongs to whatever of at least MEDIUM is under way. */
const HOST_JOINS_FROM = 0.6;
const MOST_OPEN = 500;
const MOST_TIES = 40;
const MOST_SUBJECTS = 20;
const MOST_MEMBERS = 1000;

export function createIncidentDesk(): IncidentDesk {
  let open: readonly GuardIncident[] = [];
  let nextId = 1;

  const find = (alert: GuardAlert): GuardIncident | undefined => {
    const running = open.filter(({ lastMs }) => Math.abs(alert.atMs - lastMs) < OVER_AFTER_MS);
    return (
      running.findLast(({ members }) => members.includes(alert.id)) ??
      running.findLast(({ ties }) => alert.ties.some((tie) => ties.includes(tie))) ??
      (alert.subject.kind === 'host' && alert.ties.length === 0
        ? running
            .filter(({ score }) => score >= HOST_JOINS_FROM)
            .toSorted((a, b) => a.lastMs - b.lastMs)
            .at(-1)
        : undefined)
    );
  };
  const keep = (incident: GuardIncident): GuardIncident => {
    open = [...open.filter(({ id }) => id !== incident.id), incident].slice(-MOST_OPEN);
    return incident;
  };

  return {
    take: (alert) => {
      const found = find(alert);
      // What was acknowledged and goes on is news.
      return keep(grown(found ?? begun(nextId++, alert), alert));
    },
    restore: (incidents, next) => {
      open = [...incidents].slice(-MOST_OPEN);
      nextId = next;
    },
    acknowledge: (id, atMs) => {
      const found = open.find((incident) => incident.id === id);
      return found === undefined ? null : keep({ ...found, acknowledgedMs: atMs });
    },
    nextId: () => nextId,
  };
}

const begun = (id: number, alert: GuardAlert): GuardIncident => ({
  id,
  firstMs: alert.firstMs,
  lastMs: alert.atMs,
  risk: alert.risk,
  score: 0,
  title: '',
  tactics: [],
  subjects: [],
  alerts: 0,
  acknowledgedMs: null,
  ties: [],
  stages: {},
  members: [],
});

function grown(incident: GuardIncident, alert: GuardAlert): GuardIncident {
  const stages = { ...incident.stages };
  const [technique] = alert.techniques;
  const tactic = technique?.tactic as Tactic;
  stages[tactic] = Math.max(stages[tactic] ?? 0, alert.score);
  const steps = TACTICS.filter((one) => stages[one] !== undefined);
  const served = new Set<string>([...incident.tactics, ...alert.techniques.map((one) => one.tactic)]);
  const tactics = TACTICS.filter((one) => served.has(one));
  const worst = Math.max(incident.score, alert.score);
  const score = steps.length < 2 ? worst : Math.max(worst, combine(steps.map((one) => stages[one] ?? 0)));
  const members = incident.members.includes(alert.id)
    ? incident.members
    : [...incident.members, alert.id].slice(-MOST_MEMBERS);
  const news = members !== incident.members || score > incident.score;
  const sameSubject = incident.subjects.some(
    ({ kind, name }) => kind === alert.subject.kind && name === alert.subject.name,
  );
  return {
    ...incident,
    firstMs: Math.min(incident.firstMs, alert.firstMs),
    lastMs: Math.max(incident.lastMs, alert.atMs),
    risk: riskOf(score),
    score,
    title: titleOf(incident, alert, steps.length < 2 ? [] : tactics),
    tactics,
    subjects: sameSubject ? incident.subjects : [...incident.subjects, alert.subject].slice(-MOST_SUBJECTS),
    alerts: members.length,
    acknowledgedMs: news ? null : incident.acknowledgedMs,
    ties: [...new Set([...incident.ties, ...alert.ties])].slice(-MOST_TIES),
    stages,
    members,
  };
}

/** What an attacker gets out of each step. */
const STEPS = {
  Discovery: 'looking around',
  'Credential Access': 'guessing or reading passwords',
  'Initial Access': 'logging in',
  Execution: 'running commands',
  'Privilege Escalation': 'becoming root',
  Persistence: 'preparing to come back',
  'Defense Evasion': 'hiding it',
  'Command and Control': 'bringing in tools',
  Impact: 'doing damage',
} as const satisfies Record<Tactic, string>;

const MOST_TITLE = 300;

/** Of one step the words of its worst alert; of several, what they are. */
function titleOf(incident: GuardIncident, alert: GuardAlert, tactics: readonly Tactic[]): string {
  if (tactics.length >= 2)
    return `An attack in ${tactics.length} steps: ${tactics.map((one) => STEPS[one]).join(', ')}.`;
  if (alert.score < incident.score) return incident.title;
  return alert.explanation.slice(0, MOST_TITLE);
}
