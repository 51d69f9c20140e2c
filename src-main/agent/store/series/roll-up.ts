// The ticks of complete hours enter; the same in chunks leaves. What is done at a time is one transaction: a crash leaves all of it as it
// was, or all of it done.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { StoreError } from '../store-error.ts';
import { bucketStart } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { mergeIn } from './merge.ts';
import { streamWithCode, US_PER_HOUR } from './streams.ts';
import { tickOf, type TickRow } from './tick-row.ts';

/** Some two hours of a busy agent: with more at a time the memory of it would show. */
const AT_ONCE = 10_000;

/**
 * @returns rolls up the ticks of all hours but the one that holds the moment given: those before it, and those after it that a clock
 * which was ahead has left.
 */
export function createRollUp(db: Database, cipher: Cipher, shelf: ChunkShelf): (nowUs: number) => void {
  const complete = db.prepare<[number, number, number], TickRow>(
    'SELECT id, us, stream, body FROM tick WHERE us < ? OR us >= ? ORDER BY id LIMIT ?',
  );
  const drop = db.prepare<[number, number, number]>('DELETE FROM tick WHERE id <= ? AND (us < ? OR us >= ?)');

  const some = db.transaction((fromUs: number): boolean => {
    const toUs = fromUs + US_PER_HOUR;
    const rows = complete.all(fromUs, toUs, AT_ONCE);
    for (const [code, group] of Map.groupBy(rows, ({ stream }) => stream)) {
      const stream = streamWithCode(code);
      if (stream === null)
        throw new StoreError('damaged', `The database holds ticks of a stream ${code}, which does not exist.`);
      mergeIn(
        shelf,
        stream,
        group.map((row) => tickOf(cipher, row, stream.series.length)),
      );
    }
    const last = rows.at(-1);
    if (last !== undefined) drop.run(last.id, fromUs, toUs);
    return rows.length === AT_ONCE;
  });

  return (nowUs) => {
    while (some.immediate(bucketStart(nowUs, US_PER_HOUR)));
  };
}
