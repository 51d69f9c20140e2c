// Rows for tests of the fleet page: a host that stands well, and what is to be different about it.
import type { FleetRow, FleetRowView } from '../../src-preload/fleet.ts';

const WELL: FleetRowView = {
  ...{ role: 'all', source: 'live', state: 'NORMAL', sinceMs: Date.UTC(2026, 4, 4, 8), screen: 'open' },
  ...{ trust: 91.4, low: 84, high: 96, paused: false, blind: false, anomalies: 0 },
  open: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 },
  budget: {
    memoryMiB: { used: 84.2, limit: 400 },
    cpuPercent: { used: 0.4, limit: 6 },
    storageMiB: { used: 12, limit: 1024 },
  },
  governor: [{ ladder: 'load', step: 0, of: 8, name: 'Everything is on' }],
};

export function rowOf(host: string, view: Partial<FleetRowView> = {}, more: Partial<FleetRow> = {}): FleetRow {
  return {
    ...{ id: `id of ${host}`, host, user: 'ada', heardMs: Date.UTC(2026, 4, 4, 12), silent: false },
    view: { ...WELL, ...view },
    ...more,
  };
}

export const openIncidents = (more: Partial<NonNullable<FleetRowView['open']>>): Pick<FleetRowView, 'open'> => ({
  open: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, ...more },
});
