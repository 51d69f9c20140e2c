// A host's entry in, what a row of the list shows of it out.
import type { FleetRowView, HostPresence } from '../../src-preload/fleet.ts';
import { CARRIES } from '../../src-preload/contract.ts';

export function rowViewOf(presence: HostPresence): FleetRowView {
  const { role, source, state, sinceMs, screen, trust, low, high, open, budget, governor } = presence;
  const carriers = presence.modalities.filter(({ modality }) => CARRIES[modality]);
  return {
    ...{ role, source, state, sinceMs, screen, trust, low, high, open, budget, governor },
    paused: presence.paused !== null,
    blind: carriers.length > 0 && carriers.every(({ status }) => status === 'unavailable'),
    anomalies: presence.anomalies.length,
  };
}
