// The text of a settings file in, the user's settings out, or an Error with every setting that is wrong; and back to text.
import * as v from 'valibot';
import { userSettings, type UserSettings } from '../../src-preload/contract.ts';
import { messageOf } from './thrown.ts';

/** More would not help anybody to mend a file. */
const MOST_PROBLEMS = 3;
/** Of a value that is repeated. */
const VALUE_LENGTH = 40;

/** @throws Error `it is not JSON: …` or `lock.enabled must be true or false, not "yes"`. */
export function parseSettings(text: string): UserSettings {
  // Windows editors begin a file with a byte order mark.
  return checkSettings(parseJson(text.replace(/^\uFEFF/, '')));
}

/** Every setting, for somebody who may edit them by hand. */
export const settingsText = (settings: UserSettings): string => `${JSON.stringify(settings, null, 2)}\n`;

/** What is missing has its default. @throws Error */
export function checkSettings(value: unknown): UserSettings {
  const result = v.safeParse(userSettings, value);
  if (result.success) return result.output;
  throw new Error(result.issues.slice(0, MOST_PROBLEMS).map(problemOf).join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

const KINDS: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text in quotation marks',
  Object: 'a group of settings',
};

/** Where it is and what is wrong with it, in words. */
function problemOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the whole';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `there is no setting ${path}`;
  if (issue.received === 'undefined') return `${path} is missing`;
  if (issue.kind === 'schema')
    return `${path} must be ${KINDS[issue.expected ?? ''] ?? issue.expected}, not ${issue.received.slice(0, VALUE_LENGTH)}`;
  return `${path} ${issue.type === 'integer' ? 'must be a whole number' : issue.message}`;
}
