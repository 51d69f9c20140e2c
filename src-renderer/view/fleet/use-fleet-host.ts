// One host in full, asked for again whenever the viewer has read the list. Out: it, null where it is not known; or why it could not be had.
import { useEffect, useState } from 'react';
import type { FleetHost } from '../../../src-preload/fleet.ts';
import { fetchHost } from '../../fleet/fleet-client.ts';
import { useFleet } from '../../fleet/fleet-state.ts';

export interface AskedHost {
  /** undefined: on its way. */
  readonly host: FleetHost | null | undefined;
  readonly trouble: string | null;
}

export function useFleetHost(id: string): AskedHost {
  const [asked, setAsked] = useState<AskedHost>({ host: undefined, trouble: null });
  useEffect(() => {
    let over = false;
    let busy = false;
    const ask = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      try {
        const host = await fetchHost(id);
        if (!over) setAsked({ host, trouble: null });
      } catch (error) {
        const trouble = error instanceof Error ? error.message : String(error);
        if (!over) setAsked((known) => ({ ...known, trouble }));
      } finally {
        busy = false;
      }
    };
    void ask();
    const end = useFleet.subscribe((now, before) => {
      if (now.head?.redis.readMs !== before.head?.redis.readMs) void ask();
    });
    return () => {
      over = true;
      end();
    };
  }, [id]);
  return asked;
}
