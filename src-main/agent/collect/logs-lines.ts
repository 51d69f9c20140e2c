// Bytes of a log in, its complete lines out; what comes after the last line break waits for more. A line without an end is cut, and the
// rest of it passed over, so that no file can make the reader keep more than this.

export interface Split {
  readonly lines: readonly string[];
  /** Bytes that the lines took, line breaks included. */
  readonly consumed: number;
  /** The next bytes still belong to a line that was cut. */
  readonly skipping: boolean;
}

const LINE_BREAK = 10;
/** Far more than syslog (8 KiB by default) and the journal write. */
export const LONGEST_LINE_BYTES = 64 * 1024;

/** @param skipping of the split before. Bytes that are no UTF-8 become U+FFFD. */
export function splitLines(bytes: Buffer, skipping: boolean, most: number): Split {
  let from = 0;
  if (skipping) {
    const end = bytes.indexOf(LINE_BREAK);
    if (end < 0) return { lines: [], consumed: bytes.length, skipping: true };
    from = end + 1;
  }
  let to = endOfLines(bytes, from, most);
  if (to > from) return { lines: linesOf(bytes.subarray(from, to - 1)), consumed: to, skipping: false };
  if (bytes.length - from < LONGEST_LINE_BYTES) return { lines: [], consumed: from, skipping: false };
  to = from + LONGEST_LINE_BYTES;
  return { lines: linesOf(bytes.subarray(from, to)), consumed: to, skipping: true };
}

/** Behind the last line break, or behind that of the last line wanted. */
function endOfLines(bytes: Buffer, from: number, most: number): number {
  const last = bytes.lastIndexOf(LINE_BREAK);
  if (last < from) return from;
  let at = from;
  for (let n = 0; n < most; n += 1) {
    const next = bytes.indexOf(LINE_BREAK, at);
    if (next < 0) return at;
    at = next + 1;
  }
  return at;
}

/** All at once: one long string is cut into lines faster than bytes into many short ones. */
const linesOf = (bytes: Buffer): readonly string[] => {
  const text = bytes.toString('utf8');
  const lines = text.split('\n');
  // A file that was emptied under a writer that goes on where it was begins with zeros.
  return text.includes('\0') ? lines.map((line) => line.replace(/^\0+/, '')) : lines;
};
