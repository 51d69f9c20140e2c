// Enters: nothing. Leaves: the native hook of uiohook-napi, loaded on first use, or why it can not be loaded.
// Loading it opens X connections, and starting it without a display aborts the process beyond any catch: only call this
// after the display has been tested.
import type { CrashGuard } from './crash-guard.ts';
import type { Unavailable } from './unavailable.ts';
import { messageOf } from '../thrown.ts';

interface Timed {
  /** One of {@link NATIVE}. */
  readonly type: number;
  /** Milliseconds of the X server's clock; elsewhere of the system's. */
  readonly time: number;
}
interface Key extends Timed {
  readonly keycode: number;
}
interface Pointer extends Timed {
  readonly x: number;
  readonly y: number;
  readonly button: unknown;
}
interface Wheel extends Timed {
  readonly x: number;
  readonly y: number;
  readonly direction: number;
  /** Positive toward the user. */
  readonly rotation: number;
}
/** What SecLyzer reads of an event; uiohook's own types use enums, whose import would load the native part. */
export type NativeEvent = Key | Pointer | Wheel;

/** The part of uiohook-napi that SecLyzer uses. */
export interface NativeHook {
  readonly on: (event: 'input', listener: (event: NativeEvent) => void) => unknown;
  readonly off: (event: 'input', listener: (event: NativeEvent) => void) => unknown;
  readonly start: () => void;
  readonly stop: () => void;
}

/** EventType of uiohook-napi. */
export const NATIVE = {
  keyDown: 4,
  keyUp: 5,
  buttonDown: 7,
  buttonUp: 8,
  move: 9,
  wheel: 11,
} as const;

const LIBRARIES = 'libxtst6 libx11-6 libxrandr2 libxt6 libsm6 libice6';

export async function loadNativeHook(): Promise<NativeHook> {
  return (await import('uiohook-napi')).uIOhook;
}

/** Loading runs native code, so that it is guarded too; once it has gone well, all later calls have its result. */
export function loadOnce(load: () => Promise<NativeHook>, guard: CrashGuard | undefined): () => Promise<NativeHook> {
  let loading: Promise<NativeHook> | null = null;
  const guarded = async (): Promise<NativeHook> => {
    guard?.enter();
    try {
      return await load();
    } finally {
      guard?.leave();
    }
  };
  return async () => {
    loading ??= guarded();
    try {
      return await loading;
    } catch (error) {
      loading = null;
      throw error;
    }
  };
}

/** Why loading or starting failed, in the words of the dashboard. */
export function whyNotLoaded(error: unknown): Unavailable {
  const what = messageOf(error);
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(what)?.[1];
  if (library !== undefined) {
    return {
      ok: false,
      reason: `the input hook can not be loaded: ${library} is missing`,
      fix: `Install the X libraries: sudo apt-get install ${LIBRARIES}`,
    };
  }
  return {
    ok: false,
    reason: `the input hook can not be started: ${what.split('\n', 1)[0] ?? ''}`,
    fix: 'Run "npm ci" in the folder of SecLyzer to install it again; on macOS, allow it under Privacy, Accessibility.',
  };
}
