// Messages of the system's own parts in, what has become of the log and of what protects the machine out: rsyslog, journald, systemd,
// logind, cron, polkit, the kernel, auditd. Formats: rsyslog 8, systemd 241 to 257, cronie and Vixie cron, Linux 5 and 6.
import { eventOf, type Entry, type Reading } from './event.ts';
import { nameOf, printable } from './names.ts';

/** `[origin software="rsyslogd" swVersion="8.2302.0" …] exiting on signal 15.` */
export function readRsyslog(entry: Entry): Reading {
  if (!entry.text.startsWith('[origin software="rsyslogd"')) return 'nothing';
  const said = entry.text.slice(entry.text.lastIndexOf('] ') + 2);
  if (said.startsWith('exiting')) return eventOf(entry, 'protection-stopped', { detail: 'rsyslog' });
  return said.startsWith('start') ? eventOf(entry, 'protection-started', { detail: 'rsyslog' }) : 'nothing';
}

export function readJournald(entry: Entry): Reading {
  const { text } = entry;
  if (text.startsWith('Received client request to rotate journal')) return eventOf(entry, 'journal-rotated', {});
  if (text.startsWith('Journal stopped')) return eventOf(entry, 'protection-stopped', { detail: 'systemd-journald' });
  return text.startsWith('Journal started')
    ? eventOf(entry, 'protection-started', { detail: 'systemd-journald' })
    : 'nothing';
}

/** Services whose end leaves the machine less watched or less guarded. */
const GUARDS = new Set([
  ...[
    'rsyslog',
    'syslog-ng',
    'syslog',
    'auditd',
    'systemd-journald',
    'fail2ban',
    'sshguard',
    'apparmor',
    'ufw',
    'firewalld',
  ],
  ...[
    'nftables',
    'iptables',
    'crowdsec',
    'wazuh-agent',
    'ossec',
    'falco',
    'clamav-daemon',
    'snort',
    'suricata',
    'osqueryd',
  ],
]);
const STOPPED =
  /^(?:Stopped |Deactivated successfully|Unit )?([A-Za-z0-9@_.\\:-]+)\.service(?: - .*)?(?:: Deactivated successfully\.)?\.?$/;
const SHUTDOWN =
  /^(?:Reached target |Starting )?(?:shutdown\.target|poweroff\.target|reboot\.target|halt\.target|(?:System )?(?:Shutdown|Power-Off|Reboot|Halt)\b)/;
/** systemd before 249 wrote the service's description alone. */
const DESCRIBED: ReadonlyMap<string, string> = new Map([
  ['System Logging Service.', 'rsyslog'],
  ['Security Auditing Service.', 'auditd'],
  ['Fail2Ban Service.', 'fail2ban'],
  ['Journal Service.', 'systemd-journald'],
  ['Load AppArmor profiles.', 'apparmor'],
  ['Uncomplicated firewall.', 'ufw'],
]);

export function readSystemd(entry: Entry): Reading {
  const { text } = entry;
  if (SHUTDOWN.test(text.replace(/^Reached target /, ''))) return eventOf(entry, 'shutdown', {});
  const verb = text.startsWith('Stopped ') ? 8 : text.startsWith('Started ') ? 8 : 0;
  if (verb === 0) return 'nothing';
  const what = text.slice(verb);
  const unit = DESCRIBED.get(what) ?? STOPPED.exec(what)?.[1];
  if (unit === undefined || !GUARDS.has(unit)) return 'nothing';
  return eventOf(entry, text.startsWith('Stopped') ? 'protection-stopped' : 'protection-started', { detail: unit });
}

const SHUTS_DOWN = /^(?:System is (?:powering down|rebooting|halting)|The system will (?:power off|reboot|halt))/;

/** Sessions are told by sshd and PAM, with more about them. */
export function readLogind(entry: Entry): Reading {
  if (SHUTS_DOWN.test(entry.text)) return eventOf(entry, 'shutdown', {});
  return LOGIND.test(entry.text) ? 'nothing' : 'unknown';
}
const LOGIND =
  /^(?:New (?:session|seat)|Removed session|Session \S+ logged out|Watching system|Lid |Power key|Suspend|Operation|Delay |User |Failed |Creating|Killing|Hibernat|System is )/;

const CRON =
  /^\(([^()]{1,64})\) (CMD|REPLACE|DELETE|BEGIN EDIT|END EDIT|LIST|RELOAD|STARTUP|INFO|ORPHAN|CMDEND|CMDOUT|MAIL|AUTH) ?\((.*)\)$/s;

export function readCron(entry: Entry): Reading {
  const [, user, what, detail] = CRON.exec(entry.text) ?? [];
  if (user === undefined || what === undefined)
    return /^(?:\(|pam_|\*system|No |error|can't)/i.test(entry.text) ? 'nothing' : 'unknown';
  const facts = { program: 'cron', user: nameOf(user), detail: printable((detail ?? '').slice(0, 500)) };
  if (what === 'CMD') return eventOf(entry, 'cron', facts);
  return what === 'REPLACE'
    ? eventOf(entry, 'schedule-changed', { ...facts, target: nameOf(detail ?? '') })
    : 'nothing';
}

const PROMISCUOUS = /^(?:\[ *[\d.]+\] )?(?:device (\S+) entered promiscuous mode|(\S+): entered promiscuous mode)$/;

export function readKernel(entry: Entry): Reading {
  const [, old, name] = PROMISCUOUS.exec(entry.text) ?? [];
  const device = old ?? name;
  return device === undefined ? 'nothing' : eventOf(entry, 'promiscuous', { detail: nameOf(device) });
}

const BANNED = /^(?:NOTICE|WARNING) +\[([^\]]+)\] (?:Restore )?Ban (\S+)$/;

export function readFail2ban(entry: Entry): Reading {
  const [, jail, address] = BANNED.exec(entry.text) ?? [];
  if (jail === undefined || address === undefined) return 'nothing';
  return eventOf(entry, 'banned', { program: 'fail2ban', address, detail: nameOf(jail) });
}
