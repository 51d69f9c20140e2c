// An entry of the log in, what it means out: each program's messages have their own reader.
import { readAccounts } from './accounts.ts';
import { readAudit } from './audit.ts';
import type { Entry, Reader, Reading } from './event.ts';
import { readOldPam, readPam } from './pam.ts';
import { readSshd } from './sshd.ts';
import { readDoas, readPkexec, readSu, readSudo } from './sudo.ts';
import { readCron, readFail2ban, readJournald, readKernel, readLogind, readRsyslog, readSystemd } from './system.ts';

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...(['sshd', 'sshd-session', 'sshd-auth'] as const).map((name): [string, Reader] => [name, readSshd]),
  ['sudo', readSudo],
  ['doas', readDoas],
  ['su', readSu],
  ['pkexec', readPkexec],
  ...(
    ['useradd', 'usermod', 'userdel', 'newusers', 'groupadd', 'groupmod', 'groupdel', 'gpasswd', 'groupmems'] as const
  ).map((name): [string, Reader] => [name, readAccounts]),
  ...(['passwd', 'chage', 'chsh', 'chfn', 'chpasswd'] as const).map((name): [string, Reader] => [name, readAccounts]),
  ['rsyslogd', readRsyslog],
  ['systemd-journald', readJournald],
  ['systemd', readSystemd],
  ['systemd-logind', readLogind],
  ...(['cron', 'CRON', 'crond', 'CROND', 'crontab', 'anacron'] as const).map((name): [string, Reader] => [
    name,
    readCron,
  ]),
  ['kernel', readKernelOrAudit],
  ['audit', readAudit],
  ['fail2ban.actions', readFail2ban],
]);

/** Known to log, and never anything that counts here. */
const WITHOUT_NEWS = new Set([
  ...[
    'polkitd',
    'dbus-daemon',
    'login',
    'systemd-user-sessions',
    'fail2ban.filter',
    'fail2ban.server',
    'fail2ban.jail',
  ],
  ...[
    'fail2ban.filtersystem',
    'fail2ban.database',
    'fail2ban.observer',
    'fail2ban.utils',
    'fail2ban.transmitter',
    'sftp-server',
  ],
  ...[
    'fail2ban.asyncserver',
    'unix_chkpwd',
    'gnome-keyring-daemon',
    'agetty',
    'gdm',
    'gdm3',
    'lightdm',
    'sddm',
    'groups',
  ],
]);

const REPEATED = /^message repeated (\d{1,6}) times: \[ (.*)\]$/s;

export function readEntry(entry: Entry): Reading {
  const { text } = entry;
  if (text.startsWith('pam_')) return readPam(entry);
  if (text.startsWith('message repeated ')) return repeated(entry);
  const reader = READERS.get(entry.program);
  if (reader !== undefined) return reader(entry);
  if (entry.program.endsWith('(pam_unix)')) return readOldPam(entry);
  return WITHOUT_NEWS.has(entry.program) ? 'nothing' : 'unknown';
}

/** rsyslog's `$RepeatedMsgReduction`, which Ubuntu turns on: one line for several that were the same. */
function repeated(entry: Entry): Reading {
  const [, times, text] = REPEATED.exec(entry.text) ?? [];
  if (times === undefined || text === undefined || text.startsWith('message repeated ')) return 'unknown';
  const reading = readEntry({ ...entry, text });
  return typeof reading === 'string' ? reading : { ...reading, count: reading.count * Number(times) };
}

const KERNEL_AUDIT = /^(?:\[ *[\d.]+\] )?audit: type=(\d+) audit\([\d.]+:\d+\): /;

function readKernelOrAudit(entry: Entry): Reading {
  const found = KERNEL_AUDIT.exec(entry.text);
  if (found === null) return readKernel(entry);
  return readAudit({ ...entry, text: `${found[1] ?? ''} ${entry.text.slice(found[0].length)}` });
}
