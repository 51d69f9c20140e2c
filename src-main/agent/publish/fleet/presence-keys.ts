// Where hosts stand in Redis: what writers and viewers agree on besides the form of an entry (src-preload/fleet.ts).

/** A sorted set: installation ids by when each was last written, in milliseconds by the host's own clock. */
export const HOSTS = 'seclyzer:hosts';
/** A hash: by installation id, the host and the user as JSON. It outlives the entries, so that a silent host can be named. */
export const NAMES = 'seclyzer:hosts:names';
/** A hash with one field, and an expiry. */
export const hostKey = (id: string): string => `seclyzer:host:${id}`;
export const VIEW = 'view';
