// Where the data lies when nobody names a folder. In: the environment, the home folder, the source of events. Out: a folder.
import type { AgentOptions } from '../src-preload/contract.ts';
import { pathsOf, programFolder } from './program-folder.ts';

/**
 * Invented and replayed input gets a folder of its own: what it teaches must not become the owner's model. So does a viewer, which has no
 * business in the owner's. Where the system puts data beside settings or what is only remembered, it is a folder inside of the program's.
 */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  source: AgentOptions['source']['kind'] | 'viewer' = 'live',
  platform: NodeJS.Platform = process.platform,
): string {
  const folder = programFolder('data', env, home, platform);
  const suffix = source === 'live' ? '' : `-${source}`;
  const isShared = platform === 'win32' || platform === 'darwin';
  if (!isShared) return `${folder}${suffix}`;
  return pathsOf(platform).join(folder, `data${suffix}`);
}
