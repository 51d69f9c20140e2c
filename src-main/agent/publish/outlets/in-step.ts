// The settings of a way out of this machine in, whatever goes that way out: begun where they name an address, ended and begun anew when they
// change, and nothing at all where they name none.
import { messageOf } from '../../thrown.ts';

export interface InStep<R> {
  /** Puts the settings in force into effect. Never rejects: why they can't be is in `trouble`. */
  readonly apply: () => Promise<void>;
  readonly running: () => R | null;
  readonly trouble: () => string | null;
  readonly stop: () => Promise<void>;
}

export interface InStepParts<S, R> {
  readonly settings: () => S;
  readonly begin: (settings: S & { readonly url: string }) => R | Promise<R>;
  /** What was said of the way before does not hold any more. */
  readonly cleared: () => void;
  /** There is none to be. */
  readonly ended?: () => void;
  readonly failed: (message: string) => void;
}

export function keepInStep<S extends { readonly url: string | null }, R extends { readonly stop: () => Promise<void> }>(
  parts: InStepParts<S, R>,
): InStep<R> {
  let running: { readonly one: R; readonly as: string } | null = null;
  let trouble: string | null = null;
  let over = false;
  let turn: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    const now = parts.settings();
    const as = !over && now.url !== null ? JSON.stringify(now) : null;
    if (running?.as === as && as !== null) return;
    const before = running;
    running = null;
    await before?.one.stop();
    trouble = null;
    parts.cleared();
    if (as === null || now.url === null) return parts.ended?.();
    running = { one: await parts.begin({ ...now, url: now.url }), as };
  }
  const apply = (): Promise<void> =>
    (turn = turn.then(settle).catch((error: unknown) => {
      trouble = messageOf(error);
      parts.failed(trouble);
    }));
  return {
    apply,
    running: () => running?.one ?? null,
    trouble: () => trouble,
    stop: async () => {
      over = true;
      await apply();
    },
  };
}
