// All hosts, the worst first: search, order, a row each. While the pointer or the focus is in the list no row changes its place.
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { FLEET_ORDERS, fittingRows, heldOrder, inFleetOrder } from '../../fleet/fleet-order.ts';
import type { FleetOrder } from '../../fleet/fleet-order.ts';
import { useFleet } from '../../fleet/fleet-state.ts';
import { useFleetFilter } from '../../fleet/fleet-filter.ts';
import { quantity } from '../../format.ts';
import { FleetEmpty } from './fleet-empty.tsx';
import { FleetRowItem } from './fleet-row.tsx';
import { Refused } from './refused.tsx';
import { useFleetNowMs, useIsFleetLive } from './use-fleet-now.ts';
import { useKeptPlace } from './use-kept-place.ts';

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

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Arrows, Home and End walk the rows. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.fleet-link')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[step(at, links.length - 1)]?.focus();
}

const Head = () => (
  <div className="fleet-grid fleet-head quiet" aria-hidden="true">
    <span>Host</span>
    <span>State</span>
    <span>Trust</span>
    <span>Alerts</span>
    <span>Budget</span>
  </div>
);

/** The order in which the rows stood when the reader came, and what he had chosen to see then. */
interface Held {
  readonly asked: string;
  readonly ids: readonly string[];
}

export function FleetList() {
  const rows = useFleet((known) => known.rows);
  const beyond = useFleet((known) => known.head?.beyond ?? 0);
  const live = useIsFleetLive();
  const { words, order } = useFleetFilter();
  const [held, setHeld] = useState<Held | null>(null);
  const hourMs = Math.floor(useFleetNowMs(60_000) / HOUR_MS) * HOUR_MS;
  const sorted = useMemo(() => inFleetOrder(fittingRows(rows.values(), words), order), [rows, words, order]);
  const asked = `${order} ${words}`;
  const shown = held?.asked === asked ? heldOrder(held.ids, sorted) : sorted;
  const hold = (): void => {
    if (held?.asked !== asked) setHeld({ asked, ids: shown.map(({ id }) => id) });
  };
  useKeptPlace();
  if (rows.size === 0) return <FleetEmpty />;
  return (
    <main className={live ? 'fleet-list' : 'fleet-list not-live'}>
      <FilterBar />
      <section className="panel fleet-panel" aria-label="Hosts">
        <Head />
        <ul
          className="plain"
          onKeyDown={walk}
          onFocus={hold}
          onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || setHeld(null)}
          onPointerEnter={hold}
          onPointerLeave={({ currentTarget }) => currentTarget.contains(document.activeElement) || setHeld(null)}
        >
          {shown.map((row) => (
            <FleetRowItem key={row.id} row={row} hourMs={hourMs} />
          ))}
        </ul>
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
