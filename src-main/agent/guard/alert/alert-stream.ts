// Alerts in, lines of JSON in a file out, for a program that gathers them (SIEM): plain text, for its owner alone, and only where the user
// has turned it on, for everything else that the guard keeps is sealed.
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { privateFile, privateFolder } from '../../store/private-file.ts';
import type { Raised } from './alert-desk.ts';
import { jsonOf } from './alert-json.ts';

export interface AlertStream {
  /** @throws StoreError or the error of the file system where the file can't be written. */
  readonly write: (raised: readonly Raised[]) => void;
}

export const STREAM_FILE = 'alerts.jsonl';
/** Then it becomes `alerts.1.jsonl`, and the one before that goes. */
const MOST_BYTES = 16 * 1024 * 1024;

export function createAlertStream(dataDir: string): AlertStream {
  const folder = join(dataDir, 'guard');
  const path = join(folder, STREAM_FILE);
  return {
    write: (raised) => {
      if (raised.length === 0) return;
      privateFolder(folder);
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
        renameSync(path, join(folder, 'alerts.1.jsonl'));
      privateFile(path);
      appendFileSync(path, raised.map(({ alert, kind }) => `${JSON.stringify({ kind, ...jsonOf(alert) })}\n`).join(''));
    },
  };
}
