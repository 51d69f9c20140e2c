// Writes a recording: one event a line, compressed where the name ends in .gz, readable by its owner alone.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { InputEvent } from '../agent/events.ts';

export interface RecordingFile {
  readonly write: (events: readonly InputEvent[]) => void;
  /** Writes what is pending and closes the file. */
  readonly close: () => Promise<void>;
}

/**
 * @param path must end in .jsonl or .jsonl.gz
 * @throws Error when the file exists already or can't be made
 */
export async function createRecordingFile(path: string): Promise<RecordingFile> {
  // 'wx': a recording is never written over another file.
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(file, 'open').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${path} exists already. Choose another name.`) : error;
  });
  const gzip = path.endsWith('.gz') ? createGzip() : null;
  gzip?.pipe(file);
  const target = gzip ?? file;
  const done = finished(file);
  // Awaited in `close`; a failure before that (a full disk) must not end the process unheard.
  done.catch(() => undefined);
  return {
    write: (events) => {
      if (events.length > 0) target.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    },
    close: async () => {
      target.end();
      await done;
    },
  };
}
