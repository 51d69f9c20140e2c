// Where the settings lie when nobody names a file. In: the environment, the home folder, the platform. Out: a file.
import path from 'node:path';
import { pathsOf, programFolder } from './program-folder.ts';

export const defaultSettingsFile = (
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string => pathsOf(platform).join(programFolder('config', env, home, platform), 'settings.json');

/** A service of the user's own systemd, in the folder of the settings' own: systemd looks there. */
export const userUnitFile = (unit: string, env: Readonly<Record<string, string | undefined>>, home: string): string =>
  path.join(programFolder('config', env, home, 'linux'), '..', 'systemd', 'user', unit);

/** A data folder of its own (a demonstration, a test) has settings of its own: it must not change those of the owner. */
export function settingsFileFor(
  { dataDir, own }: { readonly dataDir: string; readonly own: boolean },
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  return own ? path.join(dataDir, 'settings.json') : defaultSettingsFile(env, home);
}
