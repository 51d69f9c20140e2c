// Messages of OpenSSH's server in (sshd; from 9.8 on sshd-session, from 10.0 on sshd-auth too), events out. The formats are those of
// its sources: auth.c auth_log, auth2.c, packet.c sshpkt_vfatal, sshd.c.
// A client chooses the user's name, a hundred characters of it with spaces and all, so nothing is taken from where a name can reach:
// the beginning of a message tells its kind, its end the address. sshd itself escapes control characters in names (log.c).
import { eventOf, type Entry, type Reading } from './event.ts';
import { addressOf, nameOf } from './names.ts';
import { beforeReason, placeAt, portless, tailAt, tailBeforeKey, withoutPreauth } from './sshd-address.ts';

export function readSshd(entry: Entry): Reading {
  const { text } = entry;
  switch (text[0]) {
    case 'F':
      return text.startsWith('Failed ') ? authenticated(entry, 7) : 'unknown';
    case 'A':
      if (text.startsWith('Accepted ')) return authenticated(entry, 9);
      return known(text, 'Address ', 'Authentication ', 'AuthorizedKeys', 'AuthorizedPrincipals');
    case 'I':
      return text.startsWith('Invalid user ') ? unknownUser(entry) : 'unknown';
    case 'C':
      return connection(entry);
    case 'D':
      return disconnection(entry);
    case 'U':
      return refusal(entry);
    case 'e':
      return errorMessage(entry);
    case 'B':
      return text.startsWith('Bad protocol version ') ? withAddressAtEnd(entry, 'probe') : 'unknown';
    case 'b':
      return text.startsWith('banner exchange: Connection from ') ? probe(entry, 33) : 'unknown';
    case 's':
      if (text.startsWith('ssh_dispatch_run_fatal: Connection from ')) return probe(entry, 40);
      return known(text, 'subsystem ', 'srclimit_penalise', 'session ', 'ssh');
    case 'T':
      return text.startsWith('Timeout before authentication for ') ? timeout(entry, 34) : 'unknown';
    case 'f':
      return text.startsWith('fatal: Timeout before authentication for ') ? timeout(entry, 41) : known(text, 'fatal: ');
    case 'd':
      return text.startsWith('drop connection ') ? dropped(entry) : known(text, 'debug');
    case 'R':
      return root(entry);
    default:
      return known(text, ...OTHERS);
  }
}

const OTHERS = [
  ...[
    'Server listening',
    'Received ',
    'PAM ',
    'Postponed ',
    'Partial ',
    'Starting session',
    'Close session',
    'Closing ',
  ],
  ...['reverse mapping checking', 'input_userauth_request', 'exited MaxStartups', 'beginning MaxStartups', 'Exiting '],
  ...['in MaxStartups', 'Nasty PTR', 'Set ', 'Read error', 'Write failed', 'Protocol major', 'message authentication'],
  ...['Authenticator', 'userauth_', 'rexec line', 'syslogin_perform', 'lastlog_', 'Environment ', 'penalty', 'pam_'],
  ...['kex_exchange', 'dispatch_protocol_error', 'mm_', 'Corrupted MAC', 'Did not receive'],
];

function known(text: string, ...beginnings: readonly string[]): Reading {
  for (const beginning of beginnings) if (text.startsWith(beginning)) return 'nothing';
  return 'unknown';
}

/** `METHOD[/submethod] for [invalid user ]USER from ADDRESS port N ssh2[: KEY]` from `at` on. */
function authenticated(entry: Entry, at: number): Reading {
  const { text } = entry;
  const forAt = text.indexOf(' for ', at);
  if (forAt < 0) return 'unknown';
  const method = methodOf(text.slice(at, forAt));
  const end = withoutPreauth(text);
  const plain = text.startsWith(' ssh2', end - 5);
  const tail = plain ? tailAt(text, end - 5) : tailBeforeKey(text, forAt);
  const ok = at === 9;
  if (tail === null) return 'unknown';
  if (tail === 'ambiguous') return forged(entry);
  const nameAt = forAt + 5;
  const unknown = text.startsWith('invalid user ', nameAt) || text.startsWith('illegal user ', nameAt);
  const user = nameOf(text.slice(nameAt + (unknown ? 13 : 0), tail.at));
  const facts = { program: 'sshd', user, address: tail.address, method, ...(unknown ? { detail: 'unknown' } : {}) };
  if (ok) return eventOf(entry, 'login', facts);
  // The probe for an empty password with which every client begins.
  if (method === 'none') return 'nothing';
  return eventOf(entry, method === 'publickey' || method === 'hostbased' ? 'key-refused' : 'login-failed', facts);
}

const METHODS = new Map([
  ['password', 'password'],
  ['publickey', 'publickey'],
  ['keyboard-interactive/pam', 'keyboard-interactive'],
  ['keyboard-interactive', 'keyboard-interactive'],
  ['hostbased', 'hostbased'],
  ['gssapi-with-mic', 'gssapi'],
  ['gssapi-keyex', 'gssapi'],
  ['none', 'none'],
]);
const methodOf = (text: string): string => METHODS.get(text) ?? 'other';

const forged = (entry: Entry): Reading =>
  eventOf(entry, 'forged', { program: 'sshd', detail: 'a user name or certificate that imitates a log line' });

/** `Invalid user NAME from ADDRESS[ port N]`; releases before 7.5 write no port. */
function unknownUser(entry: Entry): Reading {
  const { text } = entry;
  const end = withoutPreauth(text);
  const tail = tailAt(text, end) ?? portless(text, end);
  if (tail === null || tail.at < 12) return 'unknown';
  const user = nameOf(text.slice(13, Math.max(13, tail.at)));
  return eventOf(entry, 'unknown-user', { program: 'sshd', user, address: tail.address, detail: 'unknown' });
}

/** `Connection closed|reset by [authenticating|invalid user NAME ]ADDRESS port N [preauth]`, `Connection from …`. */
function connection(entry: Entry): Reading {
  const { text } = entry;
  const verb = text.startsWith('Connection closed by ') ? 21 : text.startsWith('Connection reset by ') ? 20 : 0;
  if (verb === 0)
    return known(text, 'Connection ', 'Close session', 'Closing ', 'Could not ', 'Corrupted MAC', "Can't ");
  return goneAway(entry, verb);
}

/** From `at` on: `[authenticating|invalid user NAME ]ADDRESS port N[: reason][ [preauth]]`. */
function goneAway(entry: Entry, at: number): Reading {
  const { text } = entry;
  const named = text.startsWith('authenticating user ', at) ? 20 : text.startsWith('invalid user ', at) ? 13 : 0;
  const end = withoutPreauth(text);
  const place = placeAt(text, end) ?? beforeReason(text, end);
  if (named === 0)
    return place === null ? 'nothing' : eventOf(entry, 'probe', { program: 'sshd', address: place.address });
  if (place === null) return 'unknown';
  const user = nameOf(text.slice(at + named, Math.max(at + named, place.at - 1)));
  const facts = { program: 'sshd', user, address: place.address, method: 'none' };
  return eventOf(entry, 'abandoned', named === 13 ? { ...facts, detail: 'unknown' } : facts);
}

function disconnection(entry: Entry): Reading {
  const { text } = entry;
  if (text.startsWith('Did not receive identification string from ')) return probe(entry, 43);
  // `Disconnecting: Too many …` of releases before 7.4 names no address.
  if (text.startsWith('Disconnecting: ')) return 'nothing';
  if (text.startsWith('Disconnecting ')) {
    if (!text.endsWith('Too many authentication failures [preauth]')) return 'nothing';
    const place = beforeReason(text, withoutPreauth(text));
    return place === null ? 'nothing' : eventOf(entry, 'limit', { program: 'sshd', address: place.address });
  }
  if (!text.startsWith('Disconnected from ')) return known(text, 'Deprecated ', 'DNS ');
  if (!text.startsWith('user ', 18)) return goneAway(entry, 18);
  const place = placeAt(text, text.length);
  if (place === null) return 'unknown';
  const user = nameOf(text.slice(23, Math.max(23, place.at - 1)));
  return eventOf(entry, 'logout', { program: 'sshd', user, address: place.address });
}

const NOT_ALLOWED = / not allowed because [a-zA-Z' ./_-]+$/;

/** `User NAME from ADDRESS not allowed because …`: a failed password follows, so this adds nothing to the count. */
function refusal({ text }: Entry): Reading {
  return NOT_ALLOWED.test(text) ? 'nothing' : known(text, 'User child is on pid', 'Unable to negotiate', 'User ');
}

/** `error: …`: those that tell of an attempt. */
function errorMessage(entry: Entry): Reading {
  const { text } = entry;
  if (text.startsWith('error: maximum authentication attempts exceeded for ')) {
    const end = withoutPreauth(text);
    const tail = text.startsWith(' ssh2', end - 5) ? tailAt(text, end - 5) : null;
    if (tail === null) return 'unknown';
    return eventOf(entry, 'limit', { program: 'sshd', address: tail.address });
  }
  if (!text.startsWith('error: PAM: ')) return known(text, 'error: ', 'exited MaxStartups', 'empty ');
  // `error: PAM: Authentication failure for [illegal user ]NAME from ADDRESS`
  const forAt = text.indexOf(' for ', 12);
  const tail = portless(text, withoutPreauth(text));
  if (forAt < 0 || tail === null || tail.at < forAt + 4) return 'nothing';
  const unknown = text.startsWith('illegal user ', forAt + 5);
  const user = nameOf(text.slice(forAt + 5 + (unknown ? 13 : 0), Math.max(forAt + 5, tail.at)));
  const facts = { program: 'sshd', user, address: tail.address, method: 'pam' };
  return eventOf(entry, 'login-failed', unknown ? { ...facts, detail: 'unknown' } : facts);
}

/** An address, and perhaps a port, right at `at`. */
function probe(entry: Entry, at: number): Reading {
  const { text } = entry;
  const space = text.indexOf(' ', at);
  const address = addressOf(text.slice(at, space < 0 ? withoutPreauth(text) : space));
  return address === null ? 'nothing' : eventOf(entry, 'probe', { program: 'sshd', address });
}

/** 9.8 on: `for connection from ADDRESS to …`. */
function timeout(entry: Entry, at: number): Reading {
  return probe(entry, entry.text.startsWith('connection from ', at) ? at + 16 : at);
}

function withAddressAtEnd(entry: Entry, kind: 'probe'): Reading {
  const end = withoutPreauth(entry.text);
  const tail = tailAt(entry.text, end) ?? portless(entry.text, end);
  return tail === null ? 'nothing' : eventOf(entry, kind, { program: 'sshd', address: tail.address });
}

const DROPPED = /^drop connection #\d+ from \[([^\]]+)\]:\d+ on /;

function dropped(entry: Entry): Reading {
  const address = addressOf(DROPPED.exec(entry.text)?.[1] ?? '');
  return address === null ? 'nothing' : eventOf(entry, 'limit', { program: 'sshd', address, detail: 'connections' });
}

/** `ROOT LOGIN REFUSED FROM ADDRESS[ port N]`: the password was right. */
function root(entry: Entry): Reading {
  const { text } = entry;
  if (!text.startsWith('ROOT LOGIN REFUSED FROM ')) return known(text, 'Received ', 'Read error', 'Root ', 'RSA');
  const address = addressOf(text.slice(24).split(' ')[0] ?? '');
  if (address === null) return 'unknown';
  return eventOf(entry, 'login-failed', { program: 'sshd', user: 'root', address, method: 'password' });
}
