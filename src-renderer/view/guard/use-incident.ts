// One incident in full, as the agent keeps it; asked for again when something was added to it. Lines of the log come by a call of their own.
import { useEffect, useState } from 'react';
import type { Incident, IncidentDetail } from '../../../src-preload/contract.ts';
import { inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';

/** `version`: what was known of it when it was asked for. */
export type Told = { readonly id: number; readonly version: string } & (
  { readonly detail: IncidentDetail } | { readonly trouble: string }
);

/** The newest that is known of it; what was pushed is newer than what was asked for. */
export const useKnownIncident = (id: number | null): Incident | null =>
  useDashboard(({ incidents }) => incidents.find((one) => one.id === id) ?? null);

/** null until the answer is there. While an answer is on its way the last one stays, so that an attack under way is asked for in turn. */
export function useIncident(id: number | null): Told | null {
  const client = useClient();
  const link = useDashboard((known) => known.link);
  const known = useKnownIncident(id);
  const version = known === null ? '' : `${known.lastMs} ${known.alerts} ${known.acknowledgedMs ?? ''}`;
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    if (link !== 'up' || id === null) return;
    let current = true;
    client
      .call('incident', { id })
      .then(
        (detail): Told => ({ id, version, detail }),
        (error: unknown): Told => ({ id, version, trouble: inWords(error) }),
      )
      .then((answer) => current && setTold(answer))
      .catch((error: unknown) => reportError(error));
    return () => {
      current = false;
    };
  }, [client, link, id, version]);
  return told?.id === id ? told : null;
}
