// Whether somebody should look at a host, and how soon. In: its row. Out: a rank, and the worst that is open on it.
import { RISKS, type Risk } from '../../src-preload/contract.ts';
import type { FleetRow, FleetRowView } from '../../src-preload/fleet.ts';

/** From this rank on it counts among those that need a look. */
export const NEEDS_A_LOOK = 2;

/**
 * 5 lockdown, 4 restricted or a critical incident, 3 a high one, 2 monitoring, a medium one, over its budget, or nothing of the user can be seen,
 * 1 paused. A silent one has none: what it was is not what it is.
 */
export function needOf({ silent, view }: Pick<FleetRow, 'silent' | 'view'>): number {
  if (silent || view === null) return 0;
  return Math.max(ofState(view), ofIncidents(view), isOver(view) || view.blind ? 2 : 0, view.paused ? 1 : 0);
}

const BY_STATE = { LEARNING: 0, NORMAL: 0, MONITORING: 2, RESTRICTED: 4, LOCKDOWN: 5 } as const;
const ofState = ({ state, paused }: FleetRowView): number => (paused ? 0 : BY_STATE[state]);

const BY_RISK = { LOW: 0, MEDIUM: 2, HIGH: 3, CRITICAL: 4 } as const;
const ofIncidents = (view: FleetRowView): number => {
  const worst = worstOpen(view);
  return worst === null ? 0 : BY_RISK[worst];
};

/** null: none is open. */
export const worstOpen = ({ open }: Pick<FleetRowView, 'open'>): Risk | null =>
  RISKS.toReversed().find((risk) => open !== null && open[risk] > 0) ?? null;

export const isOver = ({ budget }: Pick<FleetRowView, 'budget'>): boolean =>
  budget !== null && Object.values(budget).some(({ used, limit }) => used > limit);
