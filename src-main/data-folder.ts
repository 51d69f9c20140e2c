// Where the data lies when nobody names a folder. In: the environment, the home folder, the source of events. Out: a folder.
import path from 'node:path';
import type { AgentOptions } from '../src-preload/contract.ts';

/**
 * As the XDG base directory specification has it: a relative XDG_DATA_HOME is to be ignored. Invented and replayed input gets a
 * folder of its own: what it teaches must not become the owner's model. So does a viewer, which has no business in the owner's.
 */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  source: AgentOptions['source']['kind'] | 'viewer' = 'live',
): string {
  const given = env['XDG_DATA_HOME'];
  const base = given !== undefined && path.isAbsolute(given) ? given : path.join(home, '.local', 'share');
  return path.join(base, source === 'live' ? 'seclyzer' : `seclyzer-${source}`);
}
