// A file of the kernel enters, whether a source that reads it works here leaves.
import type { Availability } from '../collector.ts';
import type { ProcFiles } from './proc-files.ts';

/** @param fix what to do where the kernel of a Linux machine does not have it. */
export function procAvailability(
  openFiles: () => ProcFiles,
  path: string,
  fix = 'Mount /proc, or allow this user to read it.',
): Availability {
  if (process.platform !== 'linux')
    return {
      ok: false,
      reason: `only Linux has ${path}`,
      fix: 'Nothing to do: other systems are read in another way.',
    };
  const files = openFiles();
  const found = files.readOnce(path) !== null;
  files.close();
  return found ? { ok: true } : { ok: false, reason: `${path} can not be read`, fix };
}
