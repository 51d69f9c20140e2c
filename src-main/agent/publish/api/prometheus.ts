// What is known at this moment in, the text that a Prometheus server scrapes out. Everything is read when it is asked for; nothing is
// counted along besides.
import type { Snapshot } from '../../../../src-preload/contract.ts';
import { STATES } from '../../../../src-preload/contract.ts';
import type { ApiSources } from './api-sources.ts';
import type { Ingest } from './ingest.ts';
import type { Live } from './live.ts';
import { partOf, prometheusName } from './prometheus-names.ts';
import { addResources } from './prometheus-resources.ts';
import { addStages } from './prometheus-stages.ts';
import { textOf, type Add, type Labels, type PrometheusText } from './prometheus-text.ts';
import { addWays } from './prometheus-ways.ts';

export interface Exposed {
  readonly sources: ApiSources;
  readonly live: Live;
  readonly ingest: Ingest;
  /** By path and status. */
  readonly requests: () => readonly (readonly [path: string, status: number, count: number])[];
  readonly startedMs: number;
}

const MIB = 2 ** 20;
const INGESTED = 'ingest:';

export const expose = (exposed: Exposed): Promise<PrometheusText> =>
  textOf((gauge, counter) => addAll(exposed, gauge, counter));

function addAll({ sources, live, ingest, requests, startedMs }: Exposed, gauge: Add, counter: Add): void {
  gauge('seclyzer_build_info', 'The version of SecLyzer; always 1.', 1, { version: sources.version });
  gauge('seclyzer_start_time_seconds', 'When the agent started, since the Unix epoch.', startedMs / 1000);
  addTrust(sources.snapshot(), gauge, counter);
  addResources(sources.resources.view(), gauge);
  addMonitor(sources.monitor, gauge, counter);
  const ways = sources.ways();
  addWays(ways, gauge, counter);
  addStages(ways.stages, gauge, counter);
  const guard = sources.guard();
  counter('seclyzer_guard_log_lines_total', 'Lines of the log that the log guard has read.', guard.lines);
  counter('seclyzer_guard_alerts_total', 'Alerts that the log guard has raised.', guard.alerts);
  for (const [risk, open] of Object.entries(guard.open))
    gauge('seclyzer_guard_open_incidents', 'Incidents that nobody has acknowledged.', open, { risk });
  for (const [path, status, count] of requests())
    counter('seclyzer_api_requests_total', 'Requests that the API has answered.', count, {
      path,
      code: String(status),
    });
  const { clients, sent, dropped } = live.counts();
  gauge('seclyzer_api_live_clients', 'Clients of the live stream.', clients);
  counter('seclyzer_api_live_events_total', 'Events sent over the live stream.', sent);
  counter(
    'seclyzer_api_live_dropped_events_total',
    'Events that clients of the live stream were too slow for.',
    dropped,
  );
  const { accepted, refused } = ingest.counts();
  const help = 'Events that came in over the API.';
  counter('seclyzer_api_ingested_events_total', help, accepted, { outcome: 'accepted' });
  counter('seclyzer_api_ingested_events_total', help, refused, { outcome: 'refused' });
}

function addTrust({ trust, low, high, state, budget, events }: Snapshot, gauge: Add, counter: Add): void {
  const share = (points: number | null): number | null => (points === null ? null : points / 100);
  gauge(
    'seclyzer_trust_ratio',
    'Probability that the owner is at the keyboard; missing while it is learned.',
    share(trust),
  );
  gauge('seclyzer_trust_low_ratio', 'Lower end of the band of uncertainty around the trust.', share(low));
  gauge('seclyzer_trust_high_ratio', 'Upper end of the band of uncertainty around the trust.', share(high));
  for (const one of STATES)
    gauge('seclyzer_state', 'Whether this is the state now: 1 for one of them.', one === state ? 1 : 0, { state: one });
  const help = 'Input events: published, refused, or dropped because they came too fast.';
  for (const outcome of ['published', 'refused', 'dropped'] as const)
    counter('seclyzer_input_events_total', help, events[outcome], { outcome });
  if (budget === null) return;
  const { memoryMiB, cpuPercent, storageMiB } = budget;
  gauge('seclyzer_budget_memory_bytes', 'Memory that SecLyzer uses.', memoryMiB.used * MIB);
  gauge('seclyzer_budget_memory_limit_bytes', 'Memory that SecLyzer should get by with.', memoryMiB.limit * MIB);
  gauge('seclyzer_budget_cpu_ratio', 'Share of one core that SecLyzer uses.', cpuPercent.used / 100);
  gauge(
    'seclyzer_budget_cpu_limit_ratio',
    'Share of one core that SecLyzer should get by with.',
    cpuPercent.limit / 100,
  );
  gauge('seclyzer_budget_storage_bytes', 'Disk space that SecLyzer uses.', storageMiB.used * MIB);
  gauge('seclyzer_budget_storage_limit_bytes', 'Disk space that SecLyzer should get by with.', storageMiB.limit * MIB);
}

function addMonitor(monitor: ApiSources['monitor'], gauge: Add, counter: Add): void {
  const { running, cpuPercent, events, bus, anomalies, sources } = monitor.stats();
  gauge('seclyzer_monitor_up', 'Whether the host monitor runs.', running ? 1 : 0);
  gauge('seclyzer_monitor_cpu_ratio', 'Share of one core that the host monitor takes.', cpuPercent / 100);
  gauge('seclyzer_monitor_kept_anomalies', 'Anomalies that are kept.', anomalies);
  for (const [source, { ok }] of Object.entries(sources))
    gauge('seclyzer_monitor_source_up', 'Whether this source can be read.', ok ? 1 : 0, { source });
  for (const [event_type, count] of Object.entries(events))
    counter('seclyzer_monitor_events_total', 'Events of the host monitor.', count, { event_type });
  counter('seclyzer_monitor_bus_published_events_total', "Events on the monitor's bus.", bus.published);
  const dropped = bus.subscribers.reduce((sum, subscriber) => sum + subscriber.dropped, 0);
  gauge('seclyzer_monitor_bus_dropped_events', 'Events that present subscribers were too slow for.', dropped);
  if (!running) return;
  for (const [source, { data }] of Object.entries(monitor.realtime())) addReadings(source, data, gauge);
}

function addReadings(
  source: string,
  { values, parts }: ReturnType<ApiSources['monitor']['realtime']>[string]['data'],
  gauge: Add,
): void {
  const outside = source.startsWith(INGESTED);
  const prefix = outside ? 'seclyzer_ingested' : `seclyzer_host_${source}`;
  const labels: Labels = outside ? { source: source.slice(INGESTED.length) } : {};
  const { noun, label } = partOf(source);
  const help = (key: string): string => `Newest reading of ${key}, in the base unit.`;
  for (const [field, value] of Object.entries(values)) {
    const { name, scale } = prometheusName(prefix, field);
    gauge(name, help(outside ? field : `${source}.${field}`), value === null ? null : value * scale, labels);
  }
  for (const [part, fields] of Object.entries(parts))
    for (const [field, value] of Object.entries(fields)) {
      const { name, scale } = prometheusName(`${prefix}_${noun}`.replace(/_$/, ''), field);
      const key = outside ? `PART.${field}` : `${source}.PART.${field}`;
      gauge(name, help(key), value === null ? null : value * scale, { ...labels, [label]: part });
    }
}
