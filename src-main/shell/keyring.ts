// Enters: Electron's safeStorage. Leaves: what it keeps in the keyring of the system, or that there is none to keep it in.

/** Of safeStorage, what is used. Electron has the asynchronous half from 42 on and the synchronous one up to 45. */
export interface SafeStorage {
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
  readonly encryptStringAsync?: (plain: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (wrapped: Buffer) => Promise<{
    readonly result: string;
    readonly shouldReEncrypt: boolean;
  }>;
  readonly isEncryptionAvailable?: () => boolean;
  readonly encryptString?: (plain: string) => Buffer;
  readonly decryptString?: (wrapped: Buffer) => string;
  /** Linux alone. */
  readonly getSelectedStorageBackend?: () => string;
}

export interface Keyring {
  /** @returns null where no keyring keeps the key that this is encrypted with. */
  readonly wrap: (plain: string) => Promise<Buffer | null>;
  /**
   * `stale`: the keyring has a newer key, so it is to be wrapped again.
   * @throws KeyringRefused when the keyring is locked, gone or another one
   */
  readonly unwrap: (wrapped: Buffer) => Promise<{ readonly plain: string; readonly stale: boolean }>;
}

/** Without a keyring Chromium encrypts under a password that stands in its source code, and marks that so, on Linux. */
const PUBLISHED_PASSWORD = 'v10';
const NO_KEYRING: readonly string[] = ['basic_text', 'unknown'];

/** The keyring was asked and gave nothing. Chromium remembers that as long as the process lives: to ask again takes a new one. */
export class KeyringRefused extends Error {}

/**
 * Of Electron's two halves the synchronous one knows desktops by their name (XDG_CURRENT_DESKTOP) and has no keyring under any other. The
 * asynchronous one asks KWallet under KDE, and whatever keeps secrets on the session bus under every other desktop, with or without a
 * name (freedesktop_secret_key_provider.cc of Chromium); `getSelectedStorageBackend` goes on telling of the first half.
 *
 * Once `app` is ready. The first use may ask the user to unlock the keyring, and waits for the answer.
 */
export function createKeyring(storage: SafeStorage, platform: NodeJS.Platform): Keyring {
  const available = async (): Promise<boolean> => {
    if (storage.isAsyncEncryptionAvailable !== undefined) return await storage.isAsyncEncryptionAvailable();
    if (platform === 'linux' && NO_KEYRING.includes(storage.getSelectedStorageBackend?.() ?? 'unknown')) return false;
    return storage.isEncryptionAvailable?.() ?? false;
  };
  return {
    wrap: async (plain) => {
      if (!(await available())) return null;
      const wrapped = (await storage.encryptStringAsync?.(plain)) ?? storage.encryptString?.(plain) ?? null;
      // The asynchronous half says that it is available whether or not there is a keyring.
      return platform === 'linux' && wrapped?.toString('latin1').startsWith(PUBLISHED_PASSWORD) === true
        ? null
        : wrapped;
    },
    unwrap: async (wrapped) => {
      try {
        const answer = await storage.decryptStringAsync?.(wrapped);
        if (answer !== undefined) return { plain: answer.result, stale: answer.shouldReEncrypt };
        if (storage.decryptString === undefined) throw new Error('this Electron has no safeStorage');
        return { plain: storage.decryptString(wrapped), stale: false };
      } catch (error) {
        throw new KeyringRefused(error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
  };
}
