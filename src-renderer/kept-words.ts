// What is kept, and what is to be deleted, in words. In: what the agent says, and what was chosen. Out: short texts, and the deletion to ask for.
import { DATA_PARTS, MODALITIES } from '../src-preload/contract.ts';
import type { DataPart, Deletion, Modality, UserSettings } from '../src-preload/contract.ts';
import { dayAndMonth, measure, quantity } from './format.ts';

export const PART_TITLES = {
  learned: 'What was learned of you',
  history: 'Trust and scores',
  machine: 'Figures of this machine',
  guard: 'Attacks in the log',
  log: 'The audit log',
} as const satisfies Record<DataPart, string>;

export const PART_EFFECTS = {
  learned: 'Models, and the figures of your use that they were made of.',
  history: 'How the score moved and what typing and mouse said to it.',
  machine: 'Processor, memory, disks, network; what was unusual in it.',
  guard: 'Incidents, alerts and their lines; who logs in from where.',
  log: 'Decisions, locks, pauses, settings: what the program and you did.',
} as const satisfies Record<DataPart, string>;

/** How long each is kept. */
export function keptFor(part: DataPart, { retention, guard }: UserSettings): string {
  switch (part) {
    case 'learned':
      return 'until you delete it';
    case 'history':
      return days(retention.historyDays);
    case 'machine':
      return days(retention.machineDays);
    case 'guard':
      return `${guard.advanced.keepDays ?? GUARD_DAYS.keepDays} to ${days(guard.advanced.keepHighDays ?? GUARD_DAYS.keepHighDays)}`;
    case 'log':
      return days(retention.logDays);
  }
}

/** Where the settings leave it to the profile of the log guard, which is the same in all of them. */
export const GUARD_DAYS = { keepDays: 7, keepHighDays: 30 } as const;

const days = (count: number): string => `${quantity(count)} ${count === 1 ? 'day' : 'days'}`;

/** `0 kB`, `48 kB`, `1.2 MB`. */
export const bytesWords = (bytes: number): string =>
  bytes < 999_500 ? `${quantity(bytes / 1e3)} kB` : `${measure(bytes / 1e6)} MB`;

export const sinceWords = (sinceMs: number | null): string =>
  sinceMs === null ? '—' : `since ${dayAndMonth(sinceMs)}`;

/** What may be chosen for deletion. */
export const DELETABLE = ['everything', ...DATA_PARTS, ...MODALITIES] as const;
export type Deletable = (typeof DELETABLE)[number];

const isPart = (what: Deletable): what is DataPart => DATA_PARTS.some((part) => part === what);

const MODALITY_DELETABLE = {
  keystroke: 'All about your typing',
  mouse: 'All about your use of the mouse',
  app: 'All about your use of applications',
  linguistic: 'All about your writing',
} as const satisfies Record<Modality, string>;

export const deletableTitle = (what: Deletable): string =>
  what === 'everything' ? 'Everything' : isPart(what) ? PART_TITLES[what] : MODALITY_DELETABLE[what];

export interface Choice {
  readonly what: Deletable;
  /** Days as a date field has them, `2026-11-14`; empty: without an end on this side. */
  readonly from: string;
  readonly to: string;
}

/** Of local days, whole. null where the days make no sense. */
export function deletionOf({ what, from, to }: Choice): Deletion | null {
  const fromMs = from === '' ? null : new Date(`${from}T00:00`).getTime();
  const toMs = to === '' ? null : endOfDay(to);
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || (fromMs !== null && toMs !== null && fromMs > toMs)) return null;
  if (what === 'everything') return { parts: [...DATA_PARTS], modality: null, fromMs, toMs };
  if (isPart(what)) return { parts: [what], modality: null, fromMs, toMs };
  return { parts: ['learned', 'history'], modality: what, fromMs, toMs };
}

function endOfDay(day: string): number {
  const end = new Date(`${day}T12:00`);
  return end.setHours(24, 0, 0, 0) - 1;
}

/** What the confirmation asks. */
export function deletionQuestion({ what, from, to }: Choice): string {
  const { fromMs, toMs } = deletionOf({ what, from, to }) ?? { fromMs: null, toMs: null };
  const span = [
    ...(fromMs === null ? [] : [`from ${dayAndMonth(fromMs)}`]),
    ...(toMs === null ? [] : [`up to ${dayAndMonth(toMs)}`]),
  ].join(' ');
  const title = deletableTitle(what);
  const things =
    what === 'everything' ? 'everything that is kept of you' : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  return `Delete ${things}${span === '' ? '' : ` ${span}`}?`;
}

/** What follows from it. */
export function deletionEffect({ what, from, to }: Choice): string {
  if (from !== '' || to !== '') {
    const learned = what === 'everything' || what === 'learned' || !isPart(what);
    return learned
      ? 'Models stay: they can’t be taken apart by date. This cannot be undone.'
      : 'This cannot be undone.';
  }
  if (what === 'everything')
    return 'Only your settings stay. Learning begins anew, and there is no score until enough is learned. This cannot be undone.';
  if (what === 'learned' || !isPart(what)) return 'It is learned anew from then on. This cannot be undone.';
  return 'This cannot be undone.';
}
