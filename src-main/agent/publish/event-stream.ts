// Sends pushes to browsers as server-sent events. In: pushes, of the agent or of a viewer. Out: one `data:` message each.
// A reader that falls behind is cut off rather than buffered for: it reconnects by itself and starts from a fresh snapshot.
import type { ServerResponse } from 'node:http';

/** What may wait unsent for one reader, in bytes; about a minute of pushes beyond what the kernel's buffers hold. */
const BACKLOG_BYTES = 256 * 1024;
/** Readers at once: a few windows and commands. */
export const READERS_AT_MOST = 16;
/** How long a browser waits before it connects again, in milliseconds. */
const RETRY_MS = 2000;

export interface EventStreams {
  /** Whether one more reader may come. */
  readonly free: () => boolean;
  /** Takes over a response whose other headers are given, until either side closes it. */
  readonly add: (response: ServerResponse, headers: Readonly<Record<string, string>>) => void;
  readonly count: () => number;
  readonly close: () => void;
}

/**
 * @param subscribe called once a reader, and undone as soon as the reader has gone
 * @param heartbeatMs how often a comment shows that the line is alive
 * @param backlogBytes what may wait unsent for one reader
 */
export function createEventStreams<P>(
  subscribe: (listener: (push: P) => void) => () => void,
  heartbeatMs: number,
  backlogBytes = BACKLOG_BYTES,
): EventStreams {
  const open = new Set<ServerResponse>();

  const add = (response: ServerResponse, headers: Readonly<Record<string, string>>): void => {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const send = (text: string): void => {
      if (response.destroyed) return;
      response.write(text);
      if (response.writableLength > backlogBytes) response.destroy();
    };
    send(`retry: ${RETRY_MS}\n\n`);
    open.add(response);
    const unsubscribe = subscribe((push) => send(`data: ${JSON.stringify(push)}\n\n`));
    const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
    response.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      open.delete(response);
    });
  };

  return {
    free: () => open.size < READERS_AT_MOST,
    add,
    count: () => open.size,
    close: () => {
      for (const response of open) response.end();
    },
  };
}
