// The path of a device in; its bytes out, in pieces of whole batches, until it goes.
// A device is neither a file nor a socket to Node: `fs` would keep a thread of its small pool waiting in each `read`, and a thread that
// waits there can't be stopped. The kernel can tell when there is something to read, and libuv asks it to for pipes; so the device is
// opened as one, by the class that Node's own sockets on pipes are made of. That class has no public name: where it is missing, this
// says so (available: see `readerTrouble`).
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { messageOf } from '../../thrown.ts';
import { EVENT_BYTES } from './input-event.ts';

export interface ReaderParts {
  readonly restMs: number;
  /** `bytes` are good until it returns. When it throws, reading ends with that error. */
  readonly onBytes: (bytes: Buffer) => void;
  /** More came than any hand can make: what the device sends in the rest of this second is lost. */
  readonly onFlood: () => void;
  /** The device is gone (null), or can't be read any more. Not after `close`. */
  readonly onEnd: (error: Error | null) => void;
}

export interface DeviceReader {
  readonly close: () => void;
}

/**
 * The kernel keeps events for each reader until they are read, with their times: 64 of a keyboard, 128 of a mouse with a wheel (evdev.c and
 * input.c, eight packets of what a device may tell at once). That lasts for 10 ms at 1,000 keys a second, and 5 ms at 8,000 movements. So
 * reading rests after each piece, for about half of that: woken for every movement, it would cost 4 % of a core (measured).
 */
export const REST_MS = { keyboard: 6, pointer: 3 } as const;
/** A device that sends as much within a rest is read again after the next, without waiting for word of the kernel: half the price. */
const BUSY_BYTES = 6 * EVENT_BYTES;
/** Twice what a mouse of 8,000 Hz sends, which is the fastest there is. */
const MOST_BYTES_A_SECOND = 2 * 8000 * 4 * EVENT_BYTES;
/** Whole events, so that no piece ends within one. */
const BUFFER_BYTES = 2048 * EVENT_BYTES;
const SECOND_MS = 1000;

interface PipeHandle {
  readonly open: (fd: number) => number;
}
interface PipeWrap {
  readonly Pipe: new (kind: number) => PipeHandle;
  readonly constants: { readonly SOCKET: number };
}

/** Why no device can be waited for under this version of Node; null where one can. */
export function readerTrouble(wrap: () => PipeWrap = pipeWrap): string | null {
  try {
    return typeof wrap().Pipe === 'function' ? null : 'this version of Node has no way to wait for a device';
  } catch (error) {
    return `this version of Node has no way to wait for a device: ${messageOf(error)}`;
  }
}

/** @throws Error with its `code` when the file can't be opened (`EACCES`: its rights; `ENOENT`: it has just gone) */
export function readDevice(path: string, parts: ReaderParts): DeviceReader {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { Pipe, constants: kinds } = pipeWrap();
  const handle = new Pipe(kinds.SOCKET);
  if (handle.open(fd) !== 0) {
    closeSync(fd);
    throw new Error(`${path} can not be waited for`);
  }
  return read(handle, fd, parts);
}

function read(handle: PipeHandle, fd: number, { restMs, onBytes, onFlood, onEnd }: ReaderParts): DeviceReader {
  const buffer = Buffer.alloc(BUFFER_BYTES);
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  let [secondMs, secondBytes] = [0, 0];

  const end = (error: Error | null): void => {
    if (ended) return;
    close();
    onEnd(error);
  };
  /** @returns how long the next reading can wait */
  const take = (bytes: number): number => {
    const nowMs = performance.now();
    if (nowMs - secondMs >= SECOND_MS) [secondMs, secondBytes] = [nowMs, 0];
    secondBytes += bytes;
    if (secondBytes > MOST_BYTES_A_SECOND) {
      onFlood();
      return secondMs + SECOND_MS - nowMs;
    }
    onBytes(buffer.subarray(0, bytes));
    return restMs;
  };
  const rest = (ms: number, busy: boolean): void => {
    if (!ended) timer = setTimeout(busy ? readOn : () => socket.resume(), ms);
  };
  const handOver = (bytes: number): void => {
    try {
      rest(Math.max(restMs, take(bytes)), bytes >= BUSY_BYTES);
    } catch (error) {
      end(error instanceof Error ? error : new Error(messageOf(error)));
    }
  };
  const readOn = (): void => {
    try {
      const bytes = readSync(fd, buffer);
      if (bytes > 0) handOver(bytes);
      else socket.resume();
    } catch {
      // Nothing is there, or the device is gone: libuv waits for the one and tells of the other.
      socket.resume();
    }
  };
  const callback = (bytes: number): boolean => {
    handOver(bytes);
    return false;
  };
  const socket = new Socket({ handle, readable: true, writable: false, onread: { buffer, callback } } as object);
  const close = (): void => {
    ended = true;
    if (timer !== null) clearTimeout(timer);
    socket.destroy();
  };
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ENODEV' ? null : error));
  socket.on('end', () => end(null));
  socket.on('close', () => end(null));
  socket.resume();
  return { close };
}

function pipeWrap(): PipeWrap {
  return (process as unknown as { readonly binding: (name: 'pipe_wrap') => PipeWrap }).binding('pipe_wrap');
}
