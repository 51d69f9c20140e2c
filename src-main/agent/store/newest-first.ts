// A reader of entries by time in, newest first and so many at most; all entries of a period out, one page of them in memory at a time.

const AT_ONCE = 200;

export interface Period {
  /** Milliseconds since the epoch, both ends included; infinite for a period without an end. */
  readonly fromMs: number;
  readonly toMs: number;
}

export function* newestFirst<T extends { readonly atMs: number }>(
  read: (limit: number, fromMs: number, toMs: number) => readonly T[],
  { fromMs, toMs }: Period,
): Generator<T> {
  let [upToMs, known] = [toMs, 0];
  for (;;) {
    // Of several entries of one moment, those that were there already are passed over.
    const page = read(AT_ONCE + known, fromMs, upToMs);
    yield* page.slice(known);
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE + known) return;
    upToMs = last.atMs;
    known = page.filter(({ atMs }) => atMs === upToMs).length;
  }
}
