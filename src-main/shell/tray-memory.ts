// Enters: that the user was told of a desktop without a tray. Leaves: the same at later starts, out of a small file.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

export interface TrayMemory {
  readonly wasTold: () => boolean;
  readonly remember: () => void;
  readonly forget: () => void;
}

const note = v.pipe(v.string(), v.parseJson(), v.object({ toldOfNoTray: v.literal(true) }));
const NOTE = `${JSON.stringify({ toldOfNoTray: true })}\n`;

/** @param file is overwritten where it makes no sense: at worst the user is told twice */
export function createTrayMemory(file: string): TrayMemory {
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      console.error(`Whether the missing tray was told of can't be kept in ${file}.`, error);
    }
  };
  return {
    wasTold: () => v.safeParse(note, textOf(file)).success,
    remember: () =>
      attempt(() => {
        writeFileSync(`${file}.new`, NOTE, { mode: 0o600 });
        renameSync(`${file}.new`, file);
      }),
    forget: () => attempt(() => rmSync(file, { force: true })),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not there, or not to be read: either way nothing is known of it, and telling the user does no harm.
    return '';
  }
}
