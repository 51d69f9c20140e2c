// Windows and macOS, where Electron tells of locks and of sleep. In: the system. Out: a session that tells nothing by itself.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Ability } from '../../../src-preload/contract.ts';
import { messageOf } from '../thrown.ts';
import type { LockOutcome } from './lock-screen.ts';
import type { SessionWatch } from './watch-session.ts';

const AVAILABLE: Ability = { available: true, reason: null, fix: null };
const BY_HAND = 'Lock the screen by hand.';

/** @param platform as Node names it */
export function watchElsewhere(platform: NodeJS.Platform): SessionWatch {
  const rest = { missing: null, locked: () => false, idle: () => false, stop: () => Promise.resolve() };
  if (platform === 'win32') return { ...rest, lockAbility: () => AVAILABLE, lock: lockWindows };
  const reason =
    platform === 'darwin'
      ? 'macOS offers no way for a program to lock the screen'
      : `SecLyzer does not know how to lock the screen on ${platform}`;
  return {
    ...rest,
    lockAbility: () => ({ available: false, reason, fix: BY_HAND }),
    lock: () => Promise.resolve({ locked: false, reason, fix: BY_HAND }),
  };
}

/** Windows answers before the screen is locked; that it was locked Electron tells. */
async function lockWindows(): Promise<LockOutcome> {
  try {
    await promisify(execFile)('rundll32.exe', ['user32.dll,LockWorkStation']);
    return { locked: true, by: 'Windows' };
  } catch (error) {
    return { locked: false, reason: `Windows refused to lock: ${messageOf(error)}`, fix: BY_HAND };
  }
}
