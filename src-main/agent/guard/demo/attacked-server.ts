// A moment in, the log of a server that is open to the network out, without an end: guessing from a hundred addresses, two thirds of all
// that happens, between logins, commands as root and cron. For what is to be measured, not for what is to be found.
import type { Random } from '../../learn/random.ts';
import { logWriter } from './log-writer.ts';

/** Lines of a block, about. */
const BLOCK_LINES = 1000;

/**
 * Blocks of about a thousand lines, each later than the one before.
 * @param gapS the longest pause between two things that happen
 */
export function* attackedServer(startMs: number, random: Random, gapS = 2): Generator<readonly string[], never> {
  for (let atMs = startMs; ;) {
    const log = logWriter(atMs, random);
    while (log.lines().length < BLOCK_LINES) {
      const kind = random.int(20);
      const address = `203.0.113.${random.int(100)}`;
      if (kind < 9) log.failed(`name${random.int(40)}`, address);
      else if (kind < 14) log.failed('root', address, true);
      else if (kind < 16) log.login('alice', '198.51.100.7', 'publickey');
      else if (kind < 18) log.sudo('alice', '/usr/bin/apt-get update');
      else log.say('CRON', '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)');
      log.wait(gapS * random.uniform());
    }
    yield log.lines();
    atMs = log.atMs();
  }
}
