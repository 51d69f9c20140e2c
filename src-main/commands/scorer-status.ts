// `seclyzer status --role scorer`: how the scorers of this machine are doing. In: the files that they keep. Out: lines or JSON, and an exit code.
import { readScorerStatuses, type ScorerStatus } from '../agent/roles/scorer-files.ts';
import type { ExitCode } from './context.ts';
import { layOut } from './table.ts';
import type { Terminal } from './terminal.ts';

/** @returns 1 where none runs. */
export async function scorerStatus(dataDir: string, json: boolean, { say }: Terminal): Promise<ExitCode> {
  const scorers = await readScorerStatuses(dataDir);
  if (json) say(JSON.stringify({ running: scorers.length > 0, scorers }, null, 2));
  else if (scorers.length === 0) say('No scorer runs here. To start one: seclyzer run --role scorer');
  else
    for (const line of scorers.flatMap((one, i) => (i === 0 ? describeScorer(one) : ['', ...describeScorer(one)])))
      say(line);
  return scorers.length > 0 ? 0 : 1;
}

/** What of its entries is out of the ordinary. */
function further({ claimed, refused }: ScorerStatus): string {
  const claims = claimed === 0 ? '' : `; ${claimed} taken over from another scorer`;
  return `${claims}${refused === 0 ? '' : `; ${refused} refused, which no collector of this fleet has written`}`;
}

const gone = (unscored: number): string => (unscored === 0 ? '' : `; ${unscored} had to go unscored`);

/** In lines; pure. */
function describeScorer(status: ScorerStatus): readonly string[] {
  const { backlog, lag, models, trainings, trouble, warning } = status;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return layOut([
    ['Scorer', `${status.name}, version ${status.version}`],
    ['Partitions', `${status.partitions.length} of ${status.of}; scorers: ${status.scorers}`],
    ['Entries', `${status.entries}, now ${status.perSecond.toFixed(1)} a second${further(status)}`],
    ['Waiting', backlog === null ? '—' : `${backlog.pending} entries of its partitions${gone(backlog.unscored)}`],
    ['Lag', lag === null ? '—' : `half ${ms(lag.p50Ms)}, 95 % ${ms(lag.p95Ms)}, 99 % ${ms(lag.p99Ms)}`],
    ['Models', `${models.loaded} in memory${models.refusal === null ? '' : `; ${models.refusal}`}`],
    [
      'Trainings',
      `${trainings.trained} done, ${trainings.waiting} waiting, ${trainings.failed} failed${trainings.failure === null ? '' : `; ${trainings.failure}`}`,
    ],
    ['Memory', `${status.rssMiB} MiB`],
    ...(trouble === null ? [] : [['Trouble', trouble]]),
    ...(warning === null ? [] : [['Warning', warning]]),
  ]);
}
