// The rows of the list, those in sight drawn, each at its place. While somebody moves among them none changes its place. Arrows, Home and End
// walk them, also to those that were out of sight.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import type { FleetRow } from '../../../src-preload/fleet.ts';
import { heldOrder } from '../../fleet/fleet-order.ts';
import { drawnRows } from '../../fleet/visible-rows.ts';
import { FleetRowItem } from './fleet-row.tsx';
import { rowElement, useKeptPlace } from './use-kept-place.ts';
import { useVisibleRows } from './use-visible-rows.ts';

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** The order in which the rows stood when the reader came, and what he had chosen to see then. */
interface Held {
  readonly asked: string;
  readonly ids: readonly string[];
}

/** A pointer that was left lying on the list must not keep the worst from its head. */
const HELD_MS = 10_000;

/** Nothing moves from the first move of the reader on until he turns away, or does nothing for a while. */
function useHeldRows(sorted: readonly FleetRow[], asked: string) {
  const [held, setHeld] = useState<Held | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const rows = held?.asked === asked ? heldOrder(held.ids, sorted) : sorted;
  const release = (): void => {
    window.clearTimeout(timer.current);
    setHeld(null);
  };
  const hold = (): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setHeld(null), HELD_MS);
    if (held?.asked !== asked) setHeld({ asked, ids: rows.map(({ id }) => id) });
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { rows, hold, release };
}

interface FleetRowsProps {
  readonly sorted: readonly FleetRow[];
  /** What the reader has chosen to see: with another choice nothing is held. */
  readonly asked: string;
  readonly hourMs: number;
  readonly live: boolean;
}

export function FleetRows({ sorted, asked, hourMs, live }: FleetRowsProps) {
  const { rows, hold, release } = useHeldRows(sorted, asked);
  const [focused, setFocused] = useState<string | null>(null);
  const { list, rowHeight, stretch } = useVisibleRows(rows.length);
  const at = focused === null ? -1 : rows.findIndex(({ id }) => id === focused);
  useKeptPlace(setFocused);
  useLayoutEffect(() => {
    const element = focused === null ? null : rowElement(focused);
    if (element === null || element === document.activeElement) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }, [focused]);

  const walk = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    hold();
    setFocused(rows[step(at, rows.length - 1)]?.id ?? null);
  };
  const come = ({ target }: FocusEvent<HTMLElement>): void => {
    hold();
    setFocused(target.closest<HTMLElement>('[data-host]')?.dataset['host'] ?? null);
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
    if (currentTarget.contains(relatedTarget)) return;
    setFocused(null);
    release();
  };
  return (
    <ul
      ref={list}
      className="plain fleet-rows"
      style={{ height: `${rows.length * rowHeight}px` }}
      onKeyDown={walk}
      onFocus={come}
      onBlur={leave}
      onPointerMove={hold}
      onPointerLeave={({ currentTarget }) => currentTarget.contains(document.activeElement) || release()}
    >
      {drawnRows(stretch, at).map((index) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <FleetRowItem
            key={row.id}
            row={row}
            hourMs={hourMs}
            top={index * rowHeight}
            at={index + 1}
            of={rows.length}
            live={live}
          />
        );
      })}
    </ul>
  );
}
