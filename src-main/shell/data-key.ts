// Enters: the data folder. Leaves: the key that the agent seals its data with, out of the keyring that only Electron reaches.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { BrowserWindow, app, safeStorage } from 'electron';
import { userUnitFile } from '../config-folder.ts';
import { connectBus } from '../dbus.ts';
import { keyringState } from '../secret-service.ts';
import { imageOf } from './autostart-entry.ts';
import { createKeyring, KeyringRefused } from './keyring.ts';
import { wrappedKey } from './wrapped-key.ts';

const OPEN = '--open';

/**
 * Once `app` is ready. Each call may wait for the user to unlock the keyring. After the keyring has refused, the next call ends this
 * program and starts it anew, for Chromium asks a keyring once in the life of a process.
 * @returns 32 bytes in hexadecimal; null where a key file in the data folder serves, which the agent makes
 * @throws Error saying what happened and what to do; another try may succeed
 */
export function createShellKey(dataDir: string): () => Promise<string | null> {
  const keyring = createKeyring(safeStorage, process.platform);
  let refused = false;
  return async () => {
    if (refused) return await startAnew();
    try {
      return await wrappedKey(dataDir, keyring, mayMove);
    } catch (error) {
      refused = error instanceof KeyringRefused;
      throw error;
    }
  };
}

/** Not where a service of the user's own systemd reads the key file, nor where the keyring would ask for a password. */
async function mayMove(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (existsSync(userUnitFile('seclyzer.service', process.env, homedir()))) return false;
  try {
    const bus = await connectBus('session', process.env);
    try {
      return (await keyringState(bus)) === 'open';
    } finally {
      await bus.close();
    }
  } catch (error) {
    console.error(`SecLyzer: the key stays in its file: ${error instanceof Error ? error.message : String(error)}.`);
    return false;
  }
}

/** With what was open; never resolves. */
function startAnew(): Promise<never> {
  const shown = BrowserWindow.getAllWindows().length > 0 ? [OPEN] : [];
  const { execPath, env } = process;
  app.relaunch({
    execPath: imageOf(execPath, env) ?? execPath,
    args: [...process.argv.slice(1).filter((word) => word !== OPEN), ...shown],
  });
  app.quit();
  return new Promise(() => undefined);
}
