// The data folder in, its lock and its store out; what opening it found goes to the notices.
import type { Notices } from './notices.ts';
import { lockData } from './store/data-lock.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

export interface Data {
  readonly store: Store;
  /** Writes everything down and lets go of the folder. */
  readonly close: () => void;
}

export const damageSentence = ({ why, setAside }: { readonly why: string; readonly setAside: string }): string =>
  `The database was damaged (${why}). It was set aside as ${setAside}; a new one was started.`;

/** @throws AlreadyRunning when another agent uses the folder, StoreError when it can't be used. */
export async function openData(dataDir: string, notices: Notices): Promise<Data> {
  const lock = lockData(dataDir);
  try {
    const { store, opening } = await openStore(dataDir);
    if (opening.kind === 'recovered') {
      const { why, setAside } = opening;
      notices.add(
        'error',
        `The database was damaged (${why}). It was set aside as ${setAside}; a new one was started.`,
      );
    }
    store.prune(Date.now());
    const close = (): void => {
      store.close();
      lock.release();
    };
    return { store, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
