// Lines of one source in, events out, and a tally of what was understood: lines, what they came to, and which programs say what the
// guard does not know, with a few examples.
import { copyOf } from './names.ts';
import type { Entry, EventKind, LogEvent } from './event.ts';
import { readEntry } from './read-entry.ts';
import { readJournalEntry } from './journal-entry.ts';
import { lineReader } from './prefix.ts';

/** What the lines of a source look like. */
export type LogFormat = 'lines' | 'journal';
/** all: everything counts. beside: another source tells of logins and commands, so that here only the rest does. */
export type SourceRole = 'all' | 'beside';

export interface Tally {
  lines: number;
  parsed: number;
  unparsed: number;
  events: number;
  /** Lines that nothing was made of, by program; at most so many programs, the others together under an empty name. */
  readonly unknown: Map<string, number>;
  /** Examples of them, the first of each program. */
  readonly examples: Map<string, string>;
}

export const newTally = (): Tally => ({
  ...{ lines: 0, parsed: 0, unparsed: 0, events: 0 },
  unknown: new Map(),
  examples: new Map(),
});

export interface Parser {
  /** null for a line without an event. */
  readonly read: (line: string) => LogEvent | null;
}

/** A line that is longer was cut by somebody or made to hurt; what counts stands in the first of it. */
export const LONGEST_LINE = 8192;
const MOST_PROGRAMS = 200;
const LONGEST_EXAMPLE = 500;

const BESIDE: ReadonlySet<EventKind> = new Set([
  ...([
    'log-cleared',
    'journal-rotated',
    'protection-stopped',
    'protection-started',
    'shutdown',
    'promiscuous',
  ] as const),
  ...(['cron', 'schedule-changed', 'banned', 'forged'] as const),
]);

export interface ParserOptions {
  readonly format: LogFormat;
  readonly role: SourceRole;
  /** No line was written after this; see log-time.ts. */
  readonly notAfterMs: () => number;
}

export function createParser({ format, role, notAfterMs }: ParserOptions, tally: Tally): Parser {
  const lines = lineReader(notAfterMs);
  const entryOf = (line: string): Entry | LogEvent | null =>
    format === 'journal' ? readJournalEntry(line) : lines.read(line);

  const unknown = (program: string, line: string): null => {
    tally.unparsed += 1;
    const known = tally.unknown.get(program);
    if (known !== undefined) tally.unknown.set(program, known + 1);
    else if (tally.unknown.size < MOST_PROGRAMS) {
      const name = copyOf(program);
      tally.unknown.set(name, 1);
      tally.examples.set(name, copyOf(line.slice(0, LONGEST_EXAMPLE)));
    } else tally.unknown.set('', (tally.unknown.get('') ?? 0) + 1);
    return null;
  };

  return {
    read: (whole) => {
      const line = whole.length > LONGEST_LINE ? whole.slice(0, LONGEST_LINE) : whole;
      tally.lines += 1;
      const entry = entryOf(line);
      if (entry === null) return unknown('', line);
      const reading = 'kind' in entry ? entry : readEntry(entry);
      if (reading === 'unknown') return unknown(entry.program, line);
      tally.parsed += 1;
      if (reading === 'nothing' || (role === 'beside' && !BESIDE.has(reading.kind))) return null;
      tally.events += 1;
      return reading;
    },
  };
}
