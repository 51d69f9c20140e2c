// The chunks of the time-series store in their table: bodies enter under their series, tier and time, sealed there; bodies leave.
import type { Cipher, SealContext } from '../cipher.ts';
import type { Database } from '../driver.ts';

export interface ChunkShelf {
  /** null where there is none. */
  readonly get: (series: number, tier: number, fromUs: number) => Uint8Array | null;
  /** In the place of an earlier one. */
  readonly put: (series: number, tier: number, fromUs: number, body: Uint8Array) => void;
  /** Those that begin in this time, both ends included, oldest first. */
  readonly within: (series: number, tier: number, fromUs: number, toUs: number) => readonly Chunk[];
  /** When the oldest begins; null without one. */
  readonly oldest: (series: number, tier: number) => number | null;
  readonly remove: (series: number, tier: number, fromUs: number) => void;
  /** Those of series `from` to `to` of the tier that begin before the time. */
  readonly drop: (series: { readonly from: number; readonly to: number }, tier: number, beforeUs: number) => void;
}

export interface Chunk {
  readonly fromUs: number;
  readonly body: Uint8Array;
}

interface ChunkRow {
  readonly from_us: number;
  readonly body: Buffer;
}

const contextOf = (series: number, tier: number, fromUs: number): SealContext => ['chunk.body', series, tier, fromUs];

export function createChunkShelf(db: Database, cipher: Cipher): ChunkShelf {
  const get = db.prepare<[number, number, number], Buffer>(
    'SELECT body FROM chunk WHERE series = ? AND tier = ? AND from_us = ?',
  );
  get.pluck();
  const put = db.prepare<[number, number, number, Buffer]>(
    `INSERT INTO chunk (series, tier, from_us, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (series, tier, from_us) DO UPDATE SET body = excluded.body`,
  );
  const within = db.prepare<[number, number, number, number], ChunkRow>(
    'SELECT from_us, body FROM chunk WHERE series = ? AND tier = ? AND from_us BETWEEN ? AND ? ORDER BY from_us',
  );
  const oldest = db.prepare<[number, number], number | null>(
    'SELECT min(from_us) FROM chunk WHERE series = ? AND tier = ?',
  );
  oldest.pluck();
  const drop = db.prepare<[number, number, number, number]>(
    'DELETE FROM chunk WHERE series BETWEEN ? AND ? AND tier = ? AND from_us < ?',
  );
  const remove = db.prepare<[number, number, number]>(
    'DELETE FROM chunk WHERE series = ? AND tier = ? AND from_us = ?',
  );
  return {
    get: (series, tier, fromUs) => {
      const sealed = get.get(series, tier, fromUs);
      return sealed === undefined ? null : cipher.open(sealed, contextOf(series, tier, fromUs));
    },
    put: (series, tier, fromUs, body) =>
      void put.run(series, tier, fromUs, cipher.seal(body, contextOf(series, tier, fromUs))),
    within: (series, tier, fromUs, toUs) =>
      within.all(series, tier, fromUs, toUs).map(({ from_us, body }) => ({
        fromUs: from_us,
        body: cipher.open(body, contextOf(series, tier, from_us)),
      })),
    oldest: (series, tier) => oldest.get(series, tier) ?? null,
    remove: (series, tier, fromUs) => void remove.run(series, tier, fromUs),
    drop: ({ from, to }, tier, beforeUs) => void drop.run(from, to, tier, beforeUs),
  };
}
