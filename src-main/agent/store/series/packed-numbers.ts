// Whole numbers in, few bytes out, and back: zigzag and base 128 (the varint of Protocol Buffers), then compressed where that helps.
import { packed, unpacked } from './packed-bytes.ts';

export interface NumberWriter {
  /** @param value a safe integer. */
  readonly put: (value: number) => void;
  readonly bytes: () => Uint8Array;
}

/** @throws RangeError behind the last number. */
export type NumberReader = () => number;

const MOST_BYTES = 10;

export function numberWriter(): NumberWriter {
  let buffer = Buffer.allocUnsafe(4096);
  let length = 0;
  return {
    put: (value) => {
      if (length + MOST_BYTES > buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
      // Without bit operations above 31 bits: they would cut the number off.
      let rest = value < 0 ? -2 * value - 1 : 2 * value;
      while (rest >= 128) {
        buffer[length++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      buffer[length++] = rest;
    },
    bytes: () => packed(buffer.subarray(0, length)),
  };
}

export function numberReader(body: Uint8Array): NumberReader {
  const bytes = unpacked(body);
  let at = 0;
  return () => {
    const first = bytes[at] as number;
    // Most numbers are steps, and small.
    if (first < 128) {
      at++;
      return (first & 1) === 0 ? first >> 1 : -((first + 1) >> 1);
    }
    let rest = 0;
    let place = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a chunk ends in the middle of a number');
      if (byte < 128) {
        rest += byte * place;
        return rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2;
      }
      rest += (byte - 128) * place;
      place *= 128;
    }
  };
}
