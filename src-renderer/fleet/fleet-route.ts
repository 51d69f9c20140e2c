// The address of the fleet page from `#` on. In: a hash. Out: which host it names, null for the list; and back.
import * as v from 'valibot';
import { installation } from '../../src-preload/fleet.ts';

export function parseFleetRoute(hash: string): string | null {
  const id = /^#\/host\/([0-9a-fA-F-]{36})$/.exec(hash)?.[1];
  return id !== undefined && v.is(installation, id) ? id : null;
}

export const fleetHref = (id: string | null): string => (id === null ? '#/' : `#/host/${id}`);
