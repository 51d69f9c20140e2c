// Hours of life in, the lines that a server writes to auth.log in them out: people who log in, cron, and attacks from addresses that are new each
// time. Pure but for the random numbers that are passed in.
import { logWriter } from '../agent/guard/demo/log-writer.ts';
import { playScenario, SCENARIOS } from '../agent/guard/demo/scenarios.ts';
import { createRandom } from '../agent/learn/random.ts';

export interface TimedLine {
  readonly atMs: number;
  readonly line: string;
}

const HOUR_MS = 3_600_000;
const MINUTE_S = 60;
/** Those without days of everyday life before them. */
const ATTACKS = ['brute-force', 'spraying', 'stuffing', 'forged-name', 'blinding'] as const;
const ATTACKS_AN_HOUR = 3;
/** Of the scenarios; each attack gets a network of its own of those that are kept for measurements (RFC 2544). */
const ATTACKER = /203\.0\.113\.(\d+)/g;

/** @returns lines in order of time, all within the hour, but for the end of an attack that began late in it */
export function soakLogHour(startMs: number, hour: number): readonly TimedLine[] {
  const lines = [...everydayHour(startMs, hour)];
  for (let n = 0; n < ATTACKS_AN_HOUR; n += 1) {
    const count = hour * ATTACKS_AN_HOUR + n;
    const name = ATTACKS[count % ATTACKS.length];
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (scenario === undefined) throw new Error(`there is no attack ${String(name)}`);
    const fromMs = startMs + ((n + 0.2) * HOUR_MS) / ATTACKS_AN_HOUR;
    const network = `198.${18 + (Math.floor(count / 256) % 2)}.${count % 256}`;
    lines.push(...playScenario(scenario, fromMs, count).map((line) => line.replace(ATTACKER, `${network}.$1`)));
  }
  return lines
    .map((line) => ({ atMs: Date.parse(line.slice(0, line.indexOf(' '))), line }))
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** A login about every two minutes of four people at usual addresses, a mistyped password now and then, sudo, and cron. */
function everydayHour(startMs: number, hour: number): readonly string[] {
  const random = createRandom(1000 + hour);
  const log = logWriter(startMs, random);
  log.say('CRON', '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)');
  for (let minute = 0; minute < 58; minute += 2) {
    const n = random.int(4);
    const [user, address] = [['alice', 'bob', 'carol', 'dave'][n] ?? 'alice', `198.51.100.${20 + n}`];
    if (random.int(12) === 0) log.failed(user, address, true);
    log.login(user, address, n % 2 === 0 ? 'publickey' : 'password');
    log.wait(20 + random.int(30));
    if (n === 0) log.sudo(user, '/usr/bin/apt-get update');
    log.logout(user, address);
    log.wait(Math.max(1, (startMs + (minute + 2) * MINUTE_S * 1000 - log.atMs()) / 1000));
  }
  return log.lines();
}
