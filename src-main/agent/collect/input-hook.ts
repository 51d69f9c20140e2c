// Enters: listeners (keyboard, mouse). Leaves: the raw input events of the whole session with times since the epoch, from
// one native hook that runs while anybody listens, and word when it goes blind, recovers, or loses the X server.
// Limit: when the X server dies, libX11 ends the whole process; only the host can notice that and start the agent anew. So
// whatever may end the process runs under a guard.
import type { Availability } from './collector.ts';
import type { CrashGuard } from './crash-guard.ts';
import { startWatchdog, type Watchdog } from './hook-watchdog.ts';
import { loadNativeHook, loadOnce, whyNotLoaded, type NativeEvent, type NativeHook } from './native-hook.ts';
import { SERVER_GONE, UnavailableError, type Unavailable } from './unavailable.ts';
import { createXClock, systemClocks, type Clocks } from './x-clock.ts';
import { connectX, type XConnection } from './x-connection.ts';
import { displayAvailability, whyNot, type Environment } from './x-display.ts';

export interface HookListener {
  /** `ts` in microseconds since the epoch. Must not throw. */
  readonly input: (event: NativeEvent, ts: number) => void;
  readonly report: (availability: Availability) => void;
}

export interface InputHook {
  /** Never throws. */
  readonly available: () => Promise<Availability>;
  /** Starts the hook for the first listener, and anew when it is ill. Rejects with an UnavailableError. @returns stops listening */
  readonly listen: (listener: HookListener) => Promise<() => Promise<void>>;
}

export interface InputHookOptions {
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  readonly load?: () => Promise<NativeHook>;
  readonly clocks?: Clocks;
  readonly watchEveryMs?: number;
  readonly guard?: CrashGuard;
}

interface RunningHook {
  readonly health: () => Availability;
  readonly stop: () => void;
}

const FINE = { ok: true, through: 'uiohook' } as const satisfies Availability;
const BLIND: Unavailable = {
  ok: false,
  reason: 'the input hook is blind: the X server sees input that does not reach SecLyzer',
  fix: 'It is started anew by itself; if that does not help, restart SecLyzer. On Wayland, log in to an X11 session.',
};

/** One hook for all collectors of a process. */
export function createInputHook(options: InputHookOptions = {}): InputHook {
  const { env = process.env, platform = process.platform, guard } = options;
  const overX = platform !== 'win32' && platform !== 'darwin';
  const listeners = new Set<HookListener>();
  const load = loadOnce(options.load ?? loadNativeHook, guard);
  let running: RunningHook | null = null;
  let turn: Promise<void> = Promise.resolve();

  const available = (): Promise<Availability> => hookAvailability(overX ? env : null, load, guard);
  const stop = (): void => {
    running?.stop();
    running = null;
    guard?.clear();
  };
  const start = async (): Promise<void> => {
    const found = await available();
    if (!found.ok) throw new UnavailableError(found);
    const native = await load();
    const witness = overX ? await witnessOn(env) : null;
    guard?.enter();
    try {
      running = startHook(native, witness, listeners, options);
    } catch (error) {
      guard?.leave();
      throw error;
    }
  };
  /** Starts or stops the hook so that it runs if and only if somebody listens. */
  const settle = async (): Promise<void> => {
    if (running !== null && listeners.size === 0) stop();
    if (running === null && listeners.size > 0) await start();
  };
  /** Somebody who comes (back) is not handed a hook that no longer sees anything. */
  const settleWell = async (): Promise<void> => {
    if (running !== null && !running.health().ok) stop();
    await settle();
  };
  /** One change at a time: two collectors start at the same moment. */
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const result = turn.then(change);
    turn = result.catch(() => undefined);
    return result;
  };

  return {
    available,
    listen: async (listener) => {
      listeners.add(listener);
      try {
        await inTurn(settleWell);
      } catch (error) {
        listeners.delete(listener);
        throw error;
      }
      return async () => {
        if (listeners.delete(listener)) await inTurn(settle);
      };
    },
  };
}

async function witnessOn(env: Environment): Promise<XConnection> {
  try {
    return await connectX(env['DISPLAY'] ?? '');
  } catch (error) {
    throw new UnavailableError(whyNot(error), { cause: error });
  }
}

/** @param env where an X display is needed, else null */
async function hookAvailability(
  env: Environment | null,
  load: () => Promise<NativeHook>,
  guard: CrashGuard | undefined,
): Promise<Availability> {
  const display: Availability = env === null ? { ok: true } : await displayAvailability(env);
  if (!display.ok) return display;
  const forbidden = guard?.forbids() ?? null;
  if (forbidden !== null) return forbidden;
  try {
    await load();
    return { ...display, ...FINE };
  } catch (error) {
    return whyNotLoaded(error);
  }
}

function startHook(
  native: NativeHook,
  witness: XConnection | null,
  listeners: ReadonlySet<HookListener>,
  options: InputHookOptions,
): RunningHook {
  const clock = createXClock(options.clocks ?? systemClocks);
  let delivered = 0;
  let health: Availability = FINE;
  const tell = (availability: Availability): void => {
    if (availability === health) return;
    health = availability;
    for (const listener of listeners) listener.report(availability);
  };
  const onInput = (event: NativeEvent): void => {
    delivered += 1;
    if (!health.ok) tell(FINE);
    const ts = clock.toEpochUs(event.time);
    for (const listener of listeners) listener.input(event, ts);
  };

  native.on('input', onInput);
  try {
    native.start();
  } catch (error) {
    native.off('input', onInput);
    witness?.close();
    throw new UnavailableError(whyNotLoaded(error), { cause: error });
  }
  const watchdog = witness === null ? null : watch(witness, () => delivered, tell, options.watchEveryMs);
  return {
    health: () => health,
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
