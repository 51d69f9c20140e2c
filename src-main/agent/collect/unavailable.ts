// The words for a source that can not be used, shared by the collectors.
import type { Availability } from './collector.ts';

export type Unavailable = Extract<Availability, { readonly ok: false }>;

export const SERVER_GONE: Unavailable = {
  ok: false,
  reason: 'no X display: the X server has gone',
  fix: 'Log in again and start SecLyzer inside the new desktop session.',
};

/** What `start` rejects with; reason and fix also apart. */
export class UnavailableError extends Error {
  readonly found: Unavailable;

  constructor(found: Unavailable, options?: ErrorOptions) {
    super(`${found.reason}. ${found.fix}`, options);
    this.name = 'UnavailableError';
    this.found = found;
  }
}
