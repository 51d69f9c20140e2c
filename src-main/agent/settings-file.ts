// The settings file in, the user's settings out; and changes of them in, a new file out. A file that can't be used is said and
// kept, and the defaults serve meanwhile.
import { readFile, realpath, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  DEFAULT_USER_SETTINGS,
  type Notice,
  type SettingsChange,
  type UserSettings,
} from '../../src-preload/contract.ts';
import { replaceFile } from './replace-file.ts';
import { checkSettings, parseSettings, settingsText } from './settings-text.ts';
import { codeOf, messageOf } from './thrown.ts';

export { describeChange } from './settings-words.ts';

export interface SettingsFile {
  readonly file: string;
  readonly current: () => UserSettings;
  /**
   * Keeps the groups that it names, each whole, and the others as they are in the file: somebody may have edited it meanwhile.
   * Rejects with a readable Error, and changes nothing, when the result is not allowed or can't be written.
   */
  readonly change: (change: SettingsChange) => Promise<Changed>;
}

/** Two changes at once wait for each other, so each has its own before. */
interface Changed {
  readonly before: UserSettings;
  readonly after: UserSettings;
}

type Tell = (level: Notice['level'], text: string) => void;

/** What lies on the disk. */
type Found =
  | { readonly kind: 'settings'; readonly settings: UserSettings }
  | { readonly kind: 'none' }
  /** `problem` is the middle of a sentence. */
  | { readonly kind: 'bad' | 'unreadable'; readonly problem: string };

/**
 * A missing file means the defaults, and none is written. A bad one is told and renamed to `settings.json.bad-<time>`; one that
 * can't be read is told and never overwritten. Never rejects.
 */
export async function openSettings(file: string, tell: Tell, nowMs: () => number): Promise<SettingsFile> {
  let current = DEFAULT_USER_SETTINGS;
  let turn: Promise<unknown> = Promise.resolve();

  /** null where the file has nothing to say. @throws Error when it must not be replaced. */
  const settingsOnDisk = async (): Promise<UserSettings | null> => {
    const found = await read(file);
    if (found.kind === 'settings') return found.settings;
    if (found.kind === 'none') return null;
    if (found.kind === 'unreadable')
      throw new Error(`${file} can't be read: ${found.problem}. Change its permissions.`);
    const aside = await setAside(file, found.problem, nowMs());
    tell(
      'error',
      `The settings file is not in order: ${found.problem}. It was renamed to ${aside}, and the default settings apply, for you to mend it there and put it back.`,
    );
    return null;
  };
  const write = async (change: SettingsChange): Promise<Changed> => {
    const before = (await settingsOnDisk()) ?? current;
    const after = checkSettings({ ...before, ...named(change) });
    await replaceFile(await linked(file), Buffer.from(settingsText(after))).catch((error: unknown) => {
      throw new Error(whyNotWritten(file, error), { cause: error });
    });
    current = after;
    return { before, after };
  };

  try {
    current = (await settingsOnDisk()) ?? current;
  } catch (error) {
    tell('error', `${messageOf(error)} Until then the default settings are used.`);
  }
  return {
    file,
    current: () => current,
    change: (change) => {
      const result = turn.then(() => write(change));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

async function read(file: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable', problem: messageOf(error) };
  }
  try {
    return { kind: 'settings', settings: parseSettings(text) };
  } catch (error) {
    return { kind: 'bad', problem: messageOf(error) };
  }
}

/** @returns the name that the file has now. */
async function setAside(file: string, problem: string, nowMs: number): Promise<string> {
  const aside = `${file}.bad-${new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    const why = `${problem}, and it can't be renamed: ${messageOf(error)}`;
    throw new Error(`${file} is not in order: ${why}. Mend or remove it.`, { cause: error });
  }
  return basename(aside);
}

/** Spread over the others, a group that is there but undefined would become its defaults. */
const named = (change: SettingsChange): SettingsChange =>
  Object.fromEntries(Object.entries(change).filter(([, group]) => group !== undefined));

/** Where a link leads: who keeps settings elsewhere wants the link to stay. */
const linked = (file: string): Promise<string> => realpath(file).catch(() => file);

function whyNotWritten(file: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The settings were not changed: no space is left to write ${file}. Free some disk space and try again.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The settings were not changed: ${file} can't be written. Make it and its folder writable and try again.`;
    default:
      return `The settings were not changed: ${file} could not be written (${messageOf(error)}).`;
  }
}
