// A file that holds a secret in, the secret out: where others can read it, why it is not used and what to do about that.
import { readFileSync, statSync } from 'node:fs';
import { isOpenToOthers } from '../secret-file.ts';
import { codeOf, messageOf } from '../thrown.ts';

export interface SecretWanted {
  /** `the token`. */
  readonly what: string;
  /** What it opens: `the database`. */
  readonly of: string;
  /** Whether there must be one. */
  readonly wanted: boolean;
}

export interface SecretTrouble {
  readonly reason: string;
  readonly fix: string;
}

/** null where none is wanted and there is none. Read each time: it may be exchanged. */
export function readSecret(file: string, { what, of, wanted }: SecretWanted): string | SecretTrouble | null {
  try {
    if (isOpenToOthers(statSync(file)))
      return {
        reason: `others can read ${what} in ${file}`,
        fix: `Run chmod 600 ${file}, and give ${of} another one.`,
      };
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !wanted) return null;
    return { reason: `${what} can't be read: ${messageOf(error)}`, fix: `Put it into ${file}, for its owner alone.` };
  }
}
