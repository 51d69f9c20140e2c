// Small pieces of work in, each done in a turn of the event loop of its own, in order, so that no tick waits for all of them.
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Chores {
  readonly add: (piece: () => void) => void;
  /** Resolves when everything is done. Rejects with what a piece threw since the last call; the pieces after it were dropped. */
  readonly settled: () => Promise<void>;
}

export function chores(): Chores {
  let waiting: (() => void)[] = [];
  let working: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function work(): Promise<void> {
    try {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        await nextTurn();
        piece();
      }
    } catch (error) {
      failure = { error };
      waiting = [];
    } finally {
      working = null;
    }
  }

  return {
    add: (piece) => {
      waiting.push(piece);
      working ??= work();
    },
    settled: async () => {
      while (working !== null) await working;
      if (failure === null) return;
      const { error } = failure;
      failure = null;
      throw error;
    },
  };
}
