// Records of the kernel's audit system in, as auditd, the journal and the kernel log write them; events out. What sshd, sudo and PAM
// have told already is only taken from here where nothing else is read (see the roles of sources in collect/logs.ts).
import { eventOf, type Entry, type Reading } from './event.ts';
import { addressOf, nameOf, printable } from './names.ts';

/** `type=1100` of the kernel log; include/uapi/linux/audit.h and audit's libaudit.h. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['1100', 'USER_AUTH'],
  ['1108', 'USER_CHAUTHTOK'],
  ['1112', 'USER_LOGIN'],
  ['1114', 'ADD_USER'],
  ['1115', 'DEL_USER'],
  ['1123', 'USER_CMD'],
  ['1201', 'DAEMON_END'],
  ['1305', 'CONFIG_CHANGE'],
  ['1700', 'ANOM_PROMISCUOUS'],
]);

/** `USER_AUTH pid=… msg='op=PAM:authentication acct="root" … addr=1.2.3.4 … res=failed'`, with the type first. */
export function readAudit(entry: Entry): Reading {
  const space = entry.text.indexOf(' ');
  const said = space < 0 ? entry.text : entry.text.slice(0, space);
  const type = TYPES.get(said) ?? said;
  const text = entry.text.slice(space + 1);
  const account = (): string => nameOf(valueOf(text, 'acct') ?? valueOf(text, 'id') ?? '?');
  switch (type) {
    case 'USER_AUTH':
      return failed(text) ? login(entry, text, 'login-failed') : 'nothing';
    case 'USER_LOGIN':
      return failed(text) ? 'nothing' : login(entry, text, 'login');
    case 'USER_CMD':
      return command(entry, text);
    case 'ADD_USER':
      return failed(text) ? 'nothing' : eventOf(entry, 'account-added', { target: account() });
    case 'DEL_USER':
      return failed(text) ? 'nothing' : eventOf(entry, 'account-removed', { target: account() });
    case 'USER_CHAUTHTOK':
      return failed(text) ? 'nothing' : eventOf(entry, 'password-changed', { target: account() });
    case 'DAEMON_END':
      return eventOf(entry, 'protection-stopped', { detail: 'auditd' });
    case 'CONFIG_CHANGE':
      return turnedOff(text) ? eventOf(entry, 'protection-stopped', { detail: 'audit rules' }) : 'nothing';
    case 'ANOM_PROMISCUOUS':
      return /\bprom=256\b/.test(text)
        ? eventOf(entry, 'promiscuous', { detail: nameOf(valueOf(text, 'dev') ?? '?') })
        : 'nothing';
    default:
      return 'nothing';
  }
}

/** A name that holds quotation marks or spaces comes in hexadecimal, so that none can say this. */
const failed = (text: string): boolean => /\bres=(?:failed|0)(?:'|\s|$)/.test(text);
const turnedOff = (text: string): boolean => /\baudit_enabled=0\b|\bop=(?:"?remove_rule"?|remove rule)\b/.test(text);

function login(entry: Entry, text: string, kind: 'login' | 'login-failed'): Reading {
  const address = addressOf(valueOf(text, 'addr') ?? '') ?? addressOf(valueOf(text, 'hostname') ?? '');
  const program = nameOf((valueOf(text, 'exe') ?? 'audit').split('/').at(-1) ?? 'audit');
  const user = nameOf(valueOf(text, 'acct') ?? valueOf(text, 'id') ?? '?');
  return eventOf(entry, kind, { program, user, address, method: 'password' });
}

function command(entry: Entry, text: string): Reading {
  const ran = printable((valueOf(text, 'cmd') ?? '').slice(0, 500));
  const user = nameOf(valueOf(text, 'auid') ?? '?');
  const facts = { program: 'sudo', user, detail: ran };
  return eventOf(entry, failed(text) ? 'privilege-failed' : 'privilege', facts);
}

/** Values that somebody may have chosen come in quotation marks, or in hexadecimal digits where they hold one, or a space. */
function valueOf(text: string, name: string): string | null {
  const [, quoted, bare] = new RegExp(`(?:^|[ '])${name}=(?:"([^"]*)"|([^ "']+))`).exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (bare === undefined || bare === '?') return null;
  const hex = /^(?:[0-9A-F]{2})+$/.test(bare) && (name === 'acct' || name === 'cmd');
  return hex ? Buffer.from(bare, 'hex').toString('utf8') : bare;
}
