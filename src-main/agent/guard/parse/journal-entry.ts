// An entry of the journal as `journalctl -o json` writes it in, who wrote what and when out. Fields that begin with an underscore are
// the journal's own word (systemd.journal-fields(7)): a name that they do not bear out is a forgery.
import { eventOf, type Entry, type LogEvent } from './event.ts';
import { nameOf, printable } from './names.ts';

/** What to ask journalctl for; `__CURSOR` and the time come unasked. */
export const JOURNAL_FIELDS = 'MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID,_UID,_COMM,_EXE,_TRANSPORT,_AUDIT_TYPE_NAME';

/** Only root can be these: whoever else uses their names wants to be taken for them. */
const OF_ROOT = new Set([
  ...[
    'useradd',
    'userdel',
    'usermod',
    'groupadd',
    'groupdel',
    'groupmod',
    'newusers',
    'chpasswd',
    'login',
    'systemd-logind',
  ],
  ...['rsyslogd', 'cron', 'CRON', 'crond', 'auditd', 'fail2ban.actions'],
]);
/** Run with root's rights while their user is another, or with rights of their own, so that it is the file that must be right. */
const BY_FILE = new Set([
  ...['sudo', 'su', 'doas', 'pkexec', 'passwd', 'chsh', 'chfn', 'chage', 'gpasswd', 'crontab', 'systemd'],
  ...['sshd', 'sshd-session', 'sshd-auth'],
]);
/** What sshd's process with root's rights alone says; the ones of the user say goodbye. */
const OF_SSHD_ROOT = /^(?:Accepted|Failed|Invalid user|error: |pam_|Connection closed by (?:authenticating|invalid))/;
/** Where only root may put a program. */
const SYSTEM_FOLDER = /^\/(?:usr|bin|sbin|lib|opt|nix|snap|run\/wrappers)\b/;

type Fields = Readonly<Record<string, unknown>>;

/** @returns the forgery itself where there is one; null for what is no entry. */
export function readJournalEntry(line: string): Entry | LogEvent | null {
  let fields: Fields;
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null) return null;
    fields = parsed as Fields;
  } catch {
    return null;
  }
  const atMs = Math.floor(Number(fields['__REALTIME_TIMESTAMP']) / 1000);
  const message = textOf(fields['MESSAGE']);
  if (!Number.isSafeInteger(atMs) || message === null) return null;
  const program = textOf(fields['SYSLOG_IDENTIFIER']) ?? textOf(fields['_COMM']) ?? '';
  const pid = Number(textOf(fields['_PID']) ?? textOf(fields['SYSLOG_PID']) ?? 0) || 0;
  const transport = textOf(fields['_TRANSPORT']);
  if (transport === 'audit') return auditEntry(fields, atMs, message);
  const entry: Entry = { atMs, program: transport === 'kernel' ? 'kernel' : program, pid, text: message };
  const liar = liarOf(fields, program, message);
  if (liar === null) return entry;
  const said = `an entry of the log says that it is from ${nameOf(program)} and was written by ${liar}`;
  return eventOf(entry, 'forged', { program: nameOf(program), user: null, detail: printable(said) });
}

/** Who has written it, where that is not who it says. */
function liarOf(fields: Fields, program: string, text: string): string | null {
  const transport = textOf(fields['_TRANSPORT']);
  if (transport !== 'syslog' && transport !== 'journal' && transport !== 'stdout') return null;
  const uid = textOf(fields['_UID']);
  // Entries of the journal's first moments come without.
  if (uid === null || uid === '0') return null;
  const file = textOf(fields['_EXE']);
  const writer = `${nameOf(file ?? textOf(fields['_COMM']) ?? 'a program')} of user number ${nameOf(uid)}`;
  if (OF_ROOT.has(program) || (program.startsWith('sshd') && OF_SSHD_ROOT.test(text))) return writer;
  // A process that has ended before the journal looked has no file any more.
  return !BY_FILE.has(program) || file === null || isFileOf(program, file) ? null : writer;
}

const isFileOf = (program: string, file: string): boolean =>
  SYSTEM_FOLDER.test(file) && file.slice(file.lastIndexOf('/') + 1).startsWith(program.slice(0, 4));

function auditEntry(fields: Fields, atMs: number, message: string): Entry {
  const type = textOf(fields['_AUDIT_TYPE_NAME']);
  // The message begins with the type in some releases of systemd.
  const text = type === null || message.startsWith(type) ? message : `${type} ${message}`;
  return { atMs, program: 'audit', pid: 0, text };
}

/** Text, or the bytes that journalctl writes where a field is not UTF-8; a field that came several times counts by its first. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  if (value.every((byte) => typeof byte === 'number')) return Buffer.from(value).toString('utf8');
  return textOf(value[0]);
}
