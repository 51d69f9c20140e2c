// Where the settings lie when nobody names a file. In: the environment, the home folder, the platform. Out: a file.
import path from 'node:path';

/**
 * As the XDG base directory specification has it: a relative XDG_CONFIG_HOME is to be ignored. On Windows and macOS, where
 * those systems keep the settings of programs.
 */
export function defaultSettingsFile(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const given = (name: string): string | null => {
    const folder = env[name];
    return folder !== undefined && isAbsolute(folder) ? folder : null;
  };
  switch (platform) {
    case 'win32':
      return join(given('APPDATA') ?? join(home, 'AppData', 'Roaming'), 'SecLyzer', 'settings.json');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'SecLyzer', 'settings.json');
    default:
      return join(given('XDG_CONFIG_HOME') ?? join(home, '.config'), 'seclyzer', 'settings.json');
  }
}

/** A data folder of its own (a demonstration, a test) has settings of its own: it must not change those of the owner. */
export function settingsFileFor(
  { dataDir, own }: { readonly dataDir: string; readonly own: boolean },
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  return own ? path.join(dataDir, 'settings.json') : defaultSettingsFile(env, home);
}
