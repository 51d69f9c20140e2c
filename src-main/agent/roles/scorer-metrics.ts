// How a scorer is doing in, figures for a Prometheus server out.
import type { Add } from '../publish/api/prometheus-text.ts';
import type { ScorerStatus } from './scorer-files.ts';

const MIB = 2 ** 20;

export function addScorer(
  status: Omit<ScorerStatus, 'pid' | 'version' | 'startedMs' | 'atMs'>,
  gauge: Add,
  counter: Add,
): void {
  const { partitions, of, scorers, entries, backlog, claimed, refused, failures, lost, lag, models, trainings } =
    status;
  gauge('seclyzer_scorer_up', 'Whether Redis lets it work.', status.trouble === null ? 1 : 0);
  gauge('seclyzer_scorer_partitions', 'Partitions that it holds.', partitions.length);
  gauge('seclyzer_fleet_partitions', 'Partitions that there are.', of);
  gauge('seclyzer_fleet_scorers', 'Scorers that there are, as this one sees it.', scorers);
  counter('seclyzer_scorer_entries_total', 'Entries that it is done with.', entries);
  counter('seclyzer_scorer_claimed_entries_total', 'Those that another scorer had taken and not finished.', claimed);
  counter('seclyzer_scorer_refused_entries_total', 'Those that no collector of this fleet has written.', refused);
  const ofThem = 'Entries of its partitions';
  gauge('seclyzer_scorer_pending_entries', `${ofThem} that nobody has scored yet.`, backlog?.pending ?? null);
  gauge('seclyzer_scorer_unscored_entries', `${ofThem} that had to go unscored.`, backlog?.unscored ?? null);
  for (const [percentile, ms] of [
    ['50', lag?.p50Ms],
    ['95', lag?.p95Ms],
    ['99', lag?.p99Ms],
  ] as const)
    gauge('seclyzer_scorer_lag_seconds', 'From the stream to the score, of the last 4,096 entries.', seconds(ms), {
      percentile,
    });
  counter('seclyzer_scorer_failures_total', 'Times that Redis did not let it go on.', failures);
  counter('seclyzer_scorer_lost_partitions_total', "Partitions that were another's before it gave them back.", lost);
  gauge('seclyzer_scorer_models_loaded', 'Models in memory.', models.loaded);
  const help = 'Models that were learned, or could not be.';
  counter('seclyzer_scorer_trainings_total', help, trainings.trained, { outcome: 'trained' });
  counter('seclyzer_scorer_trainings_total', help, trainings.failed, { outcome: 'failed' });
  gauge('seclyzer_scorer_waiting_trainings', 'Models that wait to be learned.', trainings.waiting);
  gauge('seclyzer_process_memory_bytes', 'Resident set size.', status.rssMiB * MIB, { process: 'scorer' });
}

const seconds = (ms: number | undefined): number | null => (ms === undefined ? null : ms / 1000);
