// Whom a vector is about: an event and its surroundings in, the key out under which one vector stands for all events of a cycle.
import type { EventKind, LogEvent } from '../parse/event.ts';
import type { Scene } from './watch.ts';

const VECTOR_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  ...(['login-failed', 'abandoned', 'key-refused', 'login', 'privilege', 'privilege-failed'] as const),
  ...(['account-added', 'account-removed', 'account-changed', 'password-changed', 'group-joined'] as const),
]);

export const makesVector = (event: LogEvent): boolean => VECTOR_KINDS.has(event.kind);

/** Guessing is judged by address, whatever name is tried; the rest by who does it and from where. */
export const vectorKey = ({ event, address, session }: Scene): string =>
  event.kind === 'login-failed' || event.kind === 'abandoned' || event.kind === 'key-refused'
    ? `${event.address ?? ''}|${event.address === null ? (event.user ?? '') : ''}`
    : `${address?.address ?? event.address ?? ''}|${session?.user ?? event.user ?? event.target ?? ''}`;
