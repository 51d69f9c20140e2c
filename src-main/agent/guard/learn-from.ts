// What was seen of somebody's event enters; his habits know it afterwards.
import { learnLogin, learnPrivilege } from './features/habits.ts';
import type { Scene } from './features/watch.ts';

/** @returns whether there was something to learn. */
export function learnFrom({ event, habits, sinceLoginS }: Scene): boolean {
  if (habits === null) return false;
  if (event.kind === 'login') learnLogin(habits, event.atMs, event.address);
  else if (event.kind === 'privilege') learnPrivilege(habits, event.atMs, sinceLoginS !== null && sinceLoginS < 10);
  else return false;
  return true;
}
