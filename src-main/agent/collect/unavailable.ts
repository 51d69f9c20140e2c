// The words for a source that can not be used, shared by the collectors.
import type { Availability } from './collector.ts';

export type Unavailable = Extract<Availability, { readonly ok: false }>;

export const SERVER_GONE: Unavailable = {
  ok: false,
  reason: 'no X display: the X server has gone',
  fix: 'Log in again and start SecLyzer inside the new desktop session.',
};

/** What `start` rejects with. */
export function unavailableError({ reason, fix }: Unavailable, cause?: unknown): Error {
  return new Error(`${reason}. ${fix}`, { cause });
}
