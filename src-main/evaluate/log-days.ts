// What is done to the server of log-stage.ts, when, and what of it is an attack: ordinary days of three people and an administrator, and
// attacks between them. In: a random number generator. Out: steps in the order of their time, and labels for those that are attacks.
import type { Random } from '../agent/learn/random.ts';
import { ATTACKS, type Play } from './log-attacks.ts';

export interface Step {
  /** Of the made-up time. */
  readonly atMs: number;
  /** In the words of log-stage-script.ts. */
  readonly script: string;
}

export interface AttackLabel {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** ATT&CK techniques, any of which is right. */
  readonly expects: readonly string[];
  /** Where it came from; none where it was done by somebody who belongs here, at an hour at which nobody else does anything. */
  readonly addresses: readonly string[];
}

export interface LogDays {
  readonly steps: readonly Step[];
  readonly attacks: readonly AttackLabel[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the first days, on which nothing happens but everyday life. */
  readonly quietToMs: number;
}

const HOUR_S = 3600;
const DAY_MS = 86_400_000;
/** Where bob logs in from: his provider gives him another address of its network now and then. */
const HOME = 20;
const OFFICE = 140;

/** @param quietDays before the first attack; each kind of attack has then a day of its own, `rounds` times. */
export function planDays(startMs: number, quietDays: number, rounds: number, random: Random): LogDays {
  const steps: Step[] = [];
  const attacks: AttackLabel[] = [];
  const days = quietDays + rounds * ATTACKS.length;
  for (let day = 0; day < days; day += 1) {
    const dayMs = startMs + day * DAY_MS;
    const at = (hour: number, script: string): void =>
      void steps.push({ atMs: Math.round(dayMs + hour * HOUR_S * 1000), script });
    ordinaryDay(at, day, random);
    const attack = day < quietDays ? undefined : ATTACKS[(day - quietDays) % ATTACKS.length];
    if (attack === undefined) continue;
    const { name, hour, expects, play } = attack;
    const fromMs = dayMs + Math.round((hour + random.uniform() / 2) * HOUR_S * 1000);
    let atMs = fromMs;
    const addresses = new Set<string>();
    const stage: Play = {
      does: (script) => void steps.push({ atMs, script }),
      wait: (seconds) => void (atMs += Math.round(seconds * 1000)),
      random,
      address: (n) => {
        // No two attackers share a network.
        const address = `198.18.${day % 256}.${1 + n}`;
        addresses.add(address);
        return address;
      },
    };
    play(stage);
    attacks.push({ name, fromMs, toMs: atMs, expects, addresses: [...addresses] });
  }
  return {
    ...{ steps: steps.toSorted((a, b) => a.atMs - b.atMs), attacks, fromMs: startMs },
    toMs: startMs + days * DAY_MS,
    quietToMs: startMs + quietDays * DAY_MS,
  };
}

/** Made with a key, by password with a slip now and then, file transfers, administration, and cron every hour. */
function ordinaryDay(at: (hour: number, script: string) => void, day: number, random: Random): void {
  const around = (hour: number): number => hour + random.uniform();
  for (let hour = 0; hour < 24; hour += 1) at(hour + 17 / 60, 'cron_hourly');
  at(around(8), `by_key 198.51.100.${OFFICE} alice uptime`);
  at(around(10), `as_root 198.51.100.${OFFICE} alice '/usr/bin/apt-get check'`);
  at(around(15), `as_root 198.51.100.${OFFICE} alice '/usr/bin/systemctl status cron'`);
  for (const hour of [9, 13, 17]) {
    const when = around(hour);
    const home = `198.51.100.${HOME + (random.int(6) === 0 ? 1 : 0)}`;
    const slip = random.int(4) === 0 ? `failed ${home} bob; ` : '';
    at(when, `${slip}login ${home} bob ls`);
  }
  at(around(11), `sftp_key 198.51.100.${60 + random.int(3)} carol`);
  if (day % 3 === 1) at(around(14), `by_key 198.51.100.${OFFICE} alice "echo wrong | sudo -S -p '' true"`);
  if (day % 5 === 2)
    at(
      around(16),
      `login 198.51.100.${HOME} bob "printf 'right-bob\\nNew-pass-9x\\nNew-pass-9x\\n' | passwd"; echo bob:right-bob | chpasswd`,
    );
  if (day === 3)
    at(14.5, `as_root 198.51.100.${OFFICE} alice '/usr/sbin/useradd -m dave'; echo dave:right-dave | chpasswd`);
  if (day > 3 && day % 2 === 0) at(around(12), `login 198.51.100.77 dave ls`);
}
