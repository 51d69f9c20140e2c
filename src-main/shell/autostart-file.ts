// Enters: whether to start with the session. Leaves: the entry in the session's autostart folder, or its absence. Linux alone.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isOurs, isTurnedOff } from './autostart-entry.ts';

export interface AutostartFile {
  /** Writes the entry. @throws Error with what to do */
  readonly enable: () => void;
  /** At the program's start: mends an entry that says something else, but leaves one that was turned off elsewhere. */
  readonly keepUp: () => 'starts' | 'turned off';
  /** Removes the entry if it is ours. @throws Error with what to do */
  readonly disable: () => void;
}

/** @param entry makes the entry; it may throw */
export function createAutostartFile(file: string, entry: () => string): AutostartFile {
  const there = (): string | null => contents(file);
  const enable = (): void => {
    const before = there();
    if (before !== null && !isOurs(before))
      throw new Error(`${file} was not written by SecLyzer. Remove it, then turn autostart on again.`);
    const text = entry();
    if (text === before) return;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // A session that starts meanwhile finds the old entry or the new one, never half of it.
    writeFileSync(`${file}.new`, text);
    chmodSync(`${file}.new`, 0o644);
    renameSync(`${file}.new`, file);
  };
  return {
    enable,
    keepUp: () => {
      const before = there();
      if (before !== null && isOurs(before) && isTurnedOff(before)) return 'turned off';
      enable();
      return 'starts';
    },
    disable: () => {
      const before = there();
      if (before !== null && isOurs(before)) rmSync(file, { force: true });
    },
  };
}

/** As the XDG base directory specification has it: a relative XDG_CONFIG_HOME is to be ignored. */
export function autostartPath(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const given = env['XDG_CONFIG_HOME'];
  const base = given !== undefined && path.isAbsolute(given) ? given : path.join(home, '.config');
  return path.join(base, 'autostart', 'seclyzer.desktop');
}

function contents(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
