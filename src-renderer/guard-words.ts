// How the log guard stands, in words and a sign; and what an incident is about, in a few words each.
import type { AlertReason, GuardStatus, Incident, LogAlert, SourceHealth } from '../src-preload/contract.ts';
import { counted, quantity } from './format.ts';
import type { IncidentFilter, Incidents } from './incidents.ts';
import type { Sign } from './words.ts';

export interface Standing {
  readonly sign: Sign;
  /** Why, and what else is to be said; empty where nothing is. */
  readonly sentence: string;
  /** What can be done about it, in a sentence, and the command for it, which stands by itself. */
  readonly fix: string | null;
  readonly command: string | null;
}

const SOURCE_SIGNS = {
  reading: { word: 'Reading', shape: 'check', tone: 'good' },
  behind: { word: 'Catching up', shape: 'half', tone: 'accent' },
  waiting: { word: 'Waiting', shape: 'open', tone: 'quiet' },
  unavailable: { word: 'Unavailable', shape: 'slash', tone: 'watch' },
} satisfies Record<SourceHealth['status'], Sign>;
const OFF: Sign = { word: 'Off', shape: 'slash', tone: 'quiet' };
const STARTING: Sign = { word: 'Starting', shape: 'open', tone: 'quiet' };

/** @param enabled null while the settings are not known */
export function standingOf({ sources }: GuardStatus, enabled: boolean | null): readonly Standing[] {
  if (enabled === false)
    return [{ sign: OFF, sentence: 'Nobody reads the log of this machine.', fix: null, command: null }];
  if (sources.length === 0) return [{ sign: STARTING, sentence: 'Looks for a log to read.', fix: null, command: null }];
  return sources.map((source) => ({
    ...{ sign: signOf(source), sentence: sourceSentence(source) },
    ...{ fix: fixText(source), command: source.command },
  }));
}

/** Where there is nothing to read, the source has no name of its own. */
const NO_SOURCE = 'the log';

/** What is read is named beside the sign. */
const signOf = ({ name, status }: SourceHealth): Sign =>
  status === 'reading' ? { ...SOURCE_SIGNS.reading, word: `Reading ${name}` } : SOURCE_SIGNS[status];

function sourceSentence({ name, status, reason }: SourceHealth): string {
  const why = reason === null ? '' : `: ${reason}`;
  switch (status) {
    case 'reading':
      return reason === null ? '' : ended(startOf(reason));
    case 'behind':
      return ended(`There is more in ${name} than it has read${why}`);
    case 'waiting':
      return ended(`${startOf(name)}${why}`);
    case 'unavailable':
      return ended(name === NO_SOURCE && reason !== null ? startOf(reason) : `${startOf(name)}${why}`);
  }
}

/** A command that is a part of it is named, not told twice. */
function fixText({ fix, command }: SourceHealth): string | null {
  if (fix === null) return null;
  const named =
    command === null ? fix : fix.replace(`: ${command}`, ' with this command').replace(command, 'run this command');
  return ended(startOf(named));
}

/** Nothing was read and nothing can be: what is not known is not nought. */
export const isBlind = ({ sources, lines }: Pick<GuardStatus, 'sources' | 'lines'>): boolean =>
  lines === 0 && sources.length > 0 && sources.every(({ status }) => status === 'unavailable');

const startOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

/** While what is usual is being learned. */
export const learningSentence = ({ baseline: { have, need } }: GuardStatus): string =>
  have >= need
    ? 'Enough was seen; it is learned with the next look.'
    : 'Until then the rules alone judge: they know attacks, not this machine.';

/** What was lost, if anything. */
export const lossSentences = ({ dropped, evicted }: GuardStatus): readonly string[] => [
  ...(dropped > 0
    ? [`${counted(dropped, 'alert')} came faster than they could be written, and are counted only.`]
    : []),
  ...(evicted > 0
    ? [`${counted(evicted, 'address or name', 'addresses and names')} had to make room for others: a flood of them.`]
    : []),
];

const SHOWN_SUBJECTS = 3;
const SUBJECT_WORDS = { address: 'from', user: 'user', host: 'on' } as const;

/** `from 203.0.113.7, user alice and 4 more` */
export function aboutText({ subjects }: Pick<Incident, 'subjects'>): string {
  const shown = subjects.slice(0, SHOWN_SUBJECTS).map(({ kind, name }) => `${SUBJECT_WORDS[kind]} ${name}`);
  const left = subjects.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${quantity(left)} more` : ''}`;
}

/** `T1110.001 Brute Force: Password Guessing (Credential Access)` */
export const techniqueText = ({ id, name, tactic }: LogAlert['techniques'][number]): string =>
  `${id} ${name} (${tactic})`;

/** That of the worst alert, and how many others there are. */
export function techniquesText(techniques: Incident['techniques']): string {
  const [first, ...others] = techniques;
  if (first === undefined) return 'No technique of ATT&CK';
  return `${techniqueText(first)}${others.length > 0 ? ` and ${quantity(others.length)} more` : ''}`;
}

/** Points of a hundred, as a score is shown. */
export const pointsOf = ({ points }: Pick<AlertReason, 'points'>): number => Math.round(points * 100);

/** Under an empty list. @param incidents all that are known. @param days that they are kept at least */
export function emptyText(incidents: Incidents, filter: IncidentFilter, lines: number | null, days: number): string {
  const read = lines === null ? '' : `; ${counted(lines, 'line')} read`;
  if (incidents.length === 0) return `No incidents in the last ${counted(days, 'day')}${read}.`;
  if (incidents.every(({ acknowledgedMs }) => acknowledgedMs !== null) && filter.seen === 'open')
    return `Nothing is open: ${counted(incidents.length, 'incident')} acknowledged${read}.`;
  return 'None of the incidents fits. Change the filter or the words to see others.';
}

/** A step of an attack: what it served, by which techniques, when it was first seen. */
export interface Step {
  readonly tactic: string;
  readonly techniques: Incident['techniques'];
  /** null where its alerts are not kept any more. */
  readonly firstMs: number | null;
}

export const stepsOf = (
  { tactics, techniques }: Pick<Incident, 'tactics' | 'techniques'>,
  alerts: readonly LogAlert[],
): readonly Step[] =>
  tactics.map((tactic) => {
    const times = alerts.flatMap((alert) =>
      alert.techniques.some((one) => one.tactic === tactic) ? [alert.firstMs] : [],
    );
    return {
      tactic,
      techniques: techniques.filter((one) => one.tactic === tactic),
      firstMs: times.length === 0 ? null : Math.min(...times),
    };
  });
