// One host in full, asked for again whenever something of it was heard. Out: it, null where it is not known; or why it could not be had.
import { useEffect, useState } from 'react';
import type { FleetHost } from '../../../src-preload/fleet.ts';
import { fetchHost } from '../../fleet/fleet-client.ts';
import { useFleet } from '../../fleet/fleet-state.ts';

export interface AskedHost {
  /** undefined: on its way. */
  readonly host: FleetHost | null | undefined;
  readonly trouble: string | null;
}

const ON_ITS_WAY: AskedHost = { host: undefined, trouble: null };

export function useFleetHost(id: string): AskedHost {
  const [asked, setAsked] = useState(ON_ITS_WAY);
  // A push comes every two seconds, and an entry is written every five: every other push may bring something.
  const readMs = useFleet(({ head }) => Math.floor((head?.redis.readMs ?? 0) / 4000));
  useEffect(() => {
    let over = false;
    fetchHost(id)
      .then((host) => over || setAsked({ host, trouble: null }))
      .catch((error: unknown) => over || setAsked((known) => ({ ...known, trouble: String(error) })));
    return () => {
      over = true;
    };
  }, [id, readMs]);
  return asked;
}
