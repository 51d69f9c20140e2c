// The Electron transport. In: the bridge that the preload exposes. Out: a client; calls are numbered, answers find their caller.
import { checkResponse, checkResult, readAgentAbsence } from '../src-preload/contract.ts';
import type { Bridge, CallName, CallResult, Request, Response } from '../src-preload/contract.ts';
import { CALL_LIMIT_MS, createLine } from './line.ts';
import type { DashboardClient } from './line.ts';

interface Caller {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Who waits for which answer. */
function createCallers(send: (request: Request) => void, limitMs: number) {
  const callers = new Map<number, Caller>();
  let lastId = 0;
  const take = (id: number): Caller | undefined => {
    const caller = callers.get(id);
    callers.delete(id);
    clearTimeout(caller?.timer);
    return caller;
  };
  return {
    ask: (call: CallName, arg: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1);
        const late = new Error(`The agent did not answer “${call}” within ${limitMs / 1000} s.`);
        callers.set(id, { resolve, reject, timer: setTimeout(() => take(id)?.reject(late), limitMs) });
        send({ id, call, arg });
      }),
    answer: (response: Response): void => {
      if (response.ok) take(response.id)?.resolve(response.result);
      else take(response.id)?.reject(new Error(response.error));
    },
    rejectAll: (reason: string): void => {
      for (const id of callers.keys()) take(id)?.reject(new Error(reason));
    },
  };
}

const isPush = (message: unknown): boolean => typeof message === 'object' && message !== null && 'push' in message;

export function bridgeClient(
  bridge: Bridge,
  complain: (reason: string) => void,
  limitMs = CALL_LIMIT_MS,
): DashboardClient {
  const line = createLine(complain);
  const callers = createCallers(bridge.send, limitMs);
  // The agent sends a snapshot as soon as somebody looks: whatever arrives first shows that the line is up.
  bridge.onMessage((message) => {
    line.setLink(true);
    if (isPush(message)) line.receivePush(() => message);
    else line.receive(() => checkResponse(message), callers.answer);
  });
  bridge.onClose(() => {
    line.setLink(false);
    line.tellRefusal(null);
    callers.rejectAll('The agent went away before it answered.');
  });
  return {
    ...line.listen,
    // Subscribed to by each listener by itself, for what holds now is told at once.
    onAbsence: (listener) => bridge.onAbsence((why) => listener(readAgentAbsence(why))),
    startAgent: () => bridge.startAgent(),
    quit: () => bridge.quit(),
    call: async <K extends CallName>(name: K, ...args: readonly unknown[]): Promise<CallResult<K>> =>
      checkResult(name, await callers.ask(name, args[0])),
  };
}
