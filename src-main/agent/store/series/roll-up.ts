// The ticks of complete hours enter; the same in chunks leaves. What is done at a time is one transaction: a crash leaves all of it as it
// was, or all of it done.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { StoreError } from '../store-error.ts';
import { bucketStart } from './bucket-chunk.ts';
import type { ChunkShelf } from './chunk-shelf.ts';
import { mergeIn } from './merge.ts';
import { tableOf, type OpenTicks } from './open-ticks.ts';
import { STREAMS, streamWithCode, US_PER_HOUR, type Stream } from './streams.ts';
import { tickOf, type TickRow } from './tick-row.ts';

/** Some two hours of a busy agent: with more at a time the memory of it would show. */
const AT_ONCE = 10_000;

/**
 * The ticks that memory holds are taken from there: to open thousands of seals in one go takes megabytes that are no use a moment later, and holes
 * stay where they were.
 * @returns rolls up the ticks of all hours but the one that holds the moment given: those before it, and those after it that a clock
 * which was ahead has left.
 */
export function createRollUp(
  db: Database,
  { cipher, shelf, open }: { readonly cipher: Cipher; readonly shelf: ChunkShelf; readonly open: OpenTicks },
): (nowUs: number) => void {
  const streams = db.prepare<[], number>('SELECT DISTINCT stream FROM tick').pluck();
  const complete = db.prepare<[number, number, number, number], TickRow>(
    'SELECT id, us, stream, body FROM tick WHERE stream = ? AND (us < ? OR us >= ?) ORDER BY id LIMIT ?',
  );
  const drop = db.prepare<[number, number, number, number]>(
    'DELETE FROM tick WHERE stream = ? AND id <= ? AND (us < ? OR us >= ?)',
  );

  /** @returns whether there may be more. */
  const some = db.transaction((stream: Stream, fromUs: number): boolean => {
    const toUs = fromUs + US_PER_HOUR;
    const held = open.held(stream);
    if (held !== null) {
      const times = held.times();
      const places = [...times.keys()].filter((at) => !isWithin(times[at] as number, fromUs, toUs));
      mergeIn(shelf, stream, held, places);
      drop.run(stream.code, Number.MAX_SAFE_INTEGER, fromUs, toUs);
      return false;
    }
    const rows = complete.all(stream.code, fromUs, toUs, AT_ONCE);
    const ticks = rows.map((row) => tickOf(cipher, row, stream.series.length));
    mergeIn(shelf, stream, tableOf(stream, ticks), [...ticks.keys()]);
    drop.run(stream.code, rows.at(-1)?.id ?? 0, fromUs, toUs);
    return rows.length === AT_ONCE;
  });

  return (nowUs) => {
    const stranger = streams.all().find((code) => streamWithCode(code) === null);
    if (stranger !== undefined)
      throw new StoreError('damaged', `The database holds ticks of a stream ${stranger}, which does not exist.`);
    const fromUs = bucketStart(nowUs, US_PER_HOUR);
    for (const stream of STREAMS) {
      while (some.immediate(stream, fromUs));
      open.keep(stream, fromUs, fromUs + US_PER_HOUR);
    }
  };
}

const isWithin = (us: number, fromUs: number, toUs: number): boolean => us >= fromUs && us < toUs;
