// The logic of the page Settings. In: what was typed, and the settings that hold. Out: changes to send, and why one is not allowed.
import * as v from 'valibot';
import { DEFAULT_USER_SETTINGS, settingsChange } from '../src-preload/contract.ts';
import type { Ability, ApiView, SettingsChange, UserSettings } from '../src-preload/contract.ts';

export type GroupName = keyof UserSettings;

/** A figure as people type it, with a decimal point or comma; null for what is none. */
export function readNumber(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
}

/** A shortcut as Electron writes it, from one typed with spaces; null where it was cleared. */
export const readShortcut = (typed: string): string | null => typed.replaceAll(/\s+/g, '') || null;

/** A time of day with two figures for the hour, as it is kept; what is none stays as typed and is refused by its rule. */
export const readTimeOfDay = (typed: string): string =>
  typed
    .trim()
    .replace('.', ':')
    .replace(/^(\d):/, '0$1:');

/** `must be at least 20.`: what the agent would refuse, said before it is asked; null where it is allowed. */
export function refusalOf(change: SettingsChange): string | null {
  const checked = v.safeParse(settingsChange, change);
  return checked.success ? null : `${checked.issues[0].message}.`;
}

/** One group of settings, changed as a whole. */
export const changeOf = <K extends GroupName>(group: K, value: UserSettings[K]): SettingsChange => ({ [group]: value });

export const defaultOf = <K extends GroupName>(group: K): UserSettings[K] => DEFAULT_USER_SETTINGS[group];

/** Whether a group stands at its defaults. */
export const isDefault = (group: GroupName, settings: UserSettings): boolean =>
  same(settings[group], DEFAULT_USER_SETTINGS[group]);

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => same(value, (b as Record<string, unknown>)[key]));
}

/**
 * Why something can't be had here, or does not work as it stands, and what to do about it; null where all is well. Reasons come
 * with and without a full stop.
 */
export function abilityRemark(ability: Ability | undefined): string | null {
  if (ability === undefined || (ability.available && ability.reason === null)) return null;
  const reason = (ability.reason ?? 'the program gives no reason').replace(/\.$/, '');
  const said = ability.available ? capitalised(reason) : `Not available here: ${reason}`;
  return [`${said}.`, ability.fix].filter((part) => part !== null).join(' ');
}

/** What is to be said of the API beside its switch: it is there to be had, but may not work as it stands. */
export const apiAbility = ({ reason, fix }: ApiView): Ability => ({ available: true, reason, fix });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
