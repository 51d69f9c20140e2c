// A log that can't be read in, the one command that would change that out.
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

export interface Refused {
  readonly reason: string;
  readonly fix: string;
}

/** Bits of a mode. */
const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;

export async function whoMayRead(path: string): Promise<Refused> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    return {
      reason: `the folder of ${path} can not be looked into`,
      fix: `Look at its rights: ls -ld $(dirname ${path})`,
    };
  const group = await groupName(found.gid);
  if ((found.mode & OTHERS_READ) === 0 && (found.mode & GROUP_READS) !== 0 && group !== 'root')
    return { reason: `${path} is for members of the group ${group} alone`, fix: joinGroup(group) };
  return {
    reason: `${path} is for its owner alone`,
    fix: `Let the group adm read it: sudo chgrp adm ${path} && sudo chmod g+r ${path}; then ${joinGroup('adm')}`,
  };
}

export const joinGroup = (group: string): string =>
  `sudo usermod -aG ${group} ${userInfo().username}, then log out and in again.`;

async function groupName(gid: number): Promise<string> {
  const lines = (await readFile('/etc/group', 'utf8')).split('\n');
  return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(gid))?.[0] ?? String(gid);
}
