// Wordings of the programs, as they wrote them: OpenSSH 5.9 (loghub's LabSZ), 9.2 (Debian 12) and 9.8; Linux-PAM, sudo, util-linux, shadow,
// systemd, rsyslog, auditd and fail2ban as Debian, Ubuntu and Red Hat have them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, LogEvent } from './event.ts';
import { lineReader } from './prefix.ts';
import { readEntry } from './read-entry.ts';

const NOW_MS = Date.parse('2026-03-01T00:00:00Z');

const entryOf = (program: string, text: string): Entry => ({ atMs: 1, program, pid: 7, text });

/** The members that say something. */
function told(program: string, text: string): unknown {
  const reading = readEntry(entryOf(program, text));
  if (typeof reading === 'string') return reading;
  const { atMs: _at, pid: _pid, program: by, ...rest } = reading;
  return Object.fromEntries(
    Object.entries({ by, ...rest }).filter(([key, value]) => value !== null && !(key === 'count' && value === 1)),
  );
}

type Expected = Partial<Omit<LogEvent, 'atMs' | 'pid' | 'program'>> & { readonly by?: string };

function each(
  program: string,
  cases: readonly (readonly [text: string, expected: Expected | 'nothing' | 'unknown'])[],
): void {
  for (const [text, expected] of cases) {
    const wanted = typeof expected === 'string' ? expected : { by: program, ...expected };
    assert.deepEqual(told(program, text), wanted, text);
  }
}

const FROM = { address: '203.0.113.5' } as const;

test('sshd: logins', () => {
  each('sshd', [
    [
      'Accepted password for alice from 203.0.113.5 port 43583 ssh2',
      { kind: 'login', user: 'alice', ...FROM, method: 'password' },
    ],
    [
      'Accepted publickey for git from 2001:DB8:0:0::5 port 22 ssh2: ED25519 SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8',
      { kind: 'login', user: 'git', address: '2001:db8::5', method: 'publickey' },
    ],
    [
      'Accepted publickey for ops from 203.0.113.5 port 22 ssh2: RSA-CERT SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8 ID ops@corp (serial 7) CA RSA SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8',
      { kind: 'login', user: 'ops', ...FROM, method: 'publickey' },
    ],
    [
      'Accepted publickey for core from 10.0.2.2 port 54030 ssh2: RSA 3e:80:0d:5b:0c:8d:a6:ab:cb:52:c3:a7:a0:66:6b:d1',
      { kind: 'login', user: 'core', address: '10.0.2.2', method: 'publickey' },
    ],
    [
      'Accepted keyboard-interactive/pam for bob from ::ffff:203.0.113.5 port 1 ssh2',
      { kind: 'login', user: 'bob', ...FROM, method: 'keyboard-interactive' },
    ],
    [
      'Accepted gssapi-with-mic for eve from fe80::1%eth0 port 9 ssh2',
      { kind: 'login', user: 'eve', address: 'fe80::1', method: 'gssapi' },
    ],
    [
      'Accepted password for fztu from 119.137.62.142 port 49116 ssh2',
      { kind: 'login', user: 'fztu', address: '119.137.62.142', method: 'password' },
    ],
  ]);
  assert.deepEqual(told('sshd-session', 'Accepted password for a from 203.0.113.5 port 1 ssh2'), {
    ...{ by: 'sshd', kind: 'login', user: 'a', ...FROM, method: 'password' },
  });
});

test('sshd: failures', () => {
  const failed = { kind: 'login-failed', ...FROM, method: 'password' } as const;
  each('sshd', [
    ['Failed password for alice from 203.0.113.5 port 53015 ssh2', { ...failed, user: 'alice' }],
    [
      'Failed password for invalid user nobodyhere from 203.0.113.5 port 49055 ssh2',
      { ...failed, user: 'nobodyhere', detail: 'unknown' },
    ],
    [
      'Failed password for illegal user test from 203.0.113.5 port 4 ssh2',
      { ...failed, user: 'test', detail: 'unknown' },
    ],
    ['Failed password for invalid user  from 203.0.113.5 port 44705 ssh2', { ...failed, user: '', detail: 'unknown' }],
    [
      'Failed password for invalid user name with  spaces from 203.0.113.5 port 33127 ssh2',
      { ...failed, user: 'name with  spaces', detail: 'unknown' },
    ],
    [
      'message repeated 5 times: [ Failed password for root from 203.0.113.5 port 42393 ssh2]',
      { ...failed, user: 'root', count: 5 },
    ],
    ['Failed none for invalid user a from 203.0.113.5 port 1 ssh2', 'nothing'],
    [
      'Failed publickey for root from 203.0.113.5 port 1 ssh2: RSA SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8',
      { kind: 'key-refused', user: 'root', ...FROM, method: 'publickey' },
    ],
    [
      'error: PAM: Authentication failure for ryayoung from 10.70.47.161',
      { kind: 'login-failed', user: 'ryayoung', address: '10.70.47.161', method: 'pam' },
    ],
    [
      'error: PAM: Authentication failure for illegal user admin from host.example.org',
      { kind: 'login-failed', user: 'admin', address: 'host.example.org', method: 'pam', detail: 'unknown' },
    ],
    [
      'ROOT LOGIN REFUSED FROM 203.0.113.5 port 22',
      { kind: 'login-failed', user: 'root', ...FROM, method: 'password' },
    ],
    ['Failed password for root from 999.1.1.1 port 1 ssh2', 'unknown'],
    ['Failed password for root from 203.0.113.5', 'unknown'],
  ]);
});

test('sshd: what else tells of an attempt', () => {
  each('sshd', [
    [
      'Invalid user webmaster from 203.0.113.5',
      { kind: 'unknown-user', user: 'webmaster', ...FROM, detail: 'unknown' },
    ],
    [
      'Invalid user nobodyhere from 203.0.113.5 port 49055',
      { kind: 'unknown-user', user: 'nobodyhere', ...FROM, detail: 'unknown' },
    ],
    [
      'Connection closed by authenticating user alice 203.0.113.5 port 53015 [preauth]',
      { kind: 'abandoned', user: 'alice', ...FROM, method: 'none' },
    ],
    [
      'Connection reset by invalid user x y 203.0.113.5 port 53015 [preauth]',
      { kind: 'abandoned', user: 'x y', ...FROM, method: 'none', detail: 'unknown' },
    ],
    [
      'Disconnected from authenticating user root 203.0.113.5 port 1 [preauth]',
      { kind: 'abandoned', user: 'root', ...FROM, method: 'none' },
    ],
    ['Disconnected from user bob 203.0.113.5 port 41779', { kind: 'logout', user: 'bob', ...FROM }],
    ['Connection closed by 203.0.113.5 port 59830', { kind: 'probe', ...FROM }],
    ['Connection closed by 203.0.113.5 port 59830 [preauth]', { kind: 'probe', ...FROM }],
    ['Connection closed by 203.0.113.5 [preauth]', 'nothing'],
    ['banner exchange: Connection from 203.0.113.5 port 59824: invalid format', { kind: 'probe', ...FROM }],
    ['Did not receive identification string from 203.0.113.5 port 40', { kind: 'probe', ...FROM }],
    ['Did not receive identification string from 203.0.113.5', { kind: 'probe', ...FROM }],
    ["Bad protocol version identification 'GET / HTTP/1.1' from 203.0.113.5 port 38364", { kind: 'probe', ...FROM }],
    [
      'ssh_dispatch_run_fatal: Connection from 203.0.113.5 port 5: invalid argument [preauth]',
      { kind: 'probe', ...FROM },
    ],
    ['Timeout before authentication for 203.0.113.5 port 50', { kind: 'probe', ...FROM }],
    ['Timeout before authentication for connection from 203.0.113.5 to 10.0.0.1, pid = 77', { kind: 'probe', ...FROM }],
    ['fatal: Timeout before authentication for 203.0.113.5 port 50', { kind: 'probe', ...FROM }],
    [
      'error: maximum authentication attempts exceeded for alice from 203.0.113.5 port 34189 ssh2 [preauth]',
      { kind: 'limit', ...FROM },
    ],
    [
      'Disconnecting authenticating user alice 203.0.113.5 port 34189: Too many authentication failures [preauth]',
      { kind: 'limit', ...FROM },
    ],
    ['Disconnecting: Too many authentication failures for root [preauth]', 'nothing'],
    [
      'drop connection #10 from [203.0.113.5]:52 on [10.0.0.1]:22 past MaxStartups',
      { kind: 'limit', ...FROM, detail: 'connections' },
    ],
    ['User root from 203.0.113.5 not allowed because not listed in AllowUsers', 'nothing'],
    ['Received disconnect from 203.0.113.5 port 43583:11: disconnected by user', 'nothing'],
    [
      'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=root',
      'nothing',
    ],
    [
      'PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=alice',
      'nothing',
    ],
    [
      'reverse mapping checking getaddrinfo for ns.example.com [173.234.31.186] failed - POSSIBLE BREAK-IN ATTEMPT!',
      'nothing',
    ],
    ['pam_unix(sshd:session): session closed for user alice', { kind: 'logout', user: 'alice' }],
    ['a wording that nobody knows', 'unknown'],
  ]);
});

test('PAM of other services', () => {
  const failure = 'authentication failure; logname= uid=0 euid=0 tty=/dev/tty1 ruser= rhost=';
  assert.deepEqual(told('gdm-password]', `pam_unix(gdm-password:auth): ${failure}  user=falter`), {
    ...{ by: 'gdm-password', kind: 'login-failed', user: 'falter', method: 'password' },
  });
  assert.deepEqual(
    told('gdm-password]', `message repeated 2 times: [ pam_unix(gdm-password:auth): ${failure}  user=mark]`),
    {
      ...{ by: 'gdm-password', kind: 'login-failed', user: 'mark', method: 'password', count: 2 },
    },
  );
  assert.deepEqual(told('vsftpd', `pam_unix(vsftpd:auth): ${failure}198.51.100.7  user=ftp rhost=1.2.3.4`), {
    ...{ by: 'vsftpd', kind: 'login-failed', user: 'ftp rhost=1.2.3.4', address: '198.51.100.7', method: 'password' },
  });
  assert.deepEqual(told('polkitd', `pam_unix(polkit-1:auth): ${failure}  user=alice`), {
    ...{ by: 'polkit-1', kind: 'privilege-failed', user: 'alice', method: 'password', detail: 'polkit' },
  });
  assert.deepEqual(told('login', 'pam_unix(login:session): session opened for user root(uid=0) by LOGIN(uid=0)'), {
    ...{ by: 'login', kind: 'login', user: 'root', method: 'password' },
  });
  assert.deepEqual(told('login', 'pam_unix(login:session): session opened for user bob by (uid=0)'), {
    ...{ by: 'login', kind: 'login', user: 'bob', method: 'password' },
  });
  for (const service of ['cron', 'sudo', 'su', 'systemd-user', 'gdm-launch-environment'])
    assert.equal(told('x', `pam_unix(${service}:session): session opened for user root(uid=0) by (uid=0)`), 'nothing');
  assert.deepEqual(told('chpasswd', 'pam_unix(chpasswd:chauthtok): password changed for bob'), {
    ...{ by: 'chpasswd', kind: 'password-changed', target: 'bob' },
  });
  assert.deepEqual(
    told('login', 'pam_faillock(login:auth): Consecutive login failures for user eve account temporarily locked'),
    {
      ...{ by: 'login', kind: 'limit', user: 'eve' },
    },
  );
  const old = 'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4 ';
  assert.deepEqual(told('sshd(pam_unix)', old), {
    ...{ by: 'sshd', kind: 'login-failed', address: '218.188.2.4', method: 'password' },
  });
});

test('sudo, doas, su, pkexec', () => {
  each('sudo', [
    [
      '   alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id',
      { kind: 'privilege', user: 'alice', target: 'root', detail: '/usr/bin/id' },
    ],
    [
      '   alice : PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id',
      { kind: 'privilege', user: 'alice', target: 'root', detail: '/usr/bin/id' },
    ],
    [
      'alice : HOST=web ; TTY=pts/1 ; PWD=/ ; USER=postgres ; GROUP=db ; TSID=00000A ; ENV=A=1 ; COMMAND=/bin/ls -l ; x',
      { kind: 'privilege', user: 'alice', target: 'postgres', detail: '/bin/ls -l ; x' },
    ],
    [
      'alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      { kind: 'privilege-failed', user: 'alice', target: 'root', count: 3, detail: 'wrong password' },
    ],
    [
      'alice : 1 incorrect password attempt ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      { kind: 'privilege-failed', user: 'alice', target: 'root', detail: 'wrong password' },
    ],
    [
      'bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/usr/bin/id',
      { kind: 'privilege-failed', user: 'bob', target: 'root', detail: 'not in sudoers' },
    ],
    [
      'bob : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      { kind: 'privilege-failed', user: 'bob', target: 'root', detail: 'not allowed' },
    ],
    ['alice : a password is required ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id', 'nothing'],
    ['alice : (command continued) --more', 'nothing'],
    [
      'pam_unix(sudo:auth): authentication failure; logname= uid=1002 euid=0 tty= ruser=alice rhost=  user=alice',
      'nothing',
    ],
  ]);
  each('su', [
    ['(to alice) bob on none', { kind: 'privilege', user: 'bob', target: 'alice', detail: 'su' }],
    ['(to alice) root on pts/0', 'nothing'],
    [
      'FAILED SU (to root) bob on pts/1',
      { kind: 'privilege-failed', user: 'bob', target: 'root', detail: 'wrong password' },
    ],
    ['Successful su for root by bob', { kind: 'privilege', user: 'bob', target: 'root', detail: 'su' }],
    ['FAILED su for root by bob', { kind: 'privilege-failed', user: 'bob', target: 'root', detail: 'wrong password' }],
    ['+ /dev/pts/0 bob:root', 'nothing'],
  ]);
  each('doas', [
    [
      'alice ran command ls -l as root from /home/alice',
      { kind: 'privilege', user: 'alice', target: 'root', detail: 'ls -l' },
    ],
    ['failed auth for alice', { kind: 'privilege-failed', user: 'alice', detail: 'not allowed' }],
  ]);
  each('pkexec', [
    [
      'l: Executing command [USER=root] [TTY=/dev/pts/1] [CWD=/home/l] [COMMAND=/usr/bin/tail /var/log/auth.log]',
      { kind: 'privilege', user: 'l', target: 'root', detail: '/usr/bin/tail /var/log/auth.log' },
    ],
    [
      'mario: Executing command [USER=root] [TTY=unknown] [CWD=/home/mario] [COMMAND=/usr/lib/update-notifier/package-system-locked]',
      'nothing',
    ],
    [
      'eve: Error executing command as another user: Not authorized [USER=root] [TTY=unknown] [CWD=/] [COMMAND=/bin/sh]',
      { kind: 'privilege-failed', user: 'eve', detail: 'not allowed' },
    ],
  ]);
});

test('accounts', () => {
  each('useradd', [
    [
      'new user: name=toor, UID=0, GID=0, home=/home/toor, shell=/bin/sh, from=none',
      { kind: 'account-added', target: 'toor', detail: '0' },
    ],
    [
      'new user: name=bob, UID=1001, GID=1001, home=/home/bob, shell=/bin/bash',
      { kind: 'account-added', target: 'bob', detail: '1001' },
    ],
    ["add 'bob' to group 'sudo'", { kind: 'group-joined', target: 'bob', detail: 'sudo' }],
    ["add 'bob' to shadow group 'sudo'", 'nothing'],
    ['new group: name=bob, GID=1003', 'nothing'],
    ["failed adding user 'alice', exit code: 9", 'nothing'],
  ]);
  each('usermod', [
    ["add 'alice' to group 'docker'", { kind: 'group-joined', target: 'alice', detail: 'docker' }],
    ["change user 'bob' UID from '1003' to '0'", { kind: 'account-changed', target: 'bob', detail: '0' }],
    ["change user 'bob' UID from '1003' to '3333'", { kind: 'account-changed', target: 'bob', detail: 'UID' }],
    [
      "change user 'bob' shell from '/bin/bash' to '/bin/sh'",
      { kind: 'account-changed', target: 'bob', detail: 'shell' },
    ],
    ["change user 'bob' password", { kind: 'password-changed', target: 'bob' }],
    ["lock user 'bob' password", { kind: 'account-changed', target: 'bob', detail: 'lock' }],
  ]);
  each('userdel', [
    ["delete user 'bob'", { kind: 'account-removed', target: 'bob' }],
    ["removed group 'bob' owned by 'bob'", 'nothing'],
  ]);
  each('gpasswd', [
    ['user bob added by root to group devs', { kind: 'group-joined', target: 'bob', user: 'root', detail: 'devs' }],
    ['user bob removed by root from group devs', 'nothing'],
    ['members of group sudo set by root to eve', { kind: 'group-joined', target: 'eve', user: 'root', detail: 'sudo' }],
  ]);
  each('passwd', [
    ["password for 'bob' changed by 'root'", { kind: 'password-changed', target: 'bob', user: 'root' }],
    ['pam_unix(passwd:chauthtok): password changed for bob', { kind: 'password-changed', target: 'bob' }],
  ]);
  each('chage', [['changed password expiry for bob', { kind: 'account-changed', target: 'bob', detail: 'expiry' }]]);
  each('chsh', [
    ["changed user 'bob' shell to '/bin/bash'", { kind: 'account-changed', target: 'bob', detail: '/bin/bash' }],
  ]);
});

test('the system itself', () => {
  const rsyslog = '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="16" x-info="https://www.rsyslog.com"]';
  each('rsyslogd', [
    [`${rsyslog} exiting on signal 15.`, { kind: 'protection-stopped', detail: 'rsyslog' }],
    [`${rsyslog} start`, { kind: 'protection-started', detail: 'rsyslog' }],
    [`${rsyslog} rsyslogd was HUPed`, 'nothing'],
  ]);
  each('systemd-journald', [
    ['Received client request to rotate journal, rotating.', { kind: 'journal-rotated' }],
    ['Journal stopped', { kind: 'protection-stopped', detail: 'systemd-journald' }],
    ['Journal started', { kind: 'protection-started', detail: 'systemd-journald' }],
  ]);
  each('systemd', [
    ['Stopped rsyslog.service - System Logging Service.', { kind: 'protection-stopped', detail: 'rsyslog' }],
    ['Stopped System Logging Service.', { kind: 'protection-stopped', detail: 'rsyslog' }],
    ['Started rsyslog.service - System Logging Service.', { kind: 'protection-started', detail: 'rsyslog' }],
    ['Stopped fail2ban.service - Fail2Ban Service.', { kind: 'protection-stopped', detail: 'fail2ban' }],
    ['Stopped cups.service - CUPS Scheduler.', 'nothing'],
    ['Reached target shutdown.target - System Shutdown.', { kind: 'shutdown' }],
    ['Reached target Power-Off.', { kind: 'shutdown' }],
    ['Reached target Shutdown.', { kind: 'shutdown' }],
    ['Reached target Sound Card.', 'nothing'],
  ]);
  each('systemd-logind', [
    ['System is powering down.', { kind: 'shutdown' }],
    ['The system will power off now!', { kind: 'shutdown' }],
    ['New session 5 of user alice.', 'nothing'],
    ["New session '5' of user 'alice' with class 'user' and type 'tty'.", 'nothing'],
    ['Session 5 logged out. Waiting for processes to exit.', 'nothing'],
    ['Removed session 5.', 'nothing'],
  ]);
  each('CRON', [
    [
      '(root) CMD (command -v debian-sa1 > /dev/null)',
      { by: 'cron', kind: 'cron', user: 'root', detail: 'command -v debian-sa1 > /dev/null' },
    ],
    ['pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)', 'nothing'],
  ]);
  each('crontab', [
    [
      '(alice) REPLACE (alice)',
      { by: 'cron', kind: 'schedule-changed', user: 'alice', target: 'alice', detail: 'alice' },
    ],
    ['(alice) LIST (alice)', 'nothing'],
  ]);
  each('kernel', [
    ['[   10.280649] device wlan0 entered promiscuous mode', { kind: 'promiscuous', detail: 'wlan0' }],
    ['e1000 0000:00:03.0 eth0: entered promiscuous mode', 'nothing'],
    ['eth0: entered promiscuous mode', { kind: 'promiscuous', detail: 'eth0' }],
  ]);
  each('fail2ban.actions', [
    ['NOTICE  [sshd] Ban 203.0.113.5', { by: 'fail2ban', kind: 'banned', ...FROM, detail: 'sshd' }],
    ['NOTICE  [sshd] Unban 203.0.113.5', 'nothing'],
  ]);
});

const AUTH_FAILED =
  'pid=468860 uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg=\'op=PAM:authentication grantors=? acct="ftpuser" exe="/usr/sbin/sshd" hostname=203.0.113.5 addr=203.0.113.5 terminal=ssh res=failed\'';

test('audit records, from auditd, the kernel log and in hexadecimal', () => {
  const failed = { by: 'sshd', kind: 'login-failed', user: 'ftpuser', ...FROM, method: 'password' };
  assert.deepEqual(told('audit', `USER_AUTH ${AUTH_FAILED}UID="root" AUID="unset"`), failed);
  assert.deepEqual(told('kernel', `[ 12.5] audit: type=1100 audit(1765192972.144:273): ${AUTH_FAILED}`), failed);
  const hex = Buffer.from('x" res=success ').toString('hex').toUpperCase();
  assert.deepEqual(told('audit', `USER_AUTH ${AUTH_FAILED.replace('"ftpuser"', hex)}`), {
    ...failed,
    user: 'x" res=success ',
  });
  assert.equal(told('audit', `USER_AUTH ${AUTH_FAILED.replace('res=failed', 'res=success')}`), 'nothing');
  each('audit', [
    [
      'USER_CMD pid=2712 uid=1000 auid=1000 ses=5 msg=\'cwd="/home/user" cmd=636174202F6574632F736861646F77 terminal=pts/0 res=success\'',
      { by: 'sudo', kind: 'privilege', user: '1000', detail: 'cat /etc/shadow' },
    ],
    ['ANOM_PROMISCUOUS dev=eth0 prom=256 old_prom=0 auid=1000 uid=0 ses=3', { kind: 'promiscuous', detail: 'eth0' }],
    ['ANOM_PROMISCUOUS dev=enp0s3 prom=0 old_prom=256 auid=0 uid=72 gid=72 ses=7', 'nothing'],
    [
      'CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=1000 ses=2 res=1',
      { kind: 'protection-stopped', detail: 'audit rules' },
    ],
    ['SYSCALL arch=c000003e syscall=87 success=yes exit=0', 'nothing'],
  ]);
});

test('whole lines: RFC 3164, 5424, ISO times, auditd, fail2ban', () => {
  const reader = lineReader(() => NOW_MS);
  const read = (line: string): unknown => {
    const entry = reader.read(line);
    return entry === null ? null : [new Date(entry.atMs).toISOString(), entry.program, entry.pid, entry.text];
  };
  const text = 'Failed password for root from 203.0.113.5 port 1 ssh2';
  assert.deepEqual(read(`2026-02-21T01:56:16.007604+01:00 vm sshd[57]: ${text}\r`), [
    '2026-02-21T00:56:16.007Z',
    'sshd',
    57,
    text,
  ]);
  assert.deepEqual(read(`2026-02-21T01:56:16Z vm sshd[57]: ${text}`), ['2026-02-21T01:56:16.000Z', 'sshd', 57, text]);
  assert.deepEqual(read(`2026-02-21T01:56:16-0530 vm sshd[57]: ${text}`), [
    '2026-02-21T07:26:16.000Z',
    'sshd',
    57,
    text,
  ]);
  assert.deepEqual(read(`<86>1 2026-02-21T01:56:16.007Z vm sshd 57 - - \uFEFF${text}`), [
    '2026-02-21T01:56:16.007Z',
    'sshd',
    57,
    text,
  ]);
  assert.deepEqual(read(`<86>1 2026-02-21T01:56:16Z vm sshd 57 ID47 [a@1 k="v\\"]x"][b] ${text}`), [
    '2026-02-21T01:56:16.000Z',
    'sshd',
    57,
    text,
  ]);
  assert.deepEqual(read('<86>1 2026-02-21T01:56:16Z - - - - - bare'), ['2026-02-21T01:56:16.000Z', '', 0, 'bare']);
  const local = new Date(2026, 1, 21, 6, 55, 46).toISOString();
  for (const prefix of ['', '<38>'])
    assert.deepEqual(read(`${prefix}Feb 21 06:55:46 LabSZ sshd[24200]: ${text}`), [local, 'sshd', 24200, text]);
  assert.deepEqual(read(`Feb 21 06:55:46 sshd[24200]: ${text}`), [local, 'sshd', 24200, text]);
  assert.deepEqual(read(`Feb 21 2026 06:55:46 host sshd[24200]: ${text}`), [local, 'sshd', 24200, text]);
  assert.deepEqual(read('Feb 21 06:55:46 host sudo:   alice : x'), [local, 'sudo', 0, '  alice : x']);
  assert.deepEqual(read('Feb 21 06:55:46 host gdm-password]: pam'), [local, 'gdm-password]', 0, 'pam']);
  assert.deepEqual(read('Feb 21 06:55:46 host no tag at all'), [local, '', 0, 'no tag at all']);
  assert.deepEqual(read(`type=USER_AUTH msg=audit(1765192972.144:273): ${AUTH_FAILED}`), [
    ...['2025-12-08T11:22:52.144Z', 'audit', 0, `USER_AUTH ${AUTH_FAILED}`],
  ]);
  assert.deepEqual(read('2026-02-21 06:55:46,508 fail2ban.actions        [895]: NOTICE  [sshd] Ban 1.2.3.4'), [
    ...[new Date(2026, 1, 21, 6, 55, 46, 508).toISOString(), 'fail2ban.actions', 895, 'NOTICE  [sshd] Ban 1.2.3.4'],
  ]);
  for (const junk of [
    '',
    'x',
    '<',
    '<86>',
    'Feb 30 25:00:00 h a: b',
    '2026-02-30T00:00:00Z h a: b',
    'Foo 21 06:55:46 h a: b',
    '<86>1 x',
  ])
    assert.equal(read(junk), null, junk);
});
