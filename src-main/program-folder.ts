// Where a system keeps what belongs to a program. In: what it is, the environment, the home folder, the platform. Out: a folder.
import path from 'node:path';

/** By kind: the variable that names its parent, and where that is without it. */
const PARENTS = {
  data: {
    linux: ['XDG_DATA_HOME', '.local/share'],
    darwin: [null, 'Library/Application Support'],
    win32: ['LOCALAPPDATA', 'AppData/Local'],
  },
  config: {
    linux: ['XDG_CONFIG_HOME', '.config'],
    darwin: [null, 'Library/Application Support'],
    win32: ['APPDATA', 'AppData/Roaming'],
  },
  cache: {
    linux: ['XDG_CACHE_HOME', '.cache'],
    darwin: [null, 'Library/Caches'],
    win32: ['LOCALAPPDATA', 'AppData/Local'],
  },
} as const;

/** As that platform writes them, wherever this runs. */
export const pathsOf = (platform: NodeJS.Platform): path.PlatformPath =>
  platform === 'win32' ? path.win32 : path.posix;

/** As the XDG base directory specification has it, a variable that holds a relative path is ignored; so on Windows, where each has its own. */
export function programFolder(
  kind: keyof typeof PARENTS,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const { join, isAbsolute } = pathsOf(platform);
  const system = platform === 'win32' || platform === 'darwin' ? platform : 'linux';
  const [variable, usual] = PARENTS[kind][system];
  const stated = variable === null ? undefined : env[variable];
  const parent = stated !== undefined && isAbsolute(stated) ? stated : join(home, usual);
  return join(parent, system === 'linux' ? 'seclyzer' : 'SecLyzer');
}
