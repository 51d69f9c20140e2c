// Rows in their order in, the same out; while they are held, each where it was.
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { FleetRow } from '../../../src-preload/fleet.ts';
import { heldOrder } from '../../fleet/fleet-order.ts';

/** @param asked what the reader has chosen to see: with another choice nothing is held */
export function useHeldOrder(sorted: readonly FleetRow[], held: boolean, asked: string): readonly FleetRow[] {
  const before = useRef<{ readonly asked: string; readonly ids: readonly string[] }>({ asked, ids: [] });
  const shown = useMemo(() => {
    const { asked: then, ids } = before.current;
    return held && then === asked ? heldOrder(ids, sorted) : sorted;
  }, [sorted, held, asked]);
  useLayoutEffect(() => {
    before.current = { asked, ids: shown.map(({ id }) => id) };
  }, [shown, asked]);
  return shown;
}
