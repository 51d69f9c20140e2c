// Alerts in, incidents out: those that share an address, a user or a session within an hour are steps of one attack, and steps that serve
// different ends are worse together than each alone.
import type { Incident } from '../../../../src-preload/contract.ts';
import { createBounded } from '../features/bounded.ts';
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
  /** @param atMs null: it was not seen after all. */
  readonly acknowledge: (id: number, atMs: number | null) => GuardIncident | null;
  readonly nextId: () => number;
}

/** After this long without anything new an incident is over. */
const OVER_AFTER_MS = 3_600_000;
/** What is done to the machine itself belongs to whatever of at least MEDIUM is under way. */
const HOST_JOINS_FROM = 0.6;
/** An alert that is barely one makes no chain with others. */
const STEP_FROM = 0.5;
const MOST_OPEN = 500;
const MOST_TIES_KNOWN = 20_000;
const MOST_TIES = 40;
const MOST_SUBJECTS = 20;
const MOST_MEMBERS = 1000;

export function createIncidentDesk(): IncidentDesk {
  /** The one that was added to last comes last. */
  const open = createBounded<number, GuardIncident>(MOST_OPEN);
  const byTie = createBounded<string, number>(MOST_TIES_KNOWN);
  let nextId = 1;

  const running = (id: number | undefined, atMs: number): GuardIncident | null => {
    const incident = id === undefined ? undefined : open.peek(id);
    return incident !== undefined && Math.abs(atMs - incident.lastMs) < OVER_AFTER_MS ? incident : null;
  };
  const underWay = (atMs: number): GuardIncident | null => {
    let latest: GuardIncident | null = null;
    for (const [id, { score, lastMs }] of open.entries())
      if (score >= HOST_JOINS_FROM && lastMs >= (latest?.lastMs ?? 0)) latest = running(id, atMs) ?? latest;
    return latest;
  };
  const find = (alert: GuardAlert): GuardIncident | null => {
    // 0 is the number of none.
    const own = running(alert.incident, alert.atMs);
    if (own !== null) return own;
    for (const tie of alert.ties) {
      const tied = running(byTie.peek(tie), alert.atMs);
      if (tied !== null) return tied;
    }
    return alert.subject.kind === 'host' && alert.ties.length === 0 ? underWay(alert.atMs) : null;
  };
  const keep = (incident: GuardIncident): GuardIncident => {
    open.set(incident.id, incident);
    for (const tie of incident.ties) if (byTie.peek(tie) !== incident.id) byTie.set(tie, incident.id);
    return incident;
  };

  return {
    // What was acknowledged and goes on is news.
    take: (alert) => keep(grown(find(alert) ?? begun(nextId++, alert), alert)),
    restore: (incidents, next) => {
      for (const incident of incidents) keep(incident);
      nextId = next;
    },
    acknowledge: (id, atMs) => {
      const found = open.peek(id);
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
  techniques: [],
  subjects: [],
  alerts: 0,
  acknowledgedMs: null,
  ties: [],
  stages: {},
  members: [],
});

function grown(incident: GuardIncident, alert: GuardAlert): GuardIncident {
  const isMember = incident.members.includes(alert.id);
  const [technique] = alert.techniques;
  const tactic = technique?.tactic as Tactic;
  const lastMs = Math.max(incident.lastMs, alert.atMs);
  // By far the most: something that was told goes on as it was.
  if (
    isMember &&
    alert.score <= (incident.stages[tactic] ?? 0) &&
    alert.ties.every((tie) => incident.ties.includes(tie))
  )
    return { ...incident, lastMs };
  const stages = { ...incident.stages, [tactic]: Math.max(incident.stages[tactic] ?? 0, alert.score) };
  const steps = TACTICS.filter((one) => (stages[one] ?? 0) >= STEP_FROM);
  const served = new Set<string>([...incident.tactics, ...alert.techniques.map((one) => one.tactic)]);
  const tactics = TACTICS.filter((one) => served.has(one));
  const worst = Math.max(incident.score, alert.score);
  const score = steps.length < 2 ? worst : Math.max(worst, combine(steps.map((one) => stages[one] ?? 0)));
  const sameSubject = incident.subjects.some(
    ({ kind, name }) => kind === alert.subject.kind && name === alert.subject.name,
  );
  const members = isMember ? incident.members : [...incident.members, alert.id].slice(-MOST_MEMBERS);
  const news = !isMember || riskOf(score) !== incident.risk;
  return {
    ...incident,
    firstMs: Math.min(incident.firstMs, alert.firstMs),
    lastMs,
    risk: riskOf(score),
    score,
    title: titleOf(incident, alert, steps.length < 2 ? [] : tactics),
    tactics,
    techniques: techniquesOf(incident, alert),
    subjects: sameSubject ? incident.subjects : [...incident.subjects, alert.subject].slice(-MOST_SUBJECTS),
    alerts: members.length,
    acknowledgedMs: news ? null : incident.acknowledgedMs,
    ties: [...new Set([...incident.ties, ...alert.ties])].slice(-MOST_TIES),
    stages,
    members,
  };
}

const MOST_TECHNIQUES = 16;

/** That of the worst alert first. */
function techniquesOf({ techniques, score }: GuardIncident, alert: GuardAlert): Incident['techniques'] {
  const all = alert.score > score ? [...alert.techniques, ...techniques] : [...techniques, ...alert.techniques];
  return [...new Map(all.map((one) => [one.id, one])).values()].slice(0, MOST_TECHNIQUES);
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
