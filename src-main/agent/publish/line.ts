// Enters: requests of one dashboard, over whatever carries messages. Leaves: their responses, and pushes while it looks.
import { ContractError, checkRequest, dispatch } from '../../../src-preload/contract.ts';
import type { Handlers, Push, Request, Response } from '../../../src-preload/contract.ts';
import { messageOf } from '../thrown.ts';

/** One end of a message channel. */
export interface LineEnd {
  readonly send: (message: Response | Push) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, whichever side closed. */
  readonly onClose: (listener: () => void) => void;
}

/** What a line needs of the agent. */
export interface LineAgent {
  readonly handlers: Handlers;
  readonly subscribe: (listener: (push: Push) => void) => () => void;
}

/** Calls of one line that may run at once. A dashboard makes a handful; more means that it is broken. */
export const MAX_CALLS_AT_ONCE = 32;

const MAX_ERROR_CHARACTERS = 2000;

/** Serves one dashboard until its line closes. A malformed request is answered where it bears an id, else passed over. */
export function serveLine(line: LineEnd, agent: LineAgent): void {
  let open = true;
  let running = 0;
  const send = (message: Response | Push): void => {
    if (open) line.send(message);
  };
  const answer = async ({ id, call, arg }: Request): Promise<Response> => {
    if (running >= MAX_CALLS_AT_ONCE) return refusal(id, 'Too many calls at once. Wait for the answers.');
    running++;
    try {
      return { id, ok: true, result: await dispatch(agent.handlers, call, arg) };
    } catch (error) {
      return refusal(id, messageOf(error));
    } finally {
      running--;
    }
  };

  line.onMessage((message) => {
    const request = readRequest(message);
    if (request === null) return;
    if ('ok' in request) send(request);
    else void answer(request).then(send);
  });
  line.onClose(() => {
    open = false;
    unsubscribe();
  });
  const unsubscribe = agent.subscribe(send);
}

/** The request; or its refusal; or null, when it is not even clear whom to answer. */
function readRequest(message: unknown): Request | Response | null {
  try {
    return checkRequest(message);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const id: unknown = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
    return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? refusal(id, error.message) : null;
  }
}

function refusal(id: number, error: string): Response {
  return { id, ok: false, error: error.slice(0, MAX_ERROR_CHARACTERS) };
}
