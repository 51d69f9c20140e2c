// Enters: how the program was started. Leaves: the desktop entry that starts it with the session, as the Desktop Entry
// Specification and the Desktop Application Autostart Specification have it.
import path from 'node:path';

export interface Installation {
  /** Where out/, assets/ and models/ lie, with links followed. */
  readonly root: string;
  /** Electron's `process.resourcesPath`, with links followed. */
  readonly resources: string;
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Node that runs the set-up of a checkout; null when there is none. */
  readonly node: string | null;
}

/** Ours alone carries it: a file of that name that somebody else wrote is left alone. */
const MARK = 'X-SecLyzer-Autostart=true';

/** How a session tool turns an entry off without deleting it. */
const TURNED_OFF = /^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m;

/** A runtime of one's own that `npm start` uses in place of the downloaded one. */
const RUNTIME = 'ELECTRON_OVERRIDE_DIST_PATH';

/**
 * @returns program and arguments
 * @throws Error when a checkout has no Node of its own
 */
export function startCommand({ root, resources, execPath, env, node }: Installation): readonly string[] {
  if (!isInside(root, resources)) {
    if (node === null) throw new Error('This checkout has no Node of its own. Install its packages: npm ci');
    const runtime = env[RUNTIME];
    const given = runtime === undefined || runtime === '' ? [] : ['/usr/bin/env', `${RUNTIME}=${runtime}`];
    return [...given, node, path.join(root, 'src-main/setup/start.mjs'), '--hidden'];
  }
  return [imageOf(execPath, env) ?? execPath, '--hidden'];
}

/** The AppImage that this program runs out of, which alone is there after it; undefined where there is none. */
export function imageOf(
  execPath: string,
  { APPIMAGE: image, APPDIR: mounted }: Installation['env'],
): string | undefined {
  // Both variables are inherited too, by whatever is started from another AppImage, such as a terminal.
  return mounted !== undefined && isInside(execPath, mounted) ? image : undefined;
}

const isInside = (file: string, folder: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
};

/**
 * @param icon a name of the icon theme, or an absolute path
 * @throws Error when the command has a character that an entry can't hold
 */
export function autostartEntry(command: readonly string[], icon: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=SecLyzer',
    'Comment=Watches whether the person at this keyboard is still its owner',
    `Exec=${stringValue(command.map((word) => argument(word)).join(' '))}`,
    `Icon=${stringValue(icon)}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    MARK,
    '',
  ].join('\n');
}

export const isOurs = (entry: string): boolean => entry.split('\n').includes(MARK);

export const isTurnedOff = (entry: string): boolean => TURNED_OFF.test(entry);

/** One argument of Exec: reserved characters only between quotes, four of them escaped there; `%` begins a field code. */
function argument(word: string): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/.test(word)) throw new Error(`a path with control characters can't be started: ${word}`);
  const doubled = word.replaceAll('%', '%%');
  return /^[\w@%+=:,./-]+$/.test(doubled) ? doubled : `"${doubled.replaceAll(/["`$\\]/g, '\\$&')}"`;
}

/** The general escape rule for values of the type string, which is undone before Exec is taken apart. */
const stringValue = (value: string): string => value.replaceAll('\\', '\\\\');
