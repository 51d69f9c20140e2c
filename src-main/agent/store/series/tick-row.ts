// One row of a stream in, as it comes: sealed bytes for the table of ticks out, and back. Nothing is rounded here.
import type { Cipher, SealContext } from '../cipher.ts';
import { whole, type Row } from '../rows.ts';
import type { Stream } from './streams.ts';

export interface Tick {
  readonly us: number;
  /** In the order of the stream's series; NaN where there is none, or none yet in the version that wrote it. */
  readonly values: Float64Array;
}

export interface TickRow {
  readonly id: number;
  readonly us: number;
  readonly stream: number;
  readonly body: Buffer;
}

const contextOf = (us: number, stream: number): SealContext => ['tick.body', us, stream];

/** Little-endian, as every machine that Electron runs on. */
export function tickRow(cipher: Cipher, { code, series }: Stream, us: number, values: Float64Array): Row {
  if (values.length !== series.length)
    throw new RangeError(`a row of stream ${code} has ${series.length} values, not ${values.length}`);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [whole(us, 'tick.us'), code, cipher.seal(bytes, contextOf(us, code))];
}

export function tickOf(cipher: Cipher, { us, stream, body }: TickRow, length: number): Tick {
  const bytes = cipher.open(body, contextOf(us, stream));
  const values = new Float64Array(length).fill(NaN);
  new Uint8Array(values.buffer).set(bytes.subarray(0, values.byteLength));
  return { us, values };
}
