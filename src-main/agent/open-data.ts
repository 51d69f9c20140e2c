// The data folder and the key out of the keyring in; its lock, its store and what seals its files out. What opening found goes to
// the notices.
import { modelsFolder } from './infer/model-files.ts';
import type { Notices } from './notices.ts';
import { createCipher, type Cipher } from './store/cipher.ts';
import { lockData } from './store/data-lock.ts';
import { dropKeyFile, openDataKey, type DataKey } from './store/data-key.ts';
import { openStore } from './store/open-store.ts';
import type { Store, StoreOpening } from './store/store.ts';
import { messageOf } from './thrown.ts';

export interface SealedData {
  readonly store: Store;
  /** Seals the model files as the store seals its rows. */
  readonly cipher: Cipher;
  /** Where the key lies, for the settings page. */
  readonly key: Pick<DataKey, 'kind' | 'sentence'>;
}

export interface Data extends SealedData {
  /** Writes everything down and lets go of the folder. */
  readonly close: () => void;
}

const MOVED =
  "The key of your data has moved into your desktop's keyring; its file was overwritten and deleted. From now on the tray application alone opens them.";

export const damageSentence = ({ why, setAside }: { readonly why: string; readonly setAside: string }): string =>
  `The database was damaged (${why}). It was set aside as ${setAside}; a new one was started.`;

/**
 * @param dataKey 64 hexadecimal digits out of the keyring; null where the key file in the folder serves.
 * @throws AlreadyRunning when another agent uses the folder, StoreError when it can't be used.
 */
export async function openData(dataDir: string, notices: Notices, dataKey: string | null): Promise<Data> {
  const lock = lockData(dataDir);
  try {
    const { opening, ...data } = await openSealed(dataDir, dataKey);
    if (opening.kind === 'recovered') notices.add('error', damageSentence(opening));
    if (dataKey !== null) await leaveKeyFile(dataDir, dataKey, data.store, notices);
    const close = (): void => {
      try {
        data.store.close();
      } finally {
        lock.release();
      }
    };
    return { ...data, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The data have just been opened with the key out of the keyring: from now on it lies there alone. */
async function leaveKeyFile(dataDir: string, dataKey: string, store: Store, notices: Notices): Promise<void> {
  try {
    if (!(await dropKeyFile(dataDir, Buffer.from(dataKey, 'hex')))) return;
    store.addAudit({ atMs: Date.now(), kind: 'setting', text: MOVED });
    notices.add('info', MOVED);
  } catch (error) {
    const why = messageOf(error);
    const file = `The key of your data lies in your keyring, but its file data.key is still in ${dataDir}`;
    notices.add('warning', `${file} (${why}). Delete it yourself.`);
  }
}

/** Opens what lies in a folder whose lock the caller holds. @throws StoreError when it can't be used. */
export async function openSealed(
  dataDir: string,
  dataKey: string | null,
): Promise<SealedData & { readonly opening: StoreOpening }> {
  const { key, kind, sentence } = openDataKey(dataDir, dataKey);
  const cipher = createCipher(key);
  const { store, opening } = await openStore(dataDir, { key });
  try {
    // Not before the store has found the key to be the right one.
    await modelsFolder(dataDir, cipher).sealPlain();
  } catch (error) {
    store.close();
    throw error;
  }
  return { store, opening, cipher, key: { kind, sentence } };
}
