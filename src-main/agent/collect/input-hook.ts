// Enters: listeners (keyboard, mouse). Leaves: the raw input events of the whole session with times since the epoch, from
// one native hook that runs while anybody listens, and word when it goes blind, recovers, or loses the X server.
// Limit: when the X server dies, libX11 ends the whole process; only the host can notice that and start the agent anew.
import type { Availability } from './collector.ts';
import { startWatchdog, type Watchdog } from './hook-watchdog.ts';
import { loadNativeHook, whyNotLoaded, type NativeEvent, type NativeHook } from './native-hook.ts';
import { SERVER_GONE, unavailableError, type Unavailable } from './unavailable.ts';
import { createXClock, systemClocks, type Clocks } from './x-clock.ts';
import { connectX, type XConnection } from './x-connection.ts';
import { displayAvailability, type Environment } from './x-display.ts';

export interface HookListener {
  /** `ts` in microseconds since the epoch. Must not throw. */
  readonly input: (event: NativeEvent, ts: number) => void;
  readonly report: (availability: Availability) => void;
}

export interface InputHook {
  /** Never throws. */
  readonly available: () => Promise<Availability>;
  /** Starts the hook for the first listener. Rejects with a readable reason. @returns stops listening */
  readonly listen: (listener: HookListener) => Promise<() => Promise<void>>;
}

export interface InputHookOptions {
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  readonly load?: () => Promise<NativeHook>;
  readonly clocks?: Clocks;
  readonly watchEveryMs?: number;
}

const BLIND: Unavailable = {
  ok: false,
  reason: 'the input hook is blind: the X server sees input that does not reach SecLyzer',
  fix: 'Restart SecLyzer. On Wayland, log in to an X11 session.',
};
/** One hook for all collectors of a process. */
export function createInputHook(options: InputHookOptions = {}): InputHook {
  const { env = process.env, platform = process.platform, load = loadNativeHook } = options;
  const overX = platform !== 'win32' && platform !== 'darwin';
  const listeners = new Set<HookListener>();
  let running: { readonly stop: () => void } | null = null;
  let turn: Promise<void> = Promise.resolve();

  const available = (): Promise<Availability> => hookAvailability(overX ? env : null, load);

  /** Starts or stops the hook so that it runs if and only if somebody listens. */
  const settle = async (): Promise<void> => {
    if (listeners.size === 0) {
      running?.stop();
      running = null;
    } else if (running === null) {
      const found = await available();
      if (!found.ok) throw unavailableError(found);
      const witness = overX ? await connectX(env['DISPLAY'] ?? '') : null;
      running = startHook(await load(), witness, listeners, options);
    }
  };
  /** One change at a time: two collectors start at the same moment. */
  const inTurn = (): Promise<void> => {
    const result = turn.then(settle);
    turn = result.catch(() => undefined);
    return result;
  };

  return {
    available,
    listen: async (listener) => {
      listeners.add(listener);
      try {
        await inTurn();
      } catch (error) {
        listeners.delete(listener);
        throw error;
      }
      return async () => {
        if (listeners.delete(listener)) await inTurn();
      };
    },
  };
}

/** @param env where an X display is needed, else null */
async function hookAvailability(env: Environment | null, load: () => Promise<NativeHook>): Promise<Availability> {
  const display: Availability = env === null ? { ok: true } : await displayAvailability(env);
  if (!display.ok) return display;
  try {
    await load();
    return display;
  } catch (error) {
    return whyNotLoaded(error);
  }
}

function startHook(
  native: NativeHook,
  witness: XConnection | null,
  listeners: ReadonlySet<HookListener>,
  options: InputHookOptions,
): { readonly stop: () => void } {
  const clock = createXClock(options.clocks ?? systemClocks);
  let delivered = 0;
  let health: Availability = { ok: true };
  const tell = (availability: Availability): void => {
    if (availability === health) return;
    health = availability;
    for (const listener of listeners) listener.report(availability);
  };
  const onInput = (event: NativeEvent): void => {
    delivered += 1;
    if (!health.ok) tell({ ok: true });
    const ts = clock.toEpochUs(event.time);
    for (const listener of listeners) listener.input(event, ts);
  };

  native.on('input', onInput);
  try {
    native.start();
  } catch (error) {
    native.off('input', onInput);
    witness?.close();
    throw unavailableError(whyNotLoaded(error), error);
  }
  const watchdog = witness === null ? null : watch(witness, () => delivered, tell, options.watchEveryMs);
  return {
    stop: () => {
      watchdog?.stop();
      native.off('input', onInput);
      native.stop();
      witness?.close();
    },
  };
}

function watch(
  witness: XConnection,
  delivered: () => number,
  tell: (availability: Availability) => void,
  everyMs: number | undefined,
): Watchdog {
  const onFailure = (): void => tell(SERVER_GONE);
  const watchdog = startWatchdog({
    witness,
    delivered,
    onBlind: () => tell(BLIND),
    onFailure,
    ...(everyMs === undefined ? {} : { everyMs }),
  });
  let stopped = false;
  witness.onEnd(() => {
    if (!stopped) onFailure();
  });
  return {
    stop: () => {
      stopped = true;
      watchdog.stop();
    },
  };
}
