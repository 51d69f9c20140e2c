// What the fleet page knows. In: pushes of the viewer. Out: a store that views select from.
import { create } from 'zustand';
import type { FleetPush, FleetRow } from '../../src-preload/fleet.ts';

export interface Fleet {
  /** By id. A row that has not changed stays the same object, so that it is not drawn anew. */
  readonly rows: ReadonlyMap<string, FleetRow>;
  /** The last push, without its rows; null before the first. */
  readonly head: Omit<FleetPush, 'push' | 'whole' | 'rows' | 'gone'> | null;
  readonly link: 'connecting' | 'up' | 'down';
  /** Why the viewer does not let this page in; null where it is merely out of reach. */
  readonly refusal: string | null;
}

export const emptyFleet: Fleet = { rows: new Map(), head: null, link: 'connecting', refusal: null };

export const useFleet = create<Fleet>()(() => emptyFleet);

export function withFleetPush(known: Fleet, push: FleetPush): Fleet {
  const { push: _name, whole, rows, gone, ...head } = push;
  if (!whole && rows.length === 0 && gone.length === 0) return { ...known, head };
  const next = new Map(whole ? [] : known.rows);
  for (const id of gone) next.delete(id);
  for (const row of rows) next.set(row.id, row);
  return { ...known, head, rows: next };
}
