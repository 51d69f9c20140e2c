// Enters: the path of a recording (.jsonl or .jsonl.gz). Leaves: its events in order, and a refusal for each line that is
// none. The file is streamed; memory does not grow with it.
import { parseEventLine, type InputEvent } from '../events.ts';
import { recordingText } from './recording-text.ts';

export type Recorded =
  | { readonly event: InputEvent }
  /** `line` counts from 1. The reason never repeats the line's content. */
  | { readonly refused: string; readonly line: number };

/** No event is nearly as long; a longer line is no recording, and is not held in memory. */
const MAX_LINE_LENGTH = 4096;

/**
 * Reads a recording. What can be read of a file that was cut off is read, then one refusal says after how many events.
 * @throws Error for a file that is missing, unreadable, or no gzip file although its name says so
 */
export async function* readRecording(path: string): AsyncGenerator<Recorded, void> {
  const lines = createLineSplitter();
  let events = 0;
  let lastTs = 0;

  const read = (text: string): Recorded => {
    const line = lines.count();
    const parsed = text.length > MAX_LINE_LENGTH ? null : parseEventLine(text);
    if (parsed === null) return { refused: `a line of over ${MAX_LINE_LENGTH} characters`, line };
    if (!parsed.ok) return { refused: parsed.reason, line };
    if (parsed.event.ts < lastTs) return { refused: 'out of order: earlier than the event before it', line };
    lastTs = parsed.event.ts;
    events += 1;
    return { event: parsed.event };
  };

  const pieces = recordingText(path);
  let piece = await pieces.next();
  for (; piece.done !== true; piece = await pieces.next()) {
    for (const text of lines.add(piece.value)) yield read(text);
  }
  const rest = lines.rest();
  const cut = (how: string): Recorded => ({ refused: `recording ${how} after ${events} events`, line: lines.count() });
  if (piece.value === 'damaged') yield cut('damaged');
  else if (piece.value === 'cut off') yield cut('cut off');
  else if (rest.trim() !== '') {
    // The last line may lack its newline; a line that is incomplete as well is where the writer was stopped.
    const last = read(rest);
    yield 'event' in last ? last : cut('cut off');
  }
}

interface LineSplitter {
  /** The lines that `text` completes, without empty ones. A generator, so that `count` fits the line being read. */
  readonly add: (text: string) => Generator<string>;
  /** What follows the last newline; counts as a line when it is not empty. */
  readonly rest: () => string;
  readonly count: () => number;
}

function createLineSplitter(): LineSplitter {
  let pending = '';
  let count = 0;
  return {
    *add(text) {
      let from = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        const line = pending + text.slice(from, end);
        pending = '';
        from = end + 1;
        count += 1;
        if (line.trim() !== '') yield line;
      }
      // Enough of an endless line is kept to refuse it.
      if (pending.length <= MAX_LINE_LENGTH) pending += text.slice(from);
    },
    rest: () => {
      if (pending !== '') count += 1;
      return pending;
    },
    count: () => count,
  };
}
