// Messages of the programs of shadow (useradd, usermod, groupadd, gpasswd, passwd …) in, what has changed about an account out.
// The formats are those of shadow 4.8 to 4.17 (src/*.c, SYSLOG).
import { eventOf, type Entry, type EventKind, type Reading } from './event.ts';
import { nameOf } from './names.ts';

interface Wording {
  readonly pattern: RegExp;
  readonly kind: EventKind;
  /** What the groups of the pattern are. */
  readonly members: readonly ('target' | 'detail' | 'user')[];
  /** Where no group tells it. */
  readonly detail?: string;
}

const says = (
  pattern: RegExp,
  kind: EventKind,
  members: readonly ('target' | 'detail' | 'user')[],
  detail?: string,
): Wording => ({ pattern, kind, members, ...(detail === undefined ? {} : { detail }) });

const JOINED = says(/^add '([^']+)' to group '([^']+)'/, 'group-joined', ['target', 'detail']);

const WORDINGS: Readonly<Record<string, readonly Wording[]>> = {
  useradd: [
    says(/^new (?:user|account added): name=([^,]+), UID=(\d+)/, 'account-added', ['target', 'detail']),
    JOINED,
  ],
  newusers: [says(/^new user: name=([^,]+), UID=(\d+)/, 'account-added', ['target', 'detail'])],
  userdel: [says(/^delete user '([^']+)'/, 'account-removed', ['target'])],
  usermod: [
    JOINED,
    says(/^change user '([^']+)' password/, 'password-changed', ['target']),
    says(/^change user '([^']+)' UID from '\d+' to '(0)'/, 'account-changed', ['target', 'detail']),
    says(/^change user '([^']+)' (\w+)/, 'account-changed', ['target', 'detail']),
    says(/^change user name '([^']+)' to '([^']+)'/, 'account-changed', ['target', 'detail']),
    says(/^(?:unlock user|lock user) '([^']+)' password/, 'account-changed', ['target'], 'lock'),
  ],
  gpasswd: [
    says(/^user (\S+) added by (\S+) to group (\S+)/, 'group-joined', ['target', 'user', 'detail']),
    says(/^members of group (\S+) set by (\S+) to (\S+)/, 'group-joined', ['detail', 'user', 'target']),
  ],
  groupmems: [says(/^add '([^']+)' to group '([^']+)'/, 'group-joined', ['target', 'detail'])],
  passwd: [
    says(/^password for '([^']+)' changed by '([^']+)'/, 'password-changed', ['target', 'user']),
    says(/^password (?:un)?locked for '?([^' ]+)'?/, 'account-changed', ['target'], 'lock'),
  ],
  chage: [says(/^changed password expiry for (\S+)/, 'account-changed', ['target'], 'expiry')],
  chsh: [says(/^changed user '([^']+)' shell to '([^']+)'/, 'account-changed', ['target', 'detail'])],
  chpasswd: [says(/^password for '([^']+)' changed by '([^']+)'/, 'password-changed', ['target', 'user'])],
};

/** Said beside what counts, or of no weight. */
const BESIDE =
  /^(?:new group|group |add '|delete |removed |failed |change(?:d)? |changing |access to group|administrators of|password of group|user \S+ removed|cannot |pam_|adding user|new shadow group|running |default|cleared)/;

export function readAccounts(entry: Entry): Reading {
  for (const { pattern, kind, members, detail } of WORDINGS[entry.program] ?? []) {
    const found = pattern.exec(entry.text);
    if (found === null) continue;
    const facts: Partial<Record<'target' | 'detail' | 'user', string>> = detail === undefined ? {} : { detail };
    for (const [i, member] of members.entries()) facts[member] = nameOf(found[i + 1] ?? '');
    return eventOf(entry, kind, facts);
  }
  return BESIDE.test(entry.text) ? 'nothing' : 'unknown';
}
