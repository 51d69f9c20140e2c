// Enters: where an X server listens. Leaves: a socket to it that can be read now and then. The server keeps what it tells, however much,
// until it is read, and each event has its time: to be woken for every one of them would cost several times what it takes to read them.
import { connect, type Socket } from 'node:net';
import type { XAddress } from './x-connection.ts';

export interface XSocket {
  readonly socket: Socket;
  /** From now on reading rests so long after each time that it has read everything, unless an answer is waited for. */
  readonly restBetweenReads: (ms: number) => void;
  /** An answer is waited for: no rest, until the function that is returned has been called. */
  readonly waitsForAnswer: () => () => void;
}

const READ_BYTES = 16_384;
/** More than this between two rests, four thousand movements a second, is a flood: the next rest is short, so that the server need not keep it. */
const FLOOD_BYTES = 65_536;
const FLOOD_REST_MS = 10;

export function connectXSocket(target: XAddress['target']): XSocket {
  let restMs: number | null = null;
  let resting: NodeJS.Timeout | null = null;
  let waited = 0;
  /** Something came that was not asked for, and no rest has followed yet. What is an answer alone leaves whatever comes next prompt. */
  let due = false;
  let sinceRest = 0;

  const readOn = (): void => {
    if (resting === null) return;
    clearTimeout(resting);
    resting = null;
    socket.resume();
  };
  const rest = (ms: number): void => {
    socket.pause();
    resting = setTimeout(readOn, sinceRest < FLOOD_BYTES ? ms : Math.min(ms, FLOOD_REST_MS));
    [due, sinceRest] = [false, 0];
  };
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const callback = (bytes: number): boolean => {
    sinceRest += bytes;
    due ||= restMs !== null && waited === 0;
    // `x11` listens to the stream, keeps parts of what it is given, and may close it on the way.
    socket.emit('data', Buffer.from(buffer.subarray(0, bytes)));
    if (restMs !== null && due && waited === 0 && bytes < READ_BYTES && !socket.destroyed) rest(restMs);
    return true;
  };
  // Read this way a socket that pauses asks the system for nothing; a stream would go on until 64 KiB wait.
  const socket = connect({ ...target, onread: { buffer, callback } });
  socket.once('close', readOn);
  return {
    socket,
    restBetweenReads: (ms) => void (restMs = ms),
    waitsForAnswer: () => {
      let open = true;
      waited += 1;
      due ||= resting !== null;
      readOn();
      return () => {
        if (open) waited -= 1;
        open = false;
      };
    },
  };
}
