// What the agent tells of its own cost, while this page is looked at. Out: the newest view, and the series of a stretch up to the present.
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { ResourceSeries, ResourceView } from '../../../src-preload/contract.ts';
import { inWords } from '../../state.ts';
import { useClient } from '../use-client.ts';
import { look, useIsLooking } from '../use-looking.ts';

const MINUTE_MS = 60_000;
/** How often a chart gets new points: each of its three hundred, but not every second of an hour nor every two hours of a month. */
const [MOST_OFTEN_MS, MOST_SELDOM_MS] = [15_000, MINUTE_MS];
const POINTS = 300;

interface Known {
  /** null before the first answer. */
  readonly view: ResourceView | null;
  /** Of the stretch that was asked for last; null before the first answer. */
  readonly series: readonly ResourceSeries[] | null;
}

/** Kept while other pages are looked at, so that the way back shows what was known last at once. */
const useKnown = create<Known>()(() => ({ view: null, series: null }));

export interface Resources extends Known {
  readonly trouble: string | null;
}

export function useResources(rangeMs: number): Resources {
  const client = useClient();
  const looking = useIsLooking();
  const [trouble, setTrouble] = useState<string | null>(null);
  const known = useKnown();
  useEffect(() => {
    if (!looking) return;
    return look(client, {
      ask: () => client.call('watchResources'),
      from: (push) => (push.push === 'resources' ? push.data : null),
      show: (view) => {
        setTrouble(null);
        useKnown.setState({ view });
      },
      fail: setTrouble,
    });
  }, [client, looking]);
  useEffect(() => {
    if (!looking) return;
    let current = true;
    const ask = (): void =>
      void client.call('resourceHistory', { minutes: rangeMs / MINUTE_MS }).then(
        (series) => current && useKnown.setState({ series }),
        (error: unknown) => current && setTrouble(inWords(error)),
      );
    ask();
    const timer = setInterval(ask, Math.min(MOST_SELDOM_MS, Math.max(MOST_OFTEN_MS, rangeMs / POINTS)));
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [client, looking, rangeMs]);
  return { ...known, trouble };
}
