// The browser's transport. In: fetch and server-sent events of the same origin (the cookie says who we are). Out: a client.
import { checkResult } from '../src-preload/contract.ts';
import type { CallName, CallResult } from '../src-preload/contract.ts';
import { CALL_LIMIT_MS, createLine } from './line.ts';
import type { DashboardClient, Line } from './line.ts';

/** What is used of an EventSource. */
export interface EventLine {
  /** Whether it has given up for good, as it does when the server answers with an error. */
  readonly gaveUp: () => boolean;
  readonly close: () => void;
}

export interface EventListeners {
  readonly open: () => void;
  readonly error: () => void;
  readonly message: (data: string) => void;
}

export interface HttpPorts {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly openEvents: (path: string, listeners: EventListeners) => EventLine;
  readonly later: (run: () => void, ms: number) => void;
  readonly complain: (reason: string) => void;
}

const RETRY_MS = [1000, 2000, 4000];
const RETRY_LAST_MS = 8000;
const NO_ADMISSION = 'This page is not let in any more. Open the link that “seclyzer status” prints.';

type Post = (name: CallName, arg: unknown) => Promise<Response>;

const poster =
  (fetch: HttpPorts['fetch']): Post =>
  (name, arg) =>
    fetch(`/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ arg }),
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
    });

/** The agent's own words where the answer has any. */
async function failure(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  const said = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  return new Error(typeof said === 'string' ? said : `The agent answered with HTTP ${response.status}.`);
}

async function resultOf(response: Response): Promise<unknown> {
  if (!response.ok) throw await failure(response);
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined;
}

/** Keeps the event line open. The browser mends a broken line by itself; only after a refusal is it up to us. */
function keepOpen({ openEvents, later }: HttpPorts, line: Line, post: Post): void {
  let attempt = 0;
  const sayWhyClosed = async (): Promise<void> => {
    const answer = await post('snapshot', undefined).catch(() => null);
    line.tellRefusal(answer?.status === 401 || answer?.status === 403 ? NO_ADMISSION : null);
  };
  const reopen = (events: EventLine): void => {
    events.close();
    void sayWhyClosed();
    later(connect, RETRY_MS[attempt] ?? RETRY_LAST_MS);
    attempt += 1;
  };
  const connect = (): void => {
    const events = openEvents('/events', {
      open: () => {
        attempt = 0;
        line.setLink(true);
      },
      message: (data) => line.receivePush(() => JSON.parse(data) as unknown),
      error: () => {
        line.setLink(false);
        if (events.gaveUp()) reopen(events);
        else line.tellRefusal(null);
      },
    });
  };
  connect();
}

export function httpClient(ports: HttpPorts): DashboardClient {
  const line = createLine(ports.complain);
  const post = poster(ports.fetch);
  keepOpen(ports, line, post);
  return {
    ...line.listen,
    onAbsence: () => () => undefined,
    startAgent: null,
    quit: null,
    call: async <K extends CallName>(name: K, ...args: readonly unknown[]): Promise<CallResult<K>> =>
      checkResult(name, await resultOf(await post(name, args[0]))),
  };
}
