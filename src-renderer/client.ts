// Picks the line to the agent: the preload's bridge inside Electron, HTTP in a browser. Out: one client, whichever it is.
import type { Bridge } from '../src-preload/contract.ts';
import { bridgeClient } from './bridge-client.ts';
import { httpClient } from './http-client.ts';
import type { EventLine, EventListeners } from './http-client.ts';
import type { DashboardClient } from './line.ts';

declare global {
  interface Window {
    /** Only inside Electron. */
    readonly seclyzer?: Bridge;
  }
}

function openEventSource(path: string, { open, error, message }: EventListeners): EventLine {
  const source = new EventSource(path);
  source.addEventListener('open', open);
  source.addEventListener('error', error);
  source.addEventListener('message', ({ data }: MessageEvent<string>) => message(data));
  return { gaveUp: () => source.readyState === EventSource.CLOSED, close: () => source.close() };
}

const complain = (reason: string): void => console.warn(reason);

export function createClient(page: Window): DashboardClient {
  if (page.seclyzer !== undefined) return bridgeClient(page.seclyzer, complain);
  return httpClient({
    fetch: (path, init) => page.fetch(path, init),
    openEvents: openEventSource,
    later: (run, ms) => void page.setTimeout(run, ms),
    complain,
  });
}
