// A log file in, its lines out, each exactly once: through rotation by rename, by copy and truncation, compression of what was rotated,
// a file that is not there yet or not there any more, half-written lines, and restarts at any moment.
import { open, stat } from 'node:fs/promises';
import { codeOf, messageOf } from '../thrown.ts';
import type { SourceRole } from '../guard/parse/parser.ts';
import { whoMayRead } from './logs-permission.ts';
import { openReading, type FilePosition, type Reading } from './logs-reading.ts';
import { beginningOf, beginsAlike, findRotated, type LogFile } from './logs-rotation.ts';
import { nothingNew, READING, type LogBatch, type LogNote, type LogSource, type SourceState } from './logs-source.ts';

export interface FileSourceOptions {
  readonly path: string;
  readonly role: SourceRole;
  /** Of the last batch that was kept; null at the first start. */
  readonly position: string | null;
  /** An earlier one, to fill the windows from. */
  readonly warmFrom?: string | null;
  /** Where to begin at the first start. */
  readonly begin?: 'start' | 'end';
  readonly nowMs?: () => number;
}

/**
 * After a rotation the writer goes on with the old file until it is told (rsyslog: at once after logrotate's `postrotate`), so the new
 * one is begun when the old one has been quiet for the first time, or after the second in any case.
 */
const LINGER_MS = 2000;
const LONGEST_LINGER_MS = 30_000;
/** Files that are passed over in one call: more wait for the next. */
const MOST_TURNS = 64;

export function openFileSource(options: FileSourceOptions): LogSource {
  const { path, role, begin = 'start', nowMs = Date.now } = options;
  const itself = { path, compressed: false };
  let position = parsePosition(options.position);
  let warmFrom = parsePosition(options.warmFrom ?? null);
  /** Up to here everything was read before, and comes again; null once it has. */
  let warmUntil: FilePosition | null = null;
  let reading: Reading | null = null;
  /** Rotated files that come before the log itself. */
  let backlog: readonly LogFile[] = [];
  let state: SourceState = READING;
  let notes: readonly LogNote[] = [];
  let rotated: { readonly sinceMs: number; quietMs: number; toldGone: boolean } | null = null;
  /** All that was there had been read when it was looked at last. */
  let exhausted = false;

  const note = (kind: LogNote['kind'], words: string): void => void (notes = [...notes, { kind, what: path, words }]);
  const stop = async (): Promise<void> => {
    const before = reading;
    reading = null;
    await before?.close();
  };
  const start = async (
    file: Pick<LogFile, 'path' | 'compressed'>,
    live: boolean,
    from: Pick<FilePosition, 'offset' | 'skipping'>,
  ) => {
    await stop();
    reading = await openReading(file, live, from);
  };
  const next = (): Promise<void> => {
    const [file, ...after] = backlog;
    backlog = after;
    return start(file ?? itself, file === undefined, BEGINNING);
  };

  /** Finds the place where reading stopped, in whatever file it is now. */
  const goOn = async (known: FilePosition): Promise<void> => {
    const { size, ino } = await stat(path);
    // A file that was empty when it was seen last is known by its inode alone.
    const same = beginsAlike(await beginningOf(itself), known.head) || (known.head.length === 0 && ino === known.ino);
    if (same && size >= known.offset) {
      if (ino !== known.ino) note('cleared', `${path} was written anew, and its lines may have been changed`);
      return start(itself, true, known);
    }
    if (same) {
      note('cleared', `${path} is ${known.offset - size} bytes shorter than what was read of it`);
      return start(itself, true, { offset: size, skipping: false });
    }
    const found = await findRotated(path, known);
    if (found === null) {
      if (known.offset > 0 && rotated?.toldGone !== true)
        note('cleared', `${path} was emptied or replaced, and there is no rotated copy of it`);
      return start(itself, true, BEGINNING);
    }
    backlog = found.after;
    // A copy may be a little shorter than what was read: lines that came between copying and truncating.
    return found.file.size > known.offset ? start(found.file, false, known) : next();
  };
  /** Where the window before the position begins, if that can still be found. @returns whether it was. */
  const goBack = async (from: FilePosition, to: FilePosition): Promise<boolean> => {
    const beginning = await beginningOf(itself);
    const inItself = from.head.length === 0 ? (await stat(path)).ino === from.ino : beginsAlike(beginning, from.head);
    const found = inItself ? null : await findRotated(path, from);
    if (!inItself && found === null) return false;
    backlog = found?.after ?? [];
    warmUntil = to;
    await start(found?.file ?? itself, found === null, from);
    return true;
  };
  const begun = async (): Promise<void> => {
    const from = warmFrom;
    warmFrom = null;
    if (position !== null && from !== null && (await goBack(from, position))) return;
    if (position !== null) return goOn(position);
    if (begin === 'start') return start(itself, true, BEGINNING);
    const { size } = await stat(path);
    return start(itself, true, { offset: size, skipping: size > 0 && !(await endsLine(path, size)) });
  };

  /** At the end of a file: whether it is still the log. @returns whether there is something to read now. */
  const atEnd = async (now: Reading): Promise<boolean> => {
    if (!now.live) {
      await next();
      return true;
    }
    const found = await stat(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    const { ino, offset } = now.position();
    if (found?.ino === ino) {
      rotated = null;
      if (found.size >= offset) return false;
      await goOn(now.position());
      return true;
    }
    rotated ??= { sinceMs: nowMs(), quietMs: nowMs(), toldGone: false };
    if (found === null) {
      if (!rotated.toldGone && (await now.isGone()) && (await findRotated(path, now.position())) === null) {
        note('cleared', `${path} was removed, and there is no rotated copy of it`);
        rotated.toldGone = true;
      }
      return false;
    }
    if (nowMs() - rotated.quietMs < LINGER_MS && nowMs() - rotated.sinceMs < LONGEST_LINGER_MS) return false;
    await goOn(now.position());
    rotated = null;
    return true;
  };

  /**
   * Most looks find a log as it was: one question then, and no block of memory to read into. A file that was cut and has grown again since
   * to the very byte is noticed when it grows on, as ever.
   */
  const isAsItWas = async (now: Reading): Promise<boolean> => {
    if (!exhausted || !now.live || rotated !== null) return false;
    const found = await stat(path).catch(() => null);
    return found !== null && found.ino === now.position().ino && found.size === now.readTo();
  };

  /** Lines that were read before; null when the position is reached, or can't be. */
  const readWarm = async (now: Reading, until: FilePosition, mostLines: number): Promise<readonly string[] | null> => {
    const reached = now.beginsAs(until.head) || (until.head.length === 0 && now.live);
    const lines = await now.lines(mostLines, reached ? until.offset : null);
    if (lines !== null && lines !== 'emptied') return lines;
    if (!reached && !now.live) {
      await next();
      return [];
    }
    warmUntil = null;
    backlog = [];
    await goOn(until);
    return null;
  };
  const readOnce = async (mostLines: number): Promise<LogBatch> => {
    if (reading !== null && (await isAsItWas(reading))) return nothingNew(text(), told());
    exhausted = false;
    if (reading === null) await begun();
    for (let turn = 0; turn < MOST_TURNS && reading !== null; turn += 1) {
      const now: Reading = reading;
      if (warmUntil !== null) {
        const warm = await readWarm(now, warmUntil, mostLines);
        if (warm !== null && warm.length > 0)
          return { lines: warm, position: text(), from: null, warm: true, more: true, notes: [] };
        continue;
      }
      const from = now.position();
      const lines = await now.lines(mostLines, null);
      if (lines === 'emptied') {
        await goOn(now.position());
      } else if (lines !== null) {
        if (rotated !== null) rotated.quietMs = nowMs();
        position = now.position();
        return { lines, position: text(), from: JSON.stringify(from), warm: false, more: true, notes: told() };
      } else if (!(await atEnd(now))) {
        position = now.position();
        exhausted = true;
        return nothingNew(text(), told());
      }
    }
    return { ...nothingNew(text(), told()), more: true };
  };
  const text = (): string | null => (position === null ? null : JSON.stringify(position));
  const told = (): readonly LogNote[] => {
    const those = notes;
    notes = [];
    return those;
  };

  return {
    ...{ name: path, format: 'lines', role },
    read: async (mostLines) => {
      try {
        const batch = await readOnce(mostLines);
        state = READING;
        return batch;
      } catch (error) {
        await stop();
        state = await whatIsWrong(path, error);
        return nothingNew(text(), told());
      }
    },
    state: () => state,
    notAfterMs: () => (reading?.live === false && reading.mtimeMs > 0 ? reading.mtimeMs : nowMs()),
    close: stop,
  };
}

const BEGINNING = { offset: 0, skipping: false } as const;

async function whatIsWrong(path: string, error: unknown): Promise<SourceState> {
  switch (codeOf(error)) {
    case 'ENOENT':
      return { status: 'waiting', reason: `there is no ${path} yet`, fix: null };
    case 'EACCES':
    case 'EPERM':
      return { status: 'unavailable', ...(await whoMayRead(path)) };
    default:
      return { status: 'unavailable', reason: `${path}: ${messageOf(error)}`, fix: 'See seclyzer doctor.' };
  }
}

async function endsLine(path: string, size: number): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 10;
  } finally {
    await file.close();
  }
}

/** null at the first start. */
function parsePosition(text: string | null): FilePosition | null {
  return text === null ? null : (JSON.parse(text) as FilePosition);
}
