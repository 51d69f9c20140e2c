// What a collector writes about one hop of five seconds in, sealed bytes out, and back: windows of features and switches between applications.
// Never a key, never text: what would have to be read in the order of keys stays on its machine.
import * as v from 'valibot';
import type { Cipher, SealContext } from '../store/cipher.ts';
import { packValues, TABLES, unpackValues, WIDTHS, type WindowModality } from './packed-window.ts';
import { positionText, type Position } from './position.ts';

export interface EntryWindow {
  readonly modality: WindowModality;
  /** What it is made of: strokes of keys or of the mouse. */
  readonly count: number;
  /** Raw events in it, and those of them that no earlier window had. */
  readonly events: number;
  readonly fresh: number;
  /** NaN for what it does not tell. */
  readonly values: Float32Array;
}

export interface EntrySwitch {
  readonly from: string;
  readonly to: string;
  readonly dwellMs: number;
  /** Of the collector's clock, 0-23. */
  readonly hour: number;
}

export interface Entry {
  /** End of the hop, microseconds since the Unix epoch. */
  readonly ts: number;
  readonly host: string;
  readonly user: string;
  /** Of the installation. */
  readonly id: string;
  readonly windows: readonly EntryWindow[];
  readonly switches: readonly EntrySwitch[];
  /** The screen was unlocked: whoever was there before, this is the owner. Before anything else in the entry. */
  readonly unlocked?: true;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(500));
/** A switch a second is more than anybody makes, and bounds what one entry can ask of a scorer. */
const MOST_SWITCHES = 100;
const headSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    format: v.literal(1),
    ts: count,
    host: name,
    user: name,
    id: name,
    unlocked: v.optional(v.literal(true)),
    windows: v.pipe(v.array(v.strictTuple([v.picklist(Object.values(TABLES)), count, count, count])), v.maxLength(2)),
    switches: v.pipe(
      v.array(
        v.strictTuple([name, name, v.pipe(v.number(), v.finite(), v.minValue(0)), v.pipe(count, v.maxValue(23))]),
      ),
      v.maxLength(MOST_SWITCHES),
    ),
  }),
);

const MODALITIES_OF = {
  [TABLES.keystroke]: 'keystroke',
  [TABLES.mouse]: 'mouse',
} as const satisfies Record<string, WindowModality>;

const HEAD_LENGTH_BYTES = 4;

export function packEntry({ ts, host, user, id, windows, switches, unlocked }: Entry): Buffer {
  const head = Buffer.from(
    JSON.stringify({
      ...{ format: 1, ts, host, user, id },
      ...(unlocked === undefined ? {} : { unlocked }),
      windows: windows.map(({ modality, count, events, fresh }) => [TABLES[modality], count, events, fresh]),
      switches: switches.slice(-MOST_SWITCHES).map(({ from, to, dwellMs, hour }) => [from, to, dwellMs, hour]),
    }),
  );
  const length = Buffer.alloc(HEAD_LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...windows.map(({ values }) => packValues(values))]);
}

/** @throws Error for anything else than what `packEntry` has made. */
export function unpackEntry(bytes: Buffer): Entry {
  const end = HEAD_LENGTH_BYTES + bytes.readUInt32LE(0);
  const { ts, host, user, id, windows, switches, unlocked } = v.parse(
    headSchema,
    bytes.subarray(HEAD_LENGTH_BYTES, end).toString('utf8'),
  );
  let at = end;
  return {
    ...{ ts, host, user, id, ...(unlocked === undefined ? {} : { unlocked }) },
    windows: windows.map(([table, strokes, events, fresh]) => {
      const modality = MODALITIES_OF[table];
      const { values, bytes: took } = unpackValues(bytes.subarray(at), WIDTHS[modality]);
      at += took;
      return { modality, count: strokes, events, fresh, values };
    }),
    switches: switches.map(([from, to, dwellMs, hour]) => ({ from, to, dwellMs, hour })),
  };
}

/** Sealed along: an entry can't be put in another's place, nor under another's name. */
const context = (subject: string, position: Position): SealContext => ['entry', subject, positionText(position)];

export const sealEntry = (cipher: Cipher, subject: string, position: Position, packed: Uint8Array): Buffer =>
  cipher.seal(packed, context(subject, position));

/** @throws Error, SealBroken among them, for what no collector of the fleet has written for this subject and place. */
export const openEntry = (cipher: Cipher, subject: string, position: Position, sealed: Uint8Array): Entry =>
  unpackEntry(cipher.open(sealed, context(subject, position)));
