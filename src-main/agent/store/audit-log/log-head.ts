// Where the audit log begins and ends, sealed, in and out of the database. It is written with each entry in the same transaction, so that
// entries that are missing at the end are missed.
import { SealBroken, type Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { factOf, factRow } from '../sealed-rows.ts';
import { hex } from './link.ts';

export interface LogHead {
  /** Number of the oldest entry that is still there: what was before is gone by age. 1 where nothing is. */
  readonly first: number;
  /** Number of the newest; 0 for an empty log. */
  readonly last: number;
  /** Of the newest. */
  readonly hash: Uint8Array;
}

export interface HeadPlace {
  /** @returns `lost` where there is none, or none that was written with this key. */
  readonly read: () => LogHead | 'lost';
  readonly write: (head: LogHead) => void;
}

/** As migration 5 writes it first. */
const KEY = 'log-head';

export function createHeadPlace(db: Database, cipher: Cipher): HeadPlace {
  const read = db.prepare<[string], Buffer>('SELECT value FROM meta WHERE key = ?').pluck();
  const write = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  return {
    read: () => {
      const sealed = read.get(KEY);
      if (sealed === undefined) return 'lost';
      try {
        const { first, last, hash } = JSON.parse(factOf(cipher, KEY, sealed)) as HeadText;
        return { first, last, hash: Buffer.from(hash, 'hex') };
      } catch (error) {
        // To stop the log for it would serve whoever did it; the next entry leaves a gap that tells.
        if (error instanceof SealBroken) return 'lost';
        throw error;
      }
    },
    write: ({ first, last, hash }) => {
      const text: HeadText = { first, last, hash: hex(hash) };
      write.run(...factRow(cipher, KEY, JSON.stringify(text)));
    },
  };
}

interface HeadText {
  readonly first: number;
  readonly last: number;
  readonly hash: string;
}
