// Alerts in, lines of JSON in a file out, for a program that gathers them (SIEM): plain text, for its owner alone, and only where the user
// has turned it on, for everything else that the guard keeps is sealed.
import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { removeOverwritten } from '../../store/overwritten-file.ts';
import { privateFile, privateFolder } from '../../store/private-file.ts';
import { replaceFile } from '../../replace-file.ts';
import type { Raised } from './alert-desk.ts';
import { jsonOf } from './alert-json.ts';

export interface AlertStream {
  /** @throws StoreError or the error of the file system where the file can't be written. */
  readonly write: (raised: readonly Raised[]) => void;
}

const STREAM_FILE = 'alerts.jsonl';
const BEFORE_FILE = 'alerts.1.jsonl';
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
        renameSync(path, join(folder, BEFORE_FILE));
      privateFile(path);
      appendFileSync(path, raised.map(({ alert, kind }) => `${JSON.stringify({ kind, ...jsonOf(alert) })}\n`).join(''));
    },
  };
}

/** Takes the alerts of a period out of the files, milliseconds since the epoch. @throws the error of the file system. */
export async function eraseStream(dataDir: string, fromMs: number, toMs: number): Promise<void> {
  for (const file of [STREAM_FILE, BEFORE_FILE]) {
    const path = join(dataDir, 'guard', file);
    if (!existsSync(path)) continue;
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    const kept = lines.filter((line) => {
      const span = spanOf(line);
      return span !== null && (span.lastMs < fromMs || span.firstMs > toMs);
    });
    if (kept.length === lines.length) continue;
    const next = `${path}.kept`;
    await replaceFile(next, Buffer.from(kept.map((line) => `${line}\n`).join('')));
    await removeOverwritten(path);
    await rename(next, path);
  }
}

/** null for a line that was cut short. */
function spanOf(line: string): { readonly firstMs: number; readonly lastMs: number } | null {
  try {
    const { since, time } = JSON.parse(line) as { readonly since: string; readonly time: string };
    return { firstMs: Date.parse(since), lastMs: Date.parse(time) };
  } catch {
    return null;
  }
}
