// Links that open the dashboard once. The printed link stays in the terminal of its owner, but a link handed to a browser is
// an argument of a process, which every user of the machine can read: so that one works a single time and for a short while.
import { randomBytes } from 'node:crypto';

const LIVES_MS = 60_000;
const LINKS_AT_MOST = 16;

export interface Links {
  /** A new code. The oldest one is dropped when there are too many. */
  readonly issue: () => string;
  /** Whether the code was good; it is not afterwards. */
  readonly redeem: (code: string) => boolean;
}

export const randomToken = (): string => randomBytes(24).toString('base64url');

export function createLinks(nowMs: () => number, newCode: () => string = randomToken): Links {
  const endsMs = new Map<string, number>();
  return {
    issue: () => {
      const code = newCode();
      endsMs.set(code, nowMs() + LIVES_MS);
      const oldest = endsMs.keys().next();
      if (endsMs.size > LINKS_AT_MOST && oldest.done !== true) endsMs.delete(oldest.value);
      return code;
    },
    redeem: (code) => {
      const end = endsMs.get(code);
      endsMs.delete(code);
      return end !== undefined && nowMs() < end;
    },
  };
}
