// Where things lie. In: the environment and the place of the running file. Out: folders, and the version.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Places {
  readonly version: string;
  /** The folder of package.json. */
  readonly root: string;
  /** The built dashboard. */
  readonly rendererDir: string;
  /** The shipped population prior. */
  readonly modelsDir: string;
}

/** @throws Error when the file does not lie inside a SecLyzer folder */
export function findPlaces(fileUrl: string): Places {
  // Sources and bundles lie at different depths, so the folder is looked for rather than counted.
  for (let dir = dirname(fileURLToPath(fileUrl)); dir !== dirname(dir); dir = dirname(dir)) {
    const file = join(dir, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly name?: unknown;
      readonly version?: unknown;
    };
    if (name !== 'seclyzer' || typeof version !== 'string') continue;
    return { version, root: dir, rendererDir: join(dir, 'out', 'renderer'), modelsDir: join(dir, 'models') };
  }
  throw new Error(`No SecLyzer folder around ${fileURLToPath(fileUrl)}. Install it anew.`);
}
