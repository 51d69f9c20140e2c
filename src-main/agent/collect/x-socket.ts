// Enters: where an X server listens. Leaves: a socket to it that can be read now and then. The server keeps what it tells, however much,
// for as long as it lives, and each event has its time: to be woken for every one of them would cost several times what it takes to read them.
import { connect, type Socket } from 'node:net';
import type { XAddress } from './x-connection.ts';

export interface XSocket {
  readonly socket: Socket;
  /** As soon as all that is there has been read, reading rests so long. A rest that somebody ends who waits for an answer begins anew after it. */
  readonly restAfterwards: (ms: number) => void;
  /** An answer is waited for: no rest, until the function that is returned has been called. */
  readonly waitsForAnswer: () => () => void;
}

const READ_BYTES = 16_384;
/** More than this between two rests, four thousand movements a second, is a flood: the next rest is short, so that the server need not keep it. */
const FLOOD_BYTES = 65_536;
const FLOOD_REST_MS = 10;

export function connectXSocket(target: XAddress['target']): XSocket {
  let dueMs: number | null = null;
  let rest: { readonly ms: number; readonly timer: NodeJS.Timeout } | null = null;
  let waited = 0;
  let sinceRest = 0;

  const readOn = (): void => {
    rest = null;
    socket.resume();
  };
  const begin = (ms: number): void => {
    socket.pause();
    const isFlood = sinceRest >= FLOOD_BYTES;
    rest = { ms, timer: setTimeout(readOn, isFlood ? Math.min(ms, FLOOD_REST_MS) : ms) };
    [dueMs, sinceRest] = [null, 0];
  };
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const callback = (bytes: number): boolean => {
    sinceRest += bytes;
    // `x11` listens to the stream, and keeps parts of what it is given.
    socket.emit('data', Buffer.from(buffer.subarray(0, bytes)));
    if (dueMs !== null && waited === 0 && bytes < READ_BYTES) begin(dueMs);
    return true;
  };
  // Read this way a socket that pauses asks the system for nothing; a stream would go on until 64 KiB wait.
  const socket = connect({ ...target, onread: { buffer, callback } });
  socket.once('close', () => clearTimeout(rest?.timer));
  return {
    socket,
    restAfterwards: (ms) => void (dueMs = ms),
    waitsForAnswer: () => {
      let open = true;
      waited += 1;
      if (rest !== null) {
        clearTimeout(rest.timer);
        dueMs = rest.ms;
        readOn();
      }
      return () => {
        if (open) waited -= 1;
        open = false;
      };
    },
  };
}
