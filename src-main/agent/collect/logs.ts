// The machine in, the sources of its log out: the journal where it can be read, else the files of rsyslog, never both, for they hold the
// same lines. What can't be read is said with the one thing to do about it.
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import type { SourceRole } from '../guard/parse/parser.ts';
import { codeOf } from '../thrown.ts';
import { openFileSource } from './logs-file.ts';
import { JOURNAL_NAME, openJournalSource } from './logs-journal.ts';
import { joinGroup, whoMayRead, type Refused } from './logs-permission.ts';
import type { LogSource } from './logs-source.ts';

export type Found =
  | { readonly kind: 'journal'; readonly role: 'all' }
  | { readonly kind: 'file'; readonly path: string; readonly role: SourceRole };

export interface FoundLogs {
  readonly sources: readonly Found[];
  /** Why logins can't be seen, even where another log can be read; null where they can. */
  readonly lack: Refused | null;
}

/** Of rsyslog: where logins and sudo are told, on Debian and on Red Hat; then the rest. */
const LOGIN_FILES = ['/var/log/auth.log', '/var/log/secure'];
const OTHER_FILES = ['/var/log/syslog', '/var/log/messages'];
const BESIDE_FILES = ['/var/log/audit/audit.log', '/var/log/fail2ban.log'];

export const nameOfLog = (found: Found): string => (found.kind === 'journal' ? 'the journal' : found.path);

type Look = 'readable' | 'missing' | Refused;

/** What can be read on this machine now. Never rejects. @param root of the file system, for tests */
export async function findLogs(root = ''): Promise<FoundLogs> {
  const journal = root === '' ? await lookAtJournal() : 'missing';
  const looks = new Map<string, Look>();
  for (const path of [...LOGIN_FILES, ...OTHER_FILES, ...BESIDE_FILES]) looks.set(path, await lookAtFile(root + path));
  const readable = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => looks.get(path) === 'readable');
  const beside = (paths: readonly string[]): Found[] =>
    readable(paths).map((path) => ({ kind: 'file', path: root + path, role: 'beside' }));
  // fail2ban writes its own file; the audit system's is in the journal as well.
  if (journal === 'readable')
    return { sources: [{ kind: 'journal', role: 'all' }, ...beside(['/var/log/fail2ban.log'])], lack: null };
  const [logins] = readable(LOGIN_FILES);
  if (logins !== undefined)
    return {
      sources: [
        { kind: 'file', path: root + logins, role: 'all' },
        ...beside([...readable(OTHER_FILES).slice(0, 1), ...BESIDE_FILES]),
      ],
      lack: null,
    };
  const [all] = readable([...OTHER_FILES, ...BESIDE_FILES]);
  // In the order in which it would help: what tells of logins first.
  const [refused] = [journal, ...looks.values()].filter((look) => typeof look !== 'string');
  return {
    sources: all === undefined ? [] : [{ kind: 'file', path: root + all, role: 'all' }],
    lack: refused ?? NOTHING_TELLS_OF_LOGINS,
  };
}

const NOTHING_TELLS_OF_LOGINS: Refused = {
  reason: 'no journal and no file of rsyslog (/var/log/auth.log, /var/log/secure)',
  fix: 'Run systemd-journald, or install rsyslog: sudo apt-get install rsyslog',
  command: 'sudo apt-get install rsyslog',
};

async function lookAtFile(path: string): Promise<Look> {
  try {
    await stat(path);
    await access(path, constants.R_OK);
    return 'readable';
  } catch (error) {
    const code = codeOf(error);
    return code === 'EACCES' || code === 'EPERM' ? await whoMayRead(path) : 'missing';
  }
}

const ASK_MS = 5000;

/** An entry of the system's, not one of our own, proves that it can be read. */
function lookAtJournal(): Promise<Look> {
  const args = ['--system', '--lines=1', '--output=json', '--no-pager'];
  return new Promise((resolve) => {
    execFile('journalctl', args, { timeout: ASK_MS, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null && stdout.trim() !== '') resolve('readable');
      else if (/not seeing messages|insufficient permissions|permission denied/i.test(stderr))
        resolve({ reason: 'the journal shows only your own messages', ...joinGroup('systemd-journal') });
      else resolve('missing');
    });
  });
}

export interface OpenOptions {
  /** By the source's name; null where nothing was read yet. */
  readonly position: (name: string) => string | null;
  readonly warmFrom: (name: string) => string | null;
  /** How far back to look in the journal at the first start. */
  readonly sinceMs: number;
  /** Where to begin in a file then; by default at its start. */
  readonly begin?: 'start' | 'end';
}

export function openSource(found: Found, { position, warmFrom, sinceMs, begin = 'start' }: OpenOptions): LogSource {
  if (found.kind === 'journal')
    return openJournalSource({ position: position(JOURNAL_NAME), warmFrom: warmFrom(JOURNAL_NAME), sinceMs });
  const { path, role } = found;
  return openFileSource({ path, role, position: position(path), warmFrom: warmFrom(path), begin });
}
