// Bytes of /dev/input/event* in; out: events of the kernel, one call each, with their times since the epoch. Pure.
// One event is a `struct input_event` (linux/input.h) of a 64-bit little-endian process: two 64-bit numbers for the seconds and
// microseconds, then type and code (16 bits each) and value (32 bits, signed): 24 bytes. A 32-bit process is handed 16 bytes an event
// and a big-endian one turns every number around: there nothing is read at all, for the bytes would make sense, but another one.
import { endianness } from 'node:os';

export const EVENT_BYTES = 24;

/** `EV_*` and the codes of `EV_SYN` (linux/input-event-codes.h). */
export const EV = { syn: 0, key: 1, relative: 2, absolute: 3 } as const;
export const SYN = { report: 0, dropped: 3 } as const;
/** `EV_MAX`: no type of the kernel is beyond it. */
const LAST_TYPE = 0x1f;
const SECOND_US = 1_000_000;
const WORD = 2 ** 32;

/** 64-bit processors on which Node runs; each of their processes has the layout above, if it is little-endian. */
const ARCHITECTURES = new Set(['x64', 'arm64', 'riscv64', 'loong64', 'ppc64', 'mips64el']);

/** Why this process can't read the kernel's events; null where it can. */
export function layoutTrouble(arch: string = process.arch, order: 'LE' | 'BE' = endianness()): string | null {
  if (ARCHITECTURES.has(arch) && order === 'LE') return null;
  return `a process for ${arch} (${order === 'LE' ? 'little' : 'big'}-endian) is handed input events in a layout that SecLyzer does not read`;
}

/** @param atUs microseconds since the epoch: the kernel stamps with CLOCK_REALTIME unless it is asked otherwise. */
export type EventVisitor = (type: number, code: number, value: number, atUs: number) => void;

export interface EventParser {
  /**
   * Reads whole events; what is left of the last one waits for the next bytes (a device gives whole events only, a relay may not).
   * @throws Error when these are no events: a type or a microsecond that can't be
   */
  readonly push: (bytes: Buffer) => void;
}

export function createEventParser(visit: EventVisitor): EventParser {
  const rest = Buffer.alloc(EVENT_BYTES);
  let kept = 0;

  const read = (bytes: Buffer, at: number): void => {
    const us = bytes.readUInt32LE(at + 8);
    const type = bytes.readUInt16LE(at + 16);
    if (us >= SECOND_US || bytes.readUInt32LE(at + 12) !== 0 || type > LAST_TYPE)
      throw new Error('what the device sends are no input events');
    const seconds = bytes.readInt32LE(at + 4) * WORD + bytes.readUInt32LE(at);
    visit(type, bytes.readUInt16LE(at + 18), bytes.readInt32LE(at + 20), seconds * SECOND_US + us);
  };

  return {
    push: (bytes) => {
      let at = 0;
      if (kept > 0) {
        at = bytes.copy(rest, kept, 0, EVENT_BYTES - kept);
        kept += at;
        if (kept < EVENT_BYTES) return;
        kept = 0;
        read(rest, 0);
      }
      for (; at + EVENT_BYTES <= bytes.length; at += EVENT_BYTES) read(bytes, at);
      kept = bytes.copy(rest, 0, at);
    },
  };
}
