// Enters: listeners (keyboard, mouse). Leaves: keystrokes and movements of the whole session, each as the X server has it, from one
// connection that is open while anybody listens; word when the server goes. Nothing of the process is at risk when it does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { XiRawEvent } from 'x11';
import type { KeystrokeEvent, MouseEvent } from '../../events.ts';
import type { Availability, CollectorSink } from '../collector.ts';
import type { DeviceKind } from '../evdev/input-devices.ts';
import { createVirtualInput } from '../evdev/virtual-input.ts';
import { SERVER_GONE, UnavailableError } from '../unavailable.ts';
import { createXClock, systemClocks, type Clocks } from '../x-clock.ts';
import { displayAvailability, type Environment } from '../x-display.ts';
import { connectXi, type XiConnection } from './xi-connection.ts';
import type { XiSource } from './xi-devices.ts';
import { createXiKeys } from './xi-keys.ts';
import { createXiPointer } from './xi-pointer.ts';

export interface XInput {
  /** Never throws. */
  readonly available: () => Promise<Availability>;
  /** Rejects with an UnavailableError. @returns stops listening */
  readonly listen: (kind: DeviceKind, sink: CollectorSink) => Promise<() => Promise<void>>;
}

export interface XInputOptions {
  readonly env?: Environment;
  readonly clocks?: Clocks;
}

const CATCH_UP_MS = 500;

const isKey = ({ name }: XiRawEvent): boolean => name === 'XIRawKeyPress' || name === 'XIRawKeyRelease';

/** One for both collectors of a process. */
export function createXInput({ env = process.env, clocks = systemClocks }: XInputOptions = {}): XInput {
  const listeners = new Map<DeviceKind, CollectorSink>();
  const display = env['DISPLAY'] ?? '';
  let running: XiConnection | null = null;
  let forget = (_: DeviceKind): void => undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** One change at a time: two collectors start at the same moment. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const open = async (): Promise<XiConnection> => {
    const x = await connectXi(display);
    forget = follow(x, listeners, clocks);
    x.onEnd(() => {
      if (running !== x) return;
      running = null;
      for (const sink of listeners.values()) sink.report(SERVER_GONE);
    });
    return x;
  };
  /** Connected if and only if somebody listens, and told no more than he listens to. */
  const settle = async (): Promise<void> => {
    if (listeners.size > 0) {
      running ??= await open();
      return await running.select(new Set(listeners.keys()));
    }
    const ending = running;
    running = null;
    ending?.close();
  };
  const leave = async (kind: DeviceKind, sink: CollectorSink): Promise<void> => {
    if (listeners.get(kind) !== sink) return;
    // Up to a quarter of a second of it has not been read yet. A server that has gone or hangs is not waited for.
    if (running !== null) await Promise.race([running.caughtUp().catch(() => undefined), sleep(CATCH_UP_MS)]);
    listeners.delete(kind);
    // Whoever goes on listening hears by himself of a server that has gone.
    await settle().catch(() => undefined);
    forget(kind);
  };

  return {
    available: async () => {
      const found = await displayAvailability(env);
      if (!found.ok) return found;
      try {
        (await connectXi(display)).close();
        return { ...found, through: 'XInput2' };
      } catch (error) {
        if (error instanceof UnavailableError) return error.found;
        throw error;
      }
    },
    listen: (kind, sink) =>
      inTurn(async () => {
        listeners.set(kind, sink);
        try {
          await settle();
        } catch (error) {
          listeners.delete(kind);
          throw error instanceof UnavailableError ? error : new UnavailableError(SERVER_GONE, { cause: error });
        }
        return () => inTurn(() => leave(kind, sink));
      }),
  };
}

/** Hands what one connection tells to whoever listens at the moment. @returns forgets what is held, for nobody listens to that any more */
function follow(
  x: XiConnection,
  listeners: ReadonlyMap<DeviceKind, CollectorSink>,
  clocks: Clocks,
): (kind: DeviceKind) => void {
  const clock = createXClock(clocks);
  const virtual = createVirtualInput();
  const keys = createXiKeys();
  const publish = (kind: DeviceKind, event: KeystrokeEvent | MouseEvent, source: XiSource): void => {
    const sink = listeners.get(kind);
    if (sink === undefined) return;
    sink.publish(event);
    const finding = virtual.accept(source, kind, event.ts);
    if (finding !== null) sink.suspect?.(finding);
  };
  const pointer = createXiPointer({
    screen: x.screen,
    button: x.button,
    ask: x.askPlace,
    publish: (event, source) => publish('pointer', event, source),
  });
  x.onRaw({
    arrived: (event) => clock.toEpochUs(event.time),
    told: (event, ts, source) => {
      if (!isKey(event)) return pointer.accept(event, ts, source);
      // What is pressed while nobody listens is not seen to be let go.
      const stroke = listeners.has('keyboard') ? keys.accept(event, ts) : null;
      if (stroke !== null) publish('keyboard', stroke, source);
    },
  });
  return (kind) => {
    if (kind === 'keyboard') keys.forget();
  };
}
