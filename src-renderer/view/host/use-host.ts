// What the agent tells of the machine, while this page is looked at. Out: the newest view, the series of the charts, the anomalies.
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { HostView } from '../../../src-preload/contract.ts';
import { keysOf, NOTHING_KNOWN, withHostSeries, withHostView } from '../../host-known.ts';
import type { HostKnown } from '../../host-known.ts';
import { inWords } from '../../state.ts';
import { useClient } from '../use-client.ts';
import { look, useIsLooking } from '../use-looking.ts';

const SECOND_MS = 1000;
const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
/** There is no anomaly of this number. */
const NONE = 0;

/** Kept while other pages are looked at, so that the way back shows what was known last at once. */
const useKnown = create<HostKnown>()(() => NOTHING_KNOWN);
const change = (next: (known: HostKnown) => HostKnown): void => useKnown.setState(next);

export interface Host extends HostKnown {
  readonly trouble: string | null;
}

export function useHost(rangeMs: number): Host {
  const client = useClient();
  const looking = useIsLooking();
  const [trouble, setTrouble] = useState<string | null>(null);
  const known = useKnown();
  const { charts } = known;
  useEffect(() => {
    if (!looking) return;
    const show = (view: HostView): void => {
      setTrouble(null);
      change((before) => withHostView(before, view, rangeMs));
    };
    return look(client, {
      ask: () => client.call('watchHost'),
      from: (push) => (push.push === 'host' ? push.data : null),
      show,
      fail: setTrouble,
    });
  }, [client, looking, rangeMs]);
  useEffect(() => {
    const metrics = [...keysOf(charts)];
    if (!looking || metrics.length === 0) return;
    let current = true;
    client.call('hostSeries', { metrics, seconds: rangeMs / SECOND_MS }).then(
      (fetched) => current && change((before) => withHostSeries(before, fetched)),
      (error: unknown) => current && setTrouble(inWords(error)),
    );
    return () => {
      current = false;
    };
  }, [client, looking, charts, rangeMs]);
  useAnomalies(looking, known.view === null ? null : (known.view.newestAnomaly ?? NONE));
  return { ...known, trouble };
}

/** Asked for anew whenever there is a new one. @param newest null while that is not known. */
function useAnomalies(looking: boolean, newest: number | null): void {
  const client = useClient();
  useEffect(() => {
    if (!looking || newest === null) return;
    let current = true;
    const nowMs = Date.now();
    client.call('hostAnomalies', { sinceMs: nowMs - WEEK_MS, untilMs: nowMs + MINUTE_MS }).then(
      (anomalies) => current && change((known) => ({ ...known, anomalies })),
      (error: unknown) => console.warn(`The anomalies could not be read: ${inWords(error)}`),
    );
    return () => {
      current = false;
    };
  }, [client, looking, newest]);
}
