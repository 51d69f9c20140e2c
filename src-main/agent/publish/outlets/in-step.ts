// The settings of a way to or from other machines in, whatever goes that way out: begun where they want one, ended and begun anew when they
// change, and nothing at all where they want none.
import { messageOf } from '../../thrown.ts';

export interface InStep<R> {
  /** Puts the settings in force into effect. Never rejects: why they can't be is in `trouble`. */
  readonly apply: () => Promise<void>;
  readonly running: () => R | null;
  readonly trouble: () => string | null;
  readonly stop: () => Promise<void>;
}

export interface InStepParts<S, R> {
  /** null: there is to be none. Two that are the same as JSON are the same. */
  readonly settings: () => S | null;
  readonly begin: (settings: S) => R | Promise<R>;
  /** What was said of the way before does not hold any more. */
  readonly cleared: () => void;
  /** There is none to be. */
  readonly ended?: () => void;
  readonly failed: (message: string) => void;
}

/** For `InStepParts.settings`, where an address is all that is needed. */
export const named = <S extends { readonly url: string | null }>(settings: S) =>
  settings.url === null ? null : { ...settings, url: settings.url };

export function keepInStep<S, R extends { readonly stop: () => Promise<void> }>(parts: InStepParts<S, R>): InStep<R> {
  let running: { readonly one: R; readonly as: string } | null = null;
  let trouble: string | null = null;
  let over = false;
  let turn: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    const now = over ? null : parts.settings();
    const as = JSON.stringify(now);
    if (running?.as === as) return;
    const before = running;
    running = null;
    await before?.one.stop();
    trouble = null;
    parts.cleared();
    if (now === null) return parts.ended?.();
    running = { one: await parts.begin(now), as };
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
