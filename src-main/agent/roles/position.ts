// Where an entry stands among those of its subject. A collector counts its entries from 1, anew in each run, and its runs from 1.

export interface Position {
  readonly run: number;
  readonly seq: number;
}

export const BEGINNING: Position = { run: 0, seq: 0 };

export const isAfter = (a: Position, b: Position): boolean => a.run > b.run || (a.run === b.run && a.seq > b.seq);

/** Entries of the same run between the two that never came: dropped by the collector or the stream, each of which counts them too. */
export const missedBetween = (before: Position, now: Position): number =>
  now.run === before.run ? now.seq - before.seq - 1 : now.seq - 1;

/** `isAfter` for scripts of Redis, of texts as `positionText` makes them; everything is after what is not there. */
export const LUA_IS_AFTER = `
local function after(a, b)
  if not b then return true end
  local ar, as = string.match(a, '^(%d+):(%d+)$')
  local br, bs = string.match(b, '^(%d+):(%d+)$')
  if tonumber(ar) ~= tonumber(br) then return tonumber(ar) > tonumber(br) end
  return tonumber(as) > tonumber(bs)
end
`;

export const positionText = ({ run, seq }: Position): string => `${run}:${seq}`;

/** @throws RangeError for anything else than what `positionText` has made. */
export function readPosition(text: string): Position {
  const [, run, seq] = /^(\d{1,15}):(\d{1,15})$/.exec(text) ?? [];
  if (run === undefined || seq === undefined) throw new RangeError(`'${text}' is no place in a row of entries`);
  return { run: Number(run), seq: Number(seq) };
}
