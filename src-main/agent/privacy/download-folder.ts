// The environment and the home folder in, the folder that the user's downloads go to out: the one that the desktop names
// (freedesktop.org, xdg-user-dirs), else `Downloads`, else the home folder itself.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** `XDG_DOWNLOAD_DIR="$HOME/Descargas"`; other than the home folder or an absolute path it may not begin with. */
const LINE = /^\s*XDG_DOWNLOAD_DIR="(\$HOME)?(\/[^"]*)"/m;

export async function downloadFolder(env: NodeJS.ProcessEnv, home: string): Promise<string> {
  const config = env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const dirs = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const [, inHome, path] = LINE.exec(dirs) ?? [];
  const named = path === undefined ? null : inHome === undefined ? path : join(home, path);
  for (const folder of [named, join(home, 'Downloads')]) if (folder !== null && (await isFolder(folder))) return folder;
  return home;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
