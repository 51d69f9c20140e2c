// Whether the system's log can be read: the journal first, the file of rsyslog otherwise.
import { access, constants, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { askProgram } from './ask-program.ts';
import type { Check } from './capability.ts';

const AUTH_LOG = '/var/log/auth.log';

export const logs: Check = async () => {
  const found = await look();
  return { ...found, detail: `${found.detail} (not used yet)` };
};

const look: Check = async () => {
  if (process.platform !== 'linux') {
    return { state: 'missing', detail: 'only logs of Linux are understood', fix: null };
  }
  const journal = await askProgram('journalctl', ['--system', '--lines=1', '--output=json', '--quiet']);
  if (journal.code === 0 && journal.stdout.trim() !== '') return { state: 'works', detail: 'the journal', fix: null };
  const file = await lookAt(AUTH_LOG);
  if (file === 'readable') return { state: 'works', detail: AUTH_LOG, fix: null };
  if (file !== null) {
    return { state: 'missing', detail: `${AUTH_LOG} belongs to the group ${file.group}`, fix: joinGroup(file.group) };
  }
  if (journal.installed && /not seeing messages|insufficient permissions/i.test(journal.stderr)) {
    return { state: 'missing', detail: 'the journal shows only your own messages', fix: joinGroup('systemd-journal') };
  }
  const detail = journal.installed
    ? `the journal is empty, and there is no ${AUTH_LOG}`
    : `no journal and no ${AUTH_LOG}`;
  return { state: 'missing', detail, fix: 'Run systemd-journald, or install rsyslog: sudo apt-get install rsyslog' };
};

const joinGroup = (group: string): string =>
  `sudo usermod -aG ${group} ${userInfo().username}, then log out and in again.`;

/** Null when there is no such file. */
async function lookAt(path: string): Promise<'readable' | { readonly group: string } | null> {
  try {
    const { gid } = await stat(path);
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    return readable ? 'readable' : { group: await groupName(gid) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function groupName(gid: number): Promise<string> {
  const lines = (await readFile('/etc/group', 'utf8')).split('\n');
  return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(gid))?.[0] ?? String(gid);
}
