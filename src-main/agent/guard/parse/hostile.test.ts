// What an attacker can put into a log must never become an event: names and commands made of pieces of log lines, mutilated lines, noise.
// More of it: SECLYZER_FUZZ_LINES=5000000 node --test this file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../learn/random.ts';
import type { LogEvent } from './event.ts';
import { createParser, newTally } from './parser.ts';

const LINES = Number(process.env['SECLYZER_FUZZ_LINES'] ?? 20_000);
const REAL = '203.0.113.77';
const PORT = 4242;
const KEY = 'RSA SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8';

/** Pieces that names are made of. sshd escapes control characters itself (log.c), so that none comes here. */
const PIECES = [
  ...['root', ' ', ' from ', '1.2.3.4', ' port ', '22', ' ssh2', ' ssh2: ', KEY, ' [preauth]', ': ', '[', ']', ' for '],
  ...['Accepted password for root from 1.2.3.4 port 22 ssh2', 'Failed password for ', 'invalid user ', 'illegal user '],
  ...[
    'Feb 21 06:55:46 h sshd[1]: ',
    '2026-02-21T06:55:46Z h sshd[1]: ',
    'message repeated 9 times: [ ',
    ' user=root',
    ' rhost=1.2.3.4',
  ],
  ...[
    'pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)',
    'authenticating user ',
    'COMMAND=',
    ' ; USER=root ; ',
  ],
  ...[
    ` from 1.2.3.4 port 22 ssh2: ${KEY}`,
    '\\n',
    '#012',
    '%s',
    '$(id)',
    '`id`',
    '<86>1 ',
    '(to root) ',
    'ü',
    '\u202E',
    '\0',
    "'",
    '"',
    'x'.repeat(40),
  ],
];

const madeOf = (random: Random, most = 100): string => {
  let name = '';
  for (let n = random.int(8); n >= 0; n -= 1) name += PIECES[random.int(PIECES.length)];
  return name.slice(0, most);
};

function reader(): (message: string) => LogEvent | null {
  const tally = newTally();
  const parser = createParser({ format: 'lines', role: 'all', notAfterMs: () => Date.UTC(2026, 5, 1) }, tally);
  return (message) => parser.read(`Feb 21 06:55:46 host ${message}`);
}

test(`no name forges an event of sshd (${LINES} lines)`, () => {
  const random = createRandom(1);
  const read = reader();
  /** Formats of sshd's sources with the name where they have it, and the one kind that they may come to. */
  const formats: readonly (readonly [(name: string) => string, LogEvent['kind']])[] = [
    [(name) => `Failed password for ${name} from ${REAL} port ${PORT} ssh2`, 'login-failed'],
    [(name) => `Failed password for invalid user ${name} from ${REAL} port ${PORT} ssh2`, 'login-failed'],
    [
      (name) => `Failed keyboard-interactive/pam for invalid user ${name} from ${REAL} port ${PORT} ssh2`,
      'login-failed',
    ],
    [(name) => `Invalid user ${name} from ${REAL} port ${PORT}`, 'unknown-user'],
    [(name) => `Connection closed by invalid user ${name} ${REAL} port ${PORT} [preauth]`, 'abandoned'],
    [(name) => `Disconnected from authenticating user ${name} ${REAL} port ${PORT} [preauth]`, 'abandoned'],
    [
      (name) => `error: maximum authentication attempts exceeded for ${name} from ${REAL} port ${PORT} ssh2 [preauth]`,
      'limit',
    ],
    [
      (name) => `Disconnecting invalid user ${name} ${REAL} port ${PORT}: Too many authentication failures [preauth]`,
      'limit',
    ],
    [(name) => `error: PAM: Authentication failure for illegal user ${name} from ${REAL}`, 'login-failed'],
    [(name) => `Failed publickey for ${name} from ${REAL} port ${PORT} ssh2: ${KEY}`, 'key-refused'],
    [(name) => `Bad protocol version identification '${name}' from ${REAL} port ${PORT}`, 'probe'],
  ];
  const certificate = (name: string): string =>
    `Failed publickey for root from ${REAL} port ${PORT} ssh2: RSA-CERT SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8 ID ${name} (serial 1) CA ${KEY}`;
  let forged = 0;
  for (let n = 0; n < LINES; n += 1) {
    const name = madeOf(random);
    const [format, kind] = formats[n % formats.length] as (typeof formats)[number];
    const message = n % 17 === 0 ? certificate(madeOf(random, 500)) : format(name);
    const event = read(`sshd[7]: ${message}`);
    assert.ok(event !== null, message);
    if (event.kind === 'forged') {
      assert.equal(event.address, null);
      forged += 1;
      continue;
    }
    assert.equal(event.kind, n % 17 === 0 ? 'key-refused' : kind, message);
    assert.equal(event.address, REAL, message);
    assert.equal(event.count, 1, message);
  }
  assert.ok(forged > 0 && forged < LINES / 20, `${forged} looked like two events in one`);
});

test('no name and no command forges one of PAM, sudo or su', () => {
  const random = createRandom(2);
  const read = reader();
  for (let n = 0; n < LINES / 4; n += 1) {
    const name = madeOf(random);
    const pam = read(
      `vsftpd: pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser= rhost=${REAL}  user=${name}`,
    );
    assert.deepEqual([pam?.kind, pam?.address, pam?.program], ['login-failed', REAL, 'vsftpd'], name);
    const folder = madeOf(random, 500);
    const sudo = read(`sudo:    alice : TTY=pts/0 ; PWD=/home/${folder} ; USER=root ; COMMAND=/usr/bin/true ${name}`);
    assert.deepEqual([sudo?.kind, sudo?.user], ['privilege', 'alice'], folder);
    assert.ok(sudo?.detail?.includes('/usr/bin/true') ?? false, 'the true command is part of what is kept');
    const refused = read(
      `sudo:    alice : user NOT in sudoers ; TTY=pts/0 ; PWD=/${folder} ; USER=root ; COMMAND=${name}`,
    );
    assert.deepEqual([refused?.kind, refused?.user], ['privilege-failed', 'alice'], folder);
    const opened = read(`login: pam_unix(login:session): session opened for user ${name} by LOGIN(uid=0)`);
    assert.equal(opened?.kind, 'login');
    const joined = read(`useradd[9]: failed adding user '${name}', exit code: 9`);
    assert.equal(joined, null);
  }
});

test('noise, mutilated lines and lines without an end are no events of their own, and never an error', () => {
  const random = createRandom(3);
  const tally = newTally();
  const parsers = (['lines', 'journal'] as const).map((format) =>
    createParser({ format, role: 'all', notAfterMs: () => Date.UTC(2026, 5, 1) }, tally),
  );
  const good = `2026-02-21T06:55:46.1Z host sshd[7]: Failed password for root from ${REAL} port 1 ssh2`;
  const startMs = performance.now();
  for (let n = 0; n < LINES; n += 1) {
    const cut = good.slice(1 + random.int(good.length), random.int(good.length) + 40);
    const at = random.int(good.length);
    const changed = good.slice(0, at) + String.fromCharCode(random.int(0x250)) + good.slice(at + 1);
    for (const line of [cut, changed, `x${madeOf(random, 4000)}`, '{"MESSAGE":'.concat(madeOf(random))])
      for (const parser of parsers) {
        const event = parser.read(line);
        if (event !== null) assert.ok(line === changed && parser === parsers[0] && event.kind !== 'login', line);
      }
  }
  for (const line of [
    '\0'.repeat(1e6),
    'a'.repeat(1e6),
    good + ' x'.repeat(1e6),
    good.replace('root', 'r'.repeat(1e6)),
  ])
    for (const parser of parsers) assert.equal(parser.read(line), null);
  const bytes = Buffer.from(Array.from({ length: 4096 }, () => random.int(256))).toString('utf8');
  assert.equal(parsers[0]?.read(bytes), null);
  const eachUs = ((performance.now() - startMs) * 1000) / (LINES * 8);
  assert.ok(eachUs < 200, `${eachUs} µs a line`);
  assert.ok(tally.unknown.size <= 201 && tally.examples.size <= 200);
});

test('patterns that look for their way back find it soon', () => {
  const read = reader();
  const long = (piece: string): string => piece.repeat(Math.ceil(8000 / piece.length));
  const startMs = performance.now();
  for (const message of [
    `su: (to ${long(') ')} on ${long(' on ')}`,
    `su: FAILED su for ${long(' by ')}`,
    `pkexec: a: Executing command [USER=root] ${long(' [COMMAND=')}`,
    `doas: a ran command ${long(' as b ')}`,
    `CRON[1]: (root) CMD (${long(') (')}`,
    `sshd[1]: User a ${long(' not allowed because a')}`,
    `sshd[1]: Failed publickey for ${long(` from 1.2.3.4 port 1 ssh2: ${KEY}`)}`,
    `audit[1]: USER_AUTH ${long(' res=failed ')} acct=${long('41')}`,
    `systemd[1]: Stopped ${long('a.service - ')}`,
    `useradd[1]: add '${long("' to group '")}`,
    `kernel: ${long('[ 1.1] ')} entered promiscuous mode`,
  ])
    read(message);
  assert.ok(performance.now() - startMs < 250, `${performance.now() - startMs} ms`);
});

const entry = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ __CURSOR: 's=1', __REALTIME_TIMESTAMP: '1765192972144000', _TRANSPORT: 'syslog', ...fields });

test('the journal knows who wrote an entry, whatever it says', () => {
  const tally = newTally();
  const parser = createParser({ format: 'journal', role: 'all', notAfterMs: Date.now }, tally);
  const accepted = { SYSLOG_IDENTIFIER: 'sshd', MESSAGE: `Accepted password for root from ${REAL} port 1 ssh2` };
  const real = parser.read(entry({ ...accepted, _PID: '77', _UID: '0', _COMM: 'sshd', _EXE: '/usr/sbin/sshd' }));
  assert.deepEqual([real?.kind, real?.address, real?.pid, real?.atMs], ['login', REAL, 77, 1_765_192_972_144]);
  for (const writer of [
    { _UID: '1000', _COMM: 'logger', _EXE: '/usr/bin/logger' },
    { _UID: '1000', _COMM: 'sshd', _EXE: '/home/eve/sshd' },
    { _UID: '1000', _COMM: 'sshd', _EXE: '/usr/sbin/sshd' },
    { _UID: '1000' },
  ]) {
    const event = parser.read(entry({ ...accepted, ...writer }));
    assert.equal(event?.kind, 'forged', JSON.stringify(writer));
    assert.match(event?.detail ?? '', /of user number 1000$/);
  }
  const goodbye = {
    SYSLOG_IDENTIFIER: 'sshd',
    MESSAGE: `Disconnected from user bob ${REAL} port 1`,
    _UID: '1001',
    _COMM: 'sshd',
    _EXE: '/usr/sbin/sshd',
  };
  assert.equal(parser.read(entry(goodbye))?.kind, 'logout');
  const sudo = {
    SYSLOG_IDENTIFIER: 'sudo',
    MESSAGE: '   alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id',
    _UID: '1000',
  };
  assert.equal(parser.read(entry({ ...sudo, _COMM: 'sudo', _EXE: '/usr/bin/sudo' }))?.kind, 'privilege');
  assert.equal(parser.read(entry({ ...sudo, _COMM: 'sudo', _EXE: '/tmp/sudo' }))?.kind, 'forged');
  assert.equal(parser.read(entry({ ...sudo, _COMM: 'python3', _EXE: '/usr/bin/python3.11' }))?.kind, 'forged');
  const added = { SYSLOG_IDENTIFIER: 'useradd', MESSAGE: 'new user: name=x, UID=0, GID=0, home=/, shell=/bin/sh' };
  assert.equal(
    parser.read(entry({ ...added, _UID: '1000', _COMM: 'useradd', _EXE: '/usr/sbin/useradd' }))?.kind,
    'forged',
  );
});

test('fields of the journal that are no UTF-8 come as bytes, and several of one name by the first', () => {
  const parser = createParser({ format: 'journal', role: 'all', notAfterMs: Date.now }, newTally());
  const bytes = [
    ...Buffer.from('Failed password for invalid user '),
    0xff,
    ...Buffer.from(` from ${REAL} port 1 ssh2`),
  ];
  const event = parser.read(entry({ SYSLOG_IDENTIFIER: ['sshd', 'x'], MESSAGE: bytes, _UID: '0' }));
  assert.deepEqual([event?.kind, event?.user, event?.address], ['login-failed', '\uFFFD', REAL]);
  // A message of several lines ends where it ends, not where its first line does.
  const two = parser.read(
    entry({ SYSLOG_IDENTIFIER: 'sshd', _UID: '0', MESSAGE: `Failed password for root from ${REAL} port 1 ssh2\nx` }),
  );
  assert.equal(two, null);
});

test('beside another source, what that one tells is left to it', () => {
  const tally = newTally();
  const parser = createParser({ format: 'lines', role: 'beside', notAfterMs: () => Date.UTC(2026, 5, 1) }, tally);
  assert.equal(parser.read(`Feb 21 06:55:46 h sshd[7]: Accepted password for root from ${REAL} port 1 ssh2`), null);
  assert.equal(
    parser.read('Feb 21 06:55:46 h rsyslogd: [origin software="rsyslogd"] exiting on signal 15.')?.kind,
    'protection-stopped',
  );
  assert.deepEqual([tally.lines, tally.parsed, tally.events], [2, 2, 1]);
});
