// What was read and said in the last hour, as it came, for whoever wants to look closer than the series go. Events enter and leave; none of
// them holds a key, a title or a text: numbers and the names of disks, cores and modalities alone.
import type { Modality, Readings } from '../../../../src-preload/contract.ts';
import type { Cipher, SealContext } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { whole, type Row } from '../rows.ts';
import { packed, unpacked } from './packed-bytes.ts';

/** Sealed and packed as JSON. */
export type RawEvent =
  | {
      readonly kind: 'metric';
      /** By source, each with what belongs to one of its disks, cores or interfaces. */
      readonly parts: Readonly<Record<string, Readonly<Record<string, Readings>>>>;
    }
  | {
      readonly kind: 'score';
      readonly modality: Modality;
      readonly raw: number;
      readonly llr: number;
      readonly points: number;
    }
  | { readonly kind: 'feature'; readonly modality: Modality; readonly events: number; readonly newEvents: number };

export type TimedEvent = RawEvent & { readonly us: number };

const HOUR_US = 3600e6;
const US_PER_MINUTE = 60e6;

const contextOf = (us: number): SealContext => ['event.body', us];

export const eventRow = (cipher: Cipher, us: number, event: RawEvent): Row => [
  whole(us, 'event.us'),
  cipher.seal(packed(Buffer.from(JSON.stringify(event))), contextOf(us)),
];

export interface RawEvents {
  /** Of this span, both ends included, oldest first. */
  readonly within: (fromUs: number, toUs: number) => readonly TimedEvent[];
  /** Drops what is older than so many minutes, 60 at most; and what is an hour ahead, which a wrong clock has left. */
  readonly drop: (nowUs: number, minutes: number) => void;
}

export function createRawEvents(db: Database, cipher: Cipher): RawEvents {
  const within = db.prepare<[number, number], { readonly us: number; readonly body: Buffer }>(
    'SELECT us, body FROM event WHERE us BETWEEN ? AND ? ORDER BY us, id',
  );
  const drop = db.prepare<[number, number]>('DELETE FROM event WHERE us < ? OR us > ?');
  return {
    within: (fromUs, toUs) =>
      within.all(fromUs, toUs).map(({ us, body }) => {
        const text = Buffer.from(unpacked(cipher.open(body, contextOf(us)))).toString();
        return { us, ...(JSON.parse(text) as RawEvent) };
      }),
    drop: (nowUs, minutes) => void drop.run(nowUs - Math.min(HOUR_US, minutes * US_PER_MINUTE), nowUs + HOUR_US),
  };
}
