// The line to the viewer. In: server-sent events of the same origin (the cookie says who we are). Out: the store fed; one host on demand.
import * as v from 'valibot';
import { fleetHost, fleetPush, type FleetHost } from '../../src-preload/fleet.ts';
import { useFleet, withFleetPush } from './fleet-state.ts';

/** What is used of an EventSource. */
export interface Events {
  readonly readyState: number;
  readonly close: () => void;
  readonly addEventListener: (
    type: 'open' | 'error' | 'message',
    listener: (event: { data?: unknown }) => void,
  ) => void;
}

export interface FleetPorts {
  readonly openEvents: (path: string) => Events;
  readonly later: (run: () => void, ms: number) => void;
  readonly complain: (reason: string) => void;
}

const CLOSED = 2;
const AGAIN_MS = 3000;
const NO_ADMISSION = 'This page is not let in any more. Open the link that “seclyzer run --role viewer” printed.';

/** Keeps the line open. The browser mends a broken one by itself; only after a refusal is it up to us. */
export function feedFleet({ openEvents, later, complain }: FleetPorts): void {
  let complained = false;
  const receive = (data: unknown): void => {
    const push = v.safeParse(v.pipe(v.string(), v.parseJson(), fleetPush), data);
    if (push.success) return useFleet.setState((known) => withFleetPush(known, push.output));
    if (!complained) complain(`The viewer sent something that is not understood: ${push.issues[0].message}`);
    complained = true;
  };
  const connect = (): void => {
    const events = openEvents('/events');
    events.addEventListener('open', () => useFleet.setState({ link: 'up', refusal: null }));
    events.addEventListener('message', ({ data }) => receive(data));
    events.addEventListener('error', () => {
      useFleet.setState({ link: 'down' });
      if (events.readyState !== CLOSED) return;
      events.close();
      void whyRefused().then((refusal) => useFleet.setState({ refusal }));
      later(connect, AGAIN_MS);
    });
  };
  connect();
}

async function whyRefused(): Promise<string | null> {
  const answer = await fetch('/host').catch(() => null);
  return answer?.status === 401 || answer?.status === 403 ? NO_ADMISSION : null;
}

/** null: it is not in the list any more. @throws Error with the viewer's words */
export async function fetchHost(id: string): Promise<FleetHost | null> {
  const answer = await fetch(`/host?id=${encodeURIComponent(id)}`, { signal: AbortSignal.timeout(10_000) });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`The viewer answered with HTTP ${answer.status}.`);
  return v.parse(fleetHost, await answer.json());
}
