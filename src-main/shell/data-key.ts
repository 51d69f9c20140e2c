// Enters: the data folder. Leaves: the key that the agent seals its data with, out of the keyring that only Electron reaches.
import { safeStorage } from 'electron';
import { createKeyring } from './keyring.ts';
import { wrappedKey } from './wrapped-key.ts';

/**
 * Once `app` is ready. May wait for the user to unlock the keyring.
 * @returns 32 bytes in hexadecimal; null where a key file in the data folder serves, which the agent makes
 * @throws Error saying what happened and what to do; another try may succeed
 */
export async function shellDataKey(dataDir: string): Promise<{ readonly key: string | null }> {
  return { key: await wrappedKey(dataDir, createKeyring(safeStorage, process.platform)) };
}
