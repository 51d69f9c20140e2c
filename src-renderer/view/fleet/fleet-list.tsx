// All hosts, the worst first: search, order, the rows, and what is to be said of those that are not listed.
import { useId, useMemo } from 'react';
import { FLEET_ORDERS, fittingRows, inFleetOrder } from '../../fleet/fleet-order.ts';
import type { FleetOrder } from '../../fleet/fleet-order.ts';
import { useFleet } from '../../fleet/fleet-state.ts';
import { useFleetFilter } from '../../fleet/fleet-filter.ts';
import { quantity } from '../../format.ts';
import { FleetEmpty } from './fleet-empty.tsx';
import { FleetRows } from './fleet-rows.tsx';
import { Refused } from './refused.tsx';
import { useIsFleetLive } from './use-fleet-live.ts';
import { useNowMs } from '../use-clock.ts';

const ORDER_WORDS = {
  worst: 'Worst first',
  trust: 'Least trust',
  name: 'Name',
  silent: 'Silent first',
} satisfies Record<FleetOrder, string>;
/** Rows show the clock of an event or its day: an hour is often enough. */
const HOUR_MS = 3_600_000;

function FilterBar() {
  const { words, order } = useFleetFilter();
  const id = useId();
  return (
    <search className="fleet-filter">
      <label className="unseen" htmlFor={id}>
        Look for a host
      </label>
      <input
        id={id}
        className="fleet-words"
        type="search"
        placeholder="Host, user or state"
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={({ currentTarget }) => useFleetFilter.setState({ words: currentTarget.value })}
      />
      <div className="choices" role="group" aria-label="Order">
        {FLEET_ORDERS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === order}
            onClick={() => useFleetFilter.setState({ order: one })}
          >
            {ORDER_WORDS[one]}
          </button>
        ))}
      </div>
    </search>
  );
}

const Head = () => (
  <div className="fleet-grid fleet-head quiet" aria-hidden="true">
    <span>Host</span>
    <span>State</span>
    <span>Trust</span>
    <span>Alerts</span>
    <span>Budget</span>
    <span className="fleet-heard">Heard</span>
  </div>
);

export function FleetList() {
  const rows = useFleet((known) => known.rows);
  const beyond = useFleet((known) => known.head?.beyond ?? 0);
  const live = useIsFleetLive();
  const { words, order } = useFleetFilter();
  const hourMs = Math.floor(useNowMs(60_000) / HOUR_MS) * HOUR_MS;
  const shown = useMemo(() => inFleetOrder(fittingRows(rows.values(), words), order), [rows, words, order]);
  if (rows.size === 0) return <FleetEmpty />;
  return (
    <main className={live ? 'fleet-list' : 'fleet-list not-live'}>
      <FilterBar />
      <section className="panel fleet-panel" aria-label="Hosts">
        <Head />
        <FleetRows sorted={shown} asked={`${order} ${words}`} hourMs={hourMs} live={live} />
        {shown.length === 0 && <p className="quiet fleet-none">No host fits these words. Change them to see others.</p>}
      </section>
      {words.trim() !== '' && shown.length > 0 && (
        <p className="quiet">
          {quantity(shown.length)} of {quantity(rows.size)} shown.
        </p>
      )}
      {beyond > 0 && (
        <p className="quiet">{quantity(beyond)} more hosts are in Redis; those that wrote last are listed.</p>
      )}
      <Refused />
    </main>
  );
}
