// What a viewer knows of its hosts in, how many there are of each kind out: for monitoring. Pure.
import { RISKS, STATES, type Risk, type State } from '../../src-preload/contract.ts';
import type { FleetRow, RedisStanding } from '../../src-preload/fleet.ts';

export interface FleetFigures {
  readonly hosts: number;
  /** Not heard of any more. */
  readonly silent: number;
  /** Of the others, by their state. */
  readonly states: Readonly<Record<State, number>>;
  readonly paused: number;
  /** Neither typing nor the mouse can be seen there. */
  readonly blind: number;
  /** Incidents that nobody has acknowledged, of all hosts that are not silent. */
  readonly incidents: Readonly<Record<Risk, number>>;
  /** In Redis beyond what is listed. */
  readonly beyond: number;
  /** Entries that are none, since the start. */
  readonly refused: number;
  readonly redis: RedisStanding['state'];
  /** When the list was last read; null before the first time. */
  readonly readMs: number | null;
  /** Windows that are open. */
  readonly pages: number;
}

export function fleetFigures(
  rows: readonly FleetRow[],
  { state: redis, readMs }: Pick<RedisStanding, 'state' | 'readMs'>,
  more: Pick<FleetFigures, 'beyond' | 'refused' | 'pages'>,
): FleetFigures {
  const views = rows.flatMap(({ silent, view }) => (silent || view === null ? [] : [view]));
  const states = Object.fromEntries(STATES.map((state) => [state, views.filter((one) => one.state === state).length]));
  const open = (risk: Risk): number => views.reduce((sum, one) => sum + (one.open?.[risk] ?? 0), 0);
  return {
    ...{ hosts: rows.length, silent: rows.filter(({ silent }) => silent).length },
    states: states as Record<State, number>,
    paused: views.filter(({ paused }) => paused).length,
    blind: views.filter(({ blind }) => blind).length,
    incidents: Object.fromEntries(RISKS.map((risk) => [risk, open(risk)])) as Record<Risk, number>,
    ...{ redis, readMs, ...more },
  };
}
