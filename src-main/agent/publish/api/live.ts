// Events of the monitor and of the authentication path in, server-sent events for whoever listens out. Nothing is subscribed while nobody
// listens. A client that reads too slowly loses its oldest events; it is told how many, and they are counted.
import type { ServerResponse } from 'node:http';
import type { HostEvent, HostEventType } from '../../../../src-preload/contract.ts';
import { HOST_EVENT_TYPES } from '../../../../src-preload/contract.ts';
import type { LiveEvent } from './answers.ts';
import type { ApiSources } from './api-sources.ts';

export interface Live {
  readonly free: () => boolean;
  /**
   * Takes over a response, until either side closes it.
   * @param types null: all
   * @param lastId of the last event that the client had before it lost the line: what is still known of those since comes first
   */
  readonly add: (
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    types: readonly LiveEvent[] | null,
    lastId: string | null,
  ) => void;
  readonly counts: () => { readonly clients: number; readonly sent: number; readonly dropped: number };
  readonly close: () => void;
}

export const CLIENTS_AT_MOST = 16;
/** Events that wait for one client; about a quarter of a minute of them. */
export const QUEUE_EVENTS = 128;
const HISTORY_EVENTS = 5000;
const RETRY_MS = 2000;
/** A client that takes nothing for so many signs of life is cut off: its place is somebody else's. */
const STUCK_AT_MOST = 4;

type LiveSources = Pick<ApiSources, 'subscribe'> & {
  readonly monitor: Pick<ApiSources['monitor'], 'subscribe' | 'events'>;
};

export function createLive({ monitor, subscribe }: LiveSources, heartbeatMs: number): Live {
  const open = new Set<ServerResponse>();
  const counts = { sent: 0, dropped: 0 };

  const add: Live['add'] = (response, headers, types, lastId) => {
    const queue: string[] = [];
    let lost = 0;
    let stuck = 0;
    const flush = (): void => {
      while (queue.length > 0 && !response.writableNeedDrain && !response.destroyed) {
        if (lost > 0) response.write(messageOf('dropped', { events: lost }));
        lost = 0;
        response.write(queue.shift());
        counts.sent += 1;
      }
    };
    const send = (message: string): void => {
      queue.push(message);
      if (queue.length > QUEUE_EVENTS) {
        queue.shift();
        lost += 1;
        counts.dropped += 1;
      }
      flush();
    };
    const wants = (type: LiveEvent): boolean => types === null || types.includes(type);
    const hostTypes = HOST_EVENT_TYPES.filter(wants);

    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    if (lastId !== null) for (const event of since(lastId, monitor, hostTypes)) send(hostMessage(event));
    const ends = [
      ...(hostTypes.length === 0 ? [] : [monitor.subscribe('live', hostTypes, (event) => send(hostMessage(event)))]),
      ...(wants('trust') || wants('decision') || wants('incident') ? [subscribePushes(subscribe, wants, send)] : []),
    ];
    const heartbeat = setInterval(() => {
      stuck = response.writableNeedDrain ? stuck + 1 : 0;
      if (stuck === 0) response.write(': still here\n\n');
      if (stuck >= STUCK_AT_MOST) response.destroy();
    }, heartbeatMs);
    response.on('drain', flush);
    response.on('error', () => response.destroy());
    response.once('close', () => {
      clearInterval(heartbeat);
      for (const end of ends) end();
      open.delete(response);
    });
    open.add(response);
  };
  return {
    free: () => open.size < CLIENTS_AT_MOST,
    add,
    counts: () => ({ clients: open.size, ...counts }),
    close: () => {
      for (const response of open) response.end();
    },
  };
}

function subscribePushes(
  subscribe: ApiSources['subscribe'],
  wants: (type: LiveEvent) => boolean,
  send: (message: string) => void,
): () => void {
  return subscribe(({ push, data }) => {
    const name = push === 'trustPoint' ? 'trust' : push;
    if ((name === 'trust' || name === 'decision' || name === 'incident') && wants(name)) send(messageOf(name, data));
  });
}

/** What came after that event, oldest first; nothing where it is no longer known. */
function since(
  lastId: string,
  monitor: Pick<ApiSources['monitor'], 'events'>,
  types: readonly HostEventType[],
): HostEvent[] {
  const newest = monitor.events(null, HISTORY_EVENTS);
  const at = newest.findIndex((event) => idOf(event) === lastId);
  return newest
    .slice(0, Math.max(0, at))
    .filter(({ event_type }) => types.includes(event_type))
    .toReversed();
}

/** The same for the same event at any time: a source tells one thing at one moment, but for anomalies and trends. */
function idOf(event: HostEvent): string {
  const which = event.event_type === 'anomaly' ? event.data.id : event.event_type === 'trend' ? event.data.key : '';
  return encodeURI(`${event.timestamp}/${event.event_type}/${event.source}/${which}`);
}

const hostMessage = (event: HostEvent): string => messageOf(event.event_type, event, idOf(event));

const messageOf = (name: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
