// Messages of PAM modules in, whoever's program they come from; events out. The formats are those of Linux-PAM (pam_unix, faillock)
// and of the modules that copy them (pam_sss, pam_ldap, pam_krb5, pam_winbind).
// sshd, sudo and su tell more of their own accord, so that their failures are counted there, and only there.
import { eventOf, type Entry, type Reading } from './event.ts';
import { addressOf, nameOf } from './names.ts';

/** `pam_unix(sshd:auth): ` */
const HEAD = /^pam_([a-z0-9_]+)\(([^:()]{1,64}):([a-z]+)\): /;
const TELL_THEMSELVES = new Set(['sshd', 'sudo', 'sudo-i', 'su', 'su-l', 'doas']);
/** Opened and closed by the system around something that is told already, or that nobody asked for. */
const OF_THE_SYSTEM = new Set([
  ...['cron', 'crond', 'atd', 'systemd-user', 'runuser', 'runuser-l', 'gdm-launch-environment', 'lightdm-greeter'],
  ...['sddm-greeter', 'sudo', 'sudo-i', 'su', 'su-l', 'sshd', 'polkit-1', 'doas', 'samba', 'other', 'chsh', 'chfn'],
]);

export function readPam(entry: Entry): Reading {
  const head = HEAD.exec(entry.text);
  if (head === null) return 'unknown';
  const [{ length }, module = '', service = '', type] = head;
  const text = entry.text.slice(length);
  if (type === 'auth') return module === 'faillock' ? locked(entry, service, text) : failure(entry, service, text);
  if (type === 'session') return module === 'unix' ? session(entry, service, text) : 'nothing';
  if (type === 'chauthtok') return password(entry, text);
  return 'nothing';
}

const FAILURE = 'authentication failure; ';

/** `authentication failure; logname= uid=0 euid=0 tty=tty1 ruser= rhost=ADDRESS  user=NAME`: the name comes last, and may lie. */
function failure(entry: Entry, service: string, text: string): Reading {
  if (!text.startsWith(FAILURE) || TELL_THEMSELVES.has(service)) return 'nothing';
  const hostAt = text.indexOf(' rhost=');
  if (hostAt < 0) return 'unknown';
  const [host = ''] = text.slice(hostAt + 7).split(' ', 1);
  const userAt = text.indexOf(' user=', hostAt);
  const user = userAt < 0 ? null : nameOf(text.slice(userAt + 6));
  const facts = { program: service, user, address: addressOf(host), method: 'password' };
  if (service !== 'polkit-1') return eventOf(entry, 'login-failed', facts);
  return eventOf(entry, 'privilege-failed', { ...facts, detail: 'polkit' });
}

const LOCKED = /^Consecutive login failures for user (.+) account temporarily locked$/s;

function locked(entry: Entry, service: string, text: string): Reading {
  const user = LOCKED.exec(text)?.[1];
  return user === undefined ? 'nothing' : eventOf(entry, 'limit', { program: service, user: nameOf(user) });
}

/** `session opened for user NAME(uid=1000) by (uid=0)`, `session closed for user NAME`. */
function session(entry: Entry, service: string, text: string): Reading {
  if (OF_THE_SYSTEM.has(service)) return service === 'sshd' ? closed(entry, service, text) : 'nothing';
  if (!text.startsWith('session opened for user ')) return closed(entry, service, text);
  const byAt = text.lastIndexOf(' by ');
  if (byAt < 24) return 'unknown';
  const name = text.slice(24, byAt).replace(/\(uid=\d+\)$/, '');
  return eventOf(entry, 'login', { program: service, user: nameOf(name), method: 'password' });
}

function closed(entry: Entry, service: string, text: string): Reading {
  if (!text.startsWith('session closed for user ')) return 'nothing';
  return eventOf(entry, 'logout', { program: service, user: nameOf(text.slice(24)) });
}

function password(entry: Entry, text: string): Reading {
  if (!text.startsWith('password changed for ')) return 'nothing';
  return eventOf(entry, 'password-changed', { target: nameOf(text.slice(21)) });
}

const OLD = /^(?:(\d+) more )?authentication failures?; /;

/** PAM before 0.99 gave its name to the program, `login(pam_unix)[123]: authentication failure; …`, and nothing else told of it. */
export function readOldPam(entry: Entry): Reading {
  const { text, program } = entry;
  const service = program.slice(0, program.indexOf('('));
  const found = OLD.exec(text);
  if (found === null) return 'nothing';
  const [host = ''] = text.slice(text.indexOf(' rhost=') + 7).split(' ', 1);
  const userAt = text.indexOf(' user=', text.indexOf(' rhost='));
  return eventOf(entry, 'login-failed', {
    program: service,
    user: userAt < 0 ? null : nameOf(text.slice(userAt + 6)),
    address: addressOf(host),
    method: 'password',
    count: found[1] === undefined ? 1 : Number(found[1]),
  });
}
