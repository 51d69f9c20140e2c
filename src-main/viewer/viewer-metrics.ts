// How a fleet is doing in, as a viewer sees it, figures for a Prometheus server out.
import type { Add } from '../agent/publish/api/prometheus-text.ts';
import type { FleetFigures } from './fleet-figures.ts';

export function addFleet(figures: FleetFigures, gauge: Add, counter: Add): void {
  const { hosts, silent, states, paused, blind, incidents, beyond, refused, redis, readMs, pages } = figures;
  gauge('seclyzer_viewer_redis_up', 'Whether the list can be read.', redis === 'connected' ? 1 : 0);
  const read = readMs === null ? null : readMs / 1000;
  gauge('seclyzer_viewer_last_read_timestamp_seconds', 'When the list was last read, since the Unix epoch.', read);
  gauge('seclyzer_viewer_pages', 'Windows that are open.', pages);
  gauge('seclyzer_fleet_hosts', 'Hosts that are listed.', hosts);
  gauge('seclyzer_fleet_unlisted_hosts', 'Hosts beyond those that are listed.', beyond);
  gauge('seclyzer_fleet_silent_hosts', 'Hosts that are not heard of any more.', silent);
  for (const [state, count] of Object.entries(states))
    gauge('seclyzer_fleet_hosts_in_state', 'Hosts that are heard of, by their state.', count, { state });
  gauge('seclyzer_fleet_paused_hosts', 'Hosts on which watching is paused.', paused);
  gauge('seclyzer_fleet_blind_hosts', 'Hosts that see neither typing nor the mouse.', blind);
  for (const [risk, count] of Object.entries(incidents))
    gauge('seclyzer_fleet_open_incidents', 'Incidents that nobody has acknowledged.', count, { risk });
  counter('seclyzer_fleet_refused_entries_total', 'Entries that no host of this form has written.', refused);
}
