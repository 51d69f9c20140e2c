// The settings file in, the guard's part of it out, without touching the file: for commands that run beside the agent.
import { readFileSync } from 'node:fs';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../../src-preload/contract.ts';
import { parseSettings } from '../settings-text.ts';
import { codeOf, messageOf } from '../thrown.ts';

/** `problem` where the file can't be used and the defaults serve. */
export function readGuardSettings(file: string): {
  readonly guard: UserSettings['guard'];
  readonly problem: string | null;
} {
  try {
    return { guard: parseSettings(readFileSync(file, 'utf8')).guard, problem: null };
  } catch (error) {
    const problem = codeOf(error) === 'ENOENT' ? null : `${file} is not in order: ${messageOf(error)}`;
    return { guard: DEFAULT_USER_SETTINGS.guard, problem };
  }
}
