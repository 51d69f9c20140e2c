// What was learned, in words: how far a model has come, why a version was made, what a way back forgets.
import type { LearnedModality, ModelVersion, Profile } from '../src-preload/contract.ts';
import { dayAndTime, quantity } from './format.ts';
import { errorText } from './accuracy-words.ts';
import { MODALITY_TITLES } from './words.ts';
import type { Sign } from './words.ts';

export const MATURITY_SIGNS = {
  none: { word: 'No model yet', shape: 'ring', tone: 'accent' },
  young: { word: 'Young', shape: 'half', tone: 'accent' },
  mature: { word: 'Mature', shape: 'check', tone: 'good' },
} satisfies Record<LearnedModality['maturity'], Sign>;

export const PROFILE_SIGNS = {
  learning: { word: 'Learning now', shape: 'ring', tone: 'accent' },
  'in-use': { word: 'In use', shape: 'check', tone: 'good' },
  resting: { word: 'Resting', shape: 'open', tone: 'quiet' },
} satisfies Record<Profile['status'], Sign>;

const WHY_MADE = {
  enrolment: 'the first one',
  more: 'much more was known',
  drift: 'you had changed',
  confirmed: 'an alarm was yours',
  asked: 'you asked for it',
} satisfies Record<ModelVersion['why'], string>;

/** `Version 3, made Thu 14 May, 09:12: much more was known` */
export const versionTitle = ({ version, createdMs, why }: ModelVersion): string =>
  `Version ${version}, made ${dayAndTime(createdMs)}: ${WHY_MADE[why]}`;

/** `Learned from 4,120 keystrokes, error 2 % (1 to 4 %)` */
export function versionFigures({ events, accuracy }: ModelVersion, unit: string): string {
  const error = accuracy === null ? 'too little was held out to measure its error' : `error ${errorText(accuracy.eer)}`;
  return `Learned from ${quantity(events)} ${unit}, ${error}`;
}

/** The model that scores now; null where none does. */
export const versionInUse = ({ versions }: LearnedModality): ModelVersion | null =>
  versions.find(({ inUse }) => inUse) ?? null;

/** Newest first: those that there is a way back to. */
export function earlierVersions(learned: LearnedModality): readonly ModelVersion[] {
  const current = versionInUse(learned);
  return learned.versions.filter(({ version, inUse }) => !inUse && (current === null || version < current.version));
}

/** What is lost on the way back to a version. */
export function forgottenBy(learned: LearnedModality, { version, createdMs }: ModelVersion): string {
  const lost = learned.versions
    .filter((later) => later.version > version)
    .map((later) => later.version)
    .toSorted((a, b) => a - b);
  const versions =
    lost.length === 0 ? '' : `${lost.length === 1 ? 'Version' : 'Versions'} ${list.format(lost.map(String))} and `;
  const what = `${versions}everything that was learned of your ${MODALITY_TITLES[learned.modality].toLowerCase()} after ${dayAndTime(createdMs)}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${lost.length === 0 ? 'is' : 'are'} forgotten. This cannot be undone.`;
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** `1,240 of 1,500 keystrokes`, `4,120 keystrokes: enough` */
export const learnedText = ({ have, need, unit }: Pick<LearnedModality, 'have' | 'need' | 'unit'>): string =>
  have >= need ? `${quantity(have)} ${unit}: enough` : `${quantity(have)} of ${quantity(need)} ${unit}`;
