// Shares and intervals in, how a table of an evaluation writes them out. Pure.

/** Without its sign: columns say that they are in per cent. @param share 0-1. */
export const percent = (share: number): string => (100 * share).toFixed(1);

export const range = ([low, high]: readonly [number, number], text: (x: number) => string): string =>
  `[${text(low)}, ${text(high)}]`;
