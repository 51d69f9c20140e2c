// Steps in, the log that the real daemons write of them out, with its labels. Everything is done one after the other as fast as it goes; the
// time of each line is then put forward to where its step belongs, and nothing else of it is touched. Of cron, which can't be told the time, the
// lines of one real run of a job are taken for every hour.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogDays, Step } from './log-days.ts';
import { openLogStage } from './log-stage.ts';

const CRON = 'cron_hourly';
const MARK = 'stage-mark: ';
/** Steps that a shell is given at once. */
const AT_ONCE = 20;
const STAMP = /^(\S+) /;

/** @returns lines in the order of their time. @throws Error where the stage can't be set up, or a step was not written down. */
export async function recordLog(
  { steps }: LogDays,
  folder: string,
  progress: (done: number, of: number) => void,
): Promise<readonly string[]> {
  const stage = await openLogStage('rsyslog', folder);
  try {
    const cron = await cronLines(stage.run, folder);
    const done = steps.filter(({ script }) => script !== CRON);
    for (let from = 0; from < done.length; from += AT_ONCE) {
      const part = done.slice(from, from + AT_ONCE);
      await stage.run(part.map(({ script }, i) => `mark ${from + i}; ${script}`).join('\n'));
      progress(from + part.length, done.length);
    }
    await stage.run(`mark ${done.length}; sleep 0.5`);
    const written = partsOf(read(folder));
    const lines = steps.flatMap((step) => {
      const part = step.script === CRON ? cron : written.get(String(done.indexOf(step)));
      if (part === undefined) throw new Error(`nothing was written of: ${step.script}`);
      return moved(part, step);
    });
    return lines.toSorted((a, b) => stampOf(a) - stampOf(b));
  } finally {
    await stage.stop();
  }
}

const read = (folder: string): readonly string[] =>
  readFileSync(join(folder, 'auth.log'), 'utf8').trimEnd().split('\n');
const stampOf = (line: string): number => Date.parse(STAMP.exec(line)?.[1] ?? '');

/** A job of every minute, run by the real cron once. */
async function cronLines(
  run: (script: string) => Promise<readonly string[]>,
  folder: string,
): Promise<readonly string[]> {
  await run(`echo '* * * * * root cd / && run-parts --report /etc/cron.hourly' > /etc/crontab; cron
    for wait in $(seq 140); do grep -q 'CRON.*session closed' /var/log/auth.log && break; sleep 0.5; done; kill "$(cat /run/crond.pid)"`);
  const lines = read(folder).filter((line) => line.includes(' CRON['));
  if (lines.length === 0) throw new Error('cron has run nothing for more than a minute');
  return lines;
}

/** Lines by the mark before them. */
function partsOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  let part: string[] = [];
  for (const line of lines) {
    const at = line.indexOf(MARK);
    if (at < 0) part.push(line);
    else parts.set(line.slice(at + MARK.length).trim(), (part = []));
  }
  return parts;
}

/** As far apart as they came, the first of them at the time of the step. */
function moved(lines: readonly string[], { atMs }: Step): readonly string[] {
  const firstMs = stampOf(lines[0] ?? '');
  return lines.map((line) => line.replace(STAMP, () => `${new Date(atMs + stampOf(line) - firstMs).toISOString()} `));
}
