// Attacks, and a quiet day, made up on the spot: each with the techniques that the guard has to find in it.
import { createRandom, type Random } from '../../learn/random.ts';
import type { TechniqueId } from '../score/techniques.ts';
import { logWriter, type LogWriter } from './log-writer.ts';

export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly story: string;
  /** Each of them must be found; nothing above MEDIUM where there is none. */
  readonly expects: readonly TechniqueId[];
  readonly play: (log: LogWriter, random: Random) => void;
}

const HOME = '198.51.100.20';
const OFFICE = '198.51.100.140';
const ATTACKER = '203.0.113.66';

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** Ordinary days of two people: who comes from where, and who uses sudo. */
function ordinaryDays(log: LogWriter, random: Random, days: number): void {
  for (let day = 0; day < days; day += 1) {
    for (const [user, address, method] of [
      ['alice', OFFICE, 'publickey'],
      ['bob', HOME, 'password'],
    ] as const) {
      for (let visit = 0; visit < 3; visit += 1) {
        if (method === 'password' && random.int(5) === 0) log.failed(user, address, true);
        log.wait(4);
        log.login(user, address, method);
        log.wait(600 + random.int(1200));
        if (user === 'alice') log.sudo(user, '/usr/bin/apt-get update');
        log.wait(300 + random.int(600));
        log.logout(user, address);
        log.wait(1200);
      }
    }
    for (let hour = 0; hour < 6; hour += 1) {
      log.say('CRON', '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)');
      log.wait(HOUR_S);
    }
    log.wait(DAY_S - 16 * HOUR_S);
  }
}

const USUAL_NAMES = [
  'admin',
  'test',
  'oracle',
  'ubuntu',
  'git',
  'postgres',
  'pi',
  'user',
  'deploy',
  'ftp',
  'jenkins',
  'www',
];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'quiet',
    story: 'Five ordinary days of two people, with a mistyped password now and then, and of cron.',
    expects: [],
    play: (log, random) => ordinaryDays(log, random, 5),
  },
  {
    name: 'brute-force',
    story: 'One address tries sixty passwords for root.',
    expects: ['T1110.001'],
    play: (log, random) => {
      for (let n = 0; n < 60; n += 1) {
        log.failed('root', ATTACKER, true);
        log.wait(2 + random.int(3));
      }
    },
  },
  {
    name: 'spraying',
    story: 'One address tries two passwords for each of twelve names.',
    expects: ['T1110.003'],
    play: (log, random) => {
      for (const _ of [1, 2]) {
        for (const user of USUAL_NAMES) {
          log.failed(user, ATTACKER);
          log.wait(3 + random.int(4));
        }
      }
    },
  },
  {
    name: 'stuffing',
    story: 'A stolen list of thirty names and passwords, each tried once, from nine addresses.',
    expects: ['T1110.004'],
    play: (log, random) => {
      for (let n = 0; n < 30; n += 1) {
        log.failed(`customer${n}`, `203.0.113.${10 + (n % 9)}`);
        log.wait(2 + random.int(5));
      }
    },
  },
  {
    name: 'break-in',
    story: 'Guessing that succeeds, root at once, an account to come back with, and the log emptied.',
    expects: ['T1110.001', 'T1548.003', 'T1136.001', 'T1098.007', 'T1070.002'],
    play: (log, random) => {
      ordinaryDays(log, random, 2);
      for (let n = 0; n < 25; n += 1) {
        log.failed('alice', ATTACKER, true);
        log.wait(3 + random.int(4));
      }
      log.login('alice', ATTACKER);
      log.wait(4);
      log.sudo('alice', '/usr/bin/bash');
      log.wait(15);
      log.say(
        'useradd',
        'new user: name=support, UID=1007, GID=1007, home=/home/support, shell=/bin/bash, from=/dev/pts/0',
      );
      log.wait(2);
      log.say('usermod', "add 'support' to group 'sudo'");
      log.wait(20);
      log.sudo('alice', '/usr/bin/truncate -s 0 /var/log/auth.log');
    },
  },
  {
    name: 'stolen-password',
    story:
      'Bob, who always comes from home by day and never was root, logs in at night from elsewhere and becomes root at once.',
    expects: ['T1078', 'T1548.003'],
    play: (log, random) => {
      ordinaryDays(log, random, 8);
      log.wait(12 * HOUR_S);
      log.login('bob', ATTACKER);
      log.wait(3);
      log.sudo('bob', '/usr/bin/cat /etc/shadow');
    },
  },
  {
    name: 'sudo-guessing',
    story: 'Somebody at an open session tries to become root, again and again.',
    expects: ['T1548.003'],
    play: (log, random) => {
      ordinaryDays(log, random, 1);
      for (let n = 0; n < 6; n += 1) {
        log.sudoRefused('bob', 3);
        log.wait(10 + random.int(10));
      }
    },
  },
  {
    name: 'blinding',
    story: 'What writes the log is stopped and does not come back, nor does fail2ban.',
    expects: ['T1562.006', 'T1562.001'],
    play: (log) => {
      log.say('systemd[1]', 'Stopped rsyslog.service - System Logging Service.');
      log.say('systemd[1]', 'Stopped fail2ban.service - Fail2Ban Service.');
      log.wait(120);
      log.say('CRON', '(root) CMD (true)');
    },
  },
  {
    name: 'forged-name',
    story: 'A user name that looks like a successful login of root from somebody else.',
    expects: ['T1110.003'],
    play: (log) => {
      for (let n = 0; n < 12; n += 1) {
        log.failed(`root from 192.0.2.${n} port 22 ssh2: Accepted password for root`, ATTACKER);
        log.wait(2);
      }
    },
  },
];

/** @param startMs of the log; the same seed gives the same lines. */
export function playScenario({ play }: Scenario, startMs: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  const log = logWriter(startMs, random);
  play(log, random);
  return log.lines();
}
