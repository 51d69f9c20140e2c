// What the guard has found around one event in, an alert out: its score, what made it, and how it is put into words.
import type { AlertReason, GuardTechnique, LogAlert } from '../../../../src-preload/contract.ts';
import { isNeutral, LOG_FEATURES, type LogFeatureName } from '../features/log-features.ts';
import { FIRST_LINES } from '../features/address-watch.ts';
import type { Scene } from '../features/watch.ts';
import type { Baseline } from '../score/baseline.ts';
import { printable } from '../parse/names.ts';
import { reasonsOf } from '../score/forest-reasons.ts';
import { pointsOf, riskOf, scoreOf } from '../score/risk.ts';
import type { Finding } from '../score/rule.ts';
import { UNUSUAL } from '../score/unusual.ts';
import { tacticOf, techniqueName, type TechniqueId } from '../score/techniques.ts';

/** As it is kept: what the border shows, and what only the guard needs. */
export interface GuardAlert extends LogAlert {
  /** The same thing told again has the same key. */
  readonly key: string;
  /** Lines of the log that show it, oldest first; what could control a terminal is replaced. */
  readonly lines: readonly string[];
  /** What ties it to other alerts: `address 203.0.113.7`, `user alice`. */
  readonly ties: readonly string[];
}

/** Something that may become an alert: one or more events of the same kind and subject, the newest of them. */
export interface Candidate {
  readonly scene: Scene;
  /** The strongest first; at least one. */
  readonly findings: readonly Finding[];
  /** How many events it stands for. */
  readonly events: number;
  /** Of the oldest of them. */
  readonly firstMs: number;
  readonly vector: Float32Array | null;
  readonly windowMs: number;
}

export const keyOf = ({ rule, technique, subject }: Finding): string =>
  `${rule === UNUSUAL ? rule : technique}|${subject.kind}|${subject.name}`;

const MOST_TEXT = 1500;

/** @param before an alert of the same key, not told long ago, that this one continues; null for a new one. */
export function alertOf(
  candidate: Candidate,
  before: GuardAlert | null,
  numbers: { readonly id: number; readonly incident: number },
  baseline: Baseline | null,
): GuardAlert {
  const { scene, findings, events, firstMs } = candidate;
  const [first] = findings;
  if (first === undefined) throw new Error('an alert needs a finding');
  const score = scoreOf(findings);
  const { atMs, user } = scene.event;
  // What was worse a moment ago explains more than what came after it: of that, only its number and its time are news.
  if (before !== null && before.score >= score)
    return {
      ...before,
      atMs: Math.max(atMs, before.atMs),
      firstMs: Math.min(firstMs, before.firstMs),
      count: before.count + events,
    };
  return {
    ...numbers,
    key: keyOf(first),
    atMs: Math.max(atMs, before?.atMs ?? 0),
    firstMs: Math.min(firstMs, before?.firstMs ?? firstMs),
    risk: riskOf(score),
    score,
    techniques: techniquesOf(findings),
    subject: first.subject,
    user: user ?? before?.user ?? null,
    address: scene.address?.address ?? scene.event.address ?? before?.address ?? null,
    explanation: explain(findings),
    count: before === null ? Math.max(first.count, events) : before.count + events,
    reasons: reasonsFor(candidate, baseline),
    lines: linesOf(scene, before),
    ties: [...new Set([...(before?.ties ?? []), ...tiesOf(scene)])].slice(-20),
  };
}

const techniqueOf = (id: TechniqueId): GuardTechnique => ({ id, name: techniqueName(id), tactic: tacticOf(id) });

const techniquesOf = (findings: readonly Finding[]): GuardTechnique[] =>
  [...new Set(findings.map(({ technique }) => technique))].slice(0, 8).map(techniqueOf);

/** The strongest finding, and what else is true of the same event. */
function explain(findings: readonly Finding[]): string {
  const sentences = [...new Set(findings.map(({ words }) => words()))].map(
    (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  );
  return sentences.join(' ').slice(0, MOST_TEXT);
}

/** Guessing at a name has nothing to do with who bears it: it ties to where it comes from alone. */
const ONLY_TRIES: ReadonlySet<string> = new Set([
  'login-failed',
  'abandoned',
  'key-refused',
  'unknown-user',
  'probe',
  'limit',
]);

function tiesOf({ event, address, session }: Scene): readonly string[] {
  const from = address?.address ?? event.address;
  const users = ONLY_TRIES.has(event.kind) ? [] : [event.user, session?.user ?? null, newAccount(event)];
  return [
    ...(from === null ? [] : [`address ${from}`]),
    ...users.flatMap((user) => (user === null ? [] : [`user ${user}`])),
  ];
}

const newAccount = (event: Scene['event']): string | null =>
  event.kind === 'account-added' || event.kind === 'group-joined' ? event.target : null;

const MOST_LINES = 10;
const LONGEST_LINE = 1000;

function linesOf({ address, line }: Scene, before: GuardAlert | null): readonly string[] {
  const around = address?.lines ?? [];
  const [first, last] = [around.slice(0, FIRST_LINES), around.slice(FIRST_LINES)];
  // Of several events in a cycle this may not be the newest one of its address.
  const these = around.includes(line) ? around : [...first, line, ...last];
  const all = [...(before?.lines ?? []), ...these.map((text) => printable(text.slice(0, LONGEST_LINE)))];
  const different = [...new Set(all)];
  // The first ones show how it began, the last ones where it got to.
  return different.length <= MOST_LINES
    ? different
    : [...different.slice(0, FIRST_LINES), ...different.slice(FIRST_LINES - MOST_LINES)];
}

const MOST_REASONS = 8;
const LEAST_POINTS = 0.005;

function reasonsFor({ findings, vector, windowMs }: Candidate, baseline: Baseline | null): AlertReason[] {
  const byFeature = new Map<LogFeatureName, number>();
  const others: AlertReason[] = [];
  const points = pointsOf(findings);
  for (const [i, finding] of findings.entries()) {
    const mine = points[i] ?? 0;
    const shares = sharesOf(finding, vector, baseline, windowMs);
    if (shares.length === 0) others.push({ words: finding.words(), value: null, usual: null, points: mine });
    for (const [name, share] of shares) byFeature.set(name, (byFeature.get(name) ?? 0) + mine * share);
  }
  const told = [...byFeature].map(([name, mine]) => reasonOf(name, mine, vector, baseline));
  return [...told, ...others]
    .filter((reason) => reason.points >= LEAST_POINTS)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, MOST_REASONS);
}

/** Whose a finding's points are: those of the forest by its own cuts, those of a rule evenly among the features that it looks at. */
function sharesOf(
  finding: Finding,
  vector: Float32Array | null,
  baseline: Baseline | null,
  windowMs: number,
): readonly [LogFeatureName, number][] {
  if (finding.rule !== UNUSUAL || vector === null || baseline === null) {
    const shown = finding.features.filter(
      (name) => vector === null || !isNeutral(name, vector[indexOf(name)] ?? 0, windowMs),
    );
    return shown.map((name) => [name, 1 / shown.length]);
  }
  const saved = reasonsOf(baseline.forest, vector);
  const sum = saved.reduce((all, cuts) => all + Math.max(0, cuts), 0);
  return LOG_FEATURES.flatMap(({ name }, f) => {
    const mine = Math.max(0, saved[f] ?? 0);
    return mine === 0 ? [] : [[name, mine / sum] as [LogFeatureName, number]];
  });
}

const indexOf = (wanted: LogFeatureName): number => LOG_FEATURES.findIndex(({ name }) => name === wanted);

function reasonOf(
  name: LogFeatureName,
  points: number,
  vector: Float32Array | null,
  baseline: Baseline | null,
): AlertReason {
  const f = indexOf(name);
  const usual = baseline?.features[f];
  return {
    words: LOG_FEATURES[f]?.words ?? name,
    value: vector === null ? null : valueOf(name, vector[f] ?? 0),
    usual: usual === undefined ? null : usualOf(name, usual),
    points,
  };
}

const YES_OR_NO: ReadonlySet<LogFeatureName> = new Set<LogFeatureName>(['newAddress', 'newNetwork', 'firstSudo']);
const SHARES: ReadonlySet<LogFeatureName> = new Set<LogFeatureName>(['failRatio', 'methodVariance', 'hourDeviation']);

function valueOf(name: LogFeatureName, value: number): string {
  if (YES_OR_NO.has(name)) return value > 0 ? 'yes' : 'no';
  if (SHARES.has(name)) return `${Math.round(100 * value)} %`;
  const unit = LOG_FEATURES.find((feature) => feature.name === name)?.unit ?? '';
  const number = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return unit === '' ? number : `${number} ${unit}`;
}

function usualOf(name: LogFeatureName, { low, median, high }: Baseline['features'][number]): string {
  if (YES_OR_NO.has(name)) return high > 0 ? 'now and then' : 'never';
  return low === high ? valueOf(name, median) : `${valueOf(name, low)} to ${valueOf(name, high)}`;
}
