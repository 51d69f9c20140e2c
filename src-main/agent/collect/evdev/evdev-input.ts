// Enters: listeners (keyboard, mouse). Leaves: keystrokes and movements of all devices in /dev/input, with the kernel's own times, and
// word when the last device of a kind goes and when one comes. Devices are opened while somebody listens to their kind, never else.
import { watch, type FSWatcher } from 'node:fs';
import type { KeystrokeEvent, MouseEvent } from '../../events.ts';
import { watchSeat, type Seat } from '../../session/seat.ts';
import type { Availability, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import { SYSTEM_PLACES, type EvdevPlaces } from './device-access.ts';
import type { DeviceReader } from './device-reader.ts';
import { kindAvailability } from './evdev-availability.ts';
import { hasKind, readInputDevices, type DeviceKind, type InputDevice } from './input-devices.ts';
import { openDevice } from './open-device.ts';
import { createPointerPath } from './pointer-path.ts';
import { createVirtualInput } from './virtual-input.ts';

export interface EvdevInput {
  /** Never throws. */
  readonly available: (kind: DeviceKind) => Promise<Availability>;
  /** Rejects with an UnavailableError. @returns stops listening */
  readonly listen: (kind: DeviceKind, sink: CollectorSink) => Promise<() => Promise<void>>;
}

export interface EvdevOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly places?: EvdevPlaces;
  readonly seat?: (env: NodeJS.ProcessEnv) => Promise<Seat>;
}

/** udev gives a new device its rights a moment after the kernel has made its file. */
const SETTLE_MS = 100;
/** Where the folder can't be watched: all watches of this user are taken. */
const LOOK_EVERY_MS = 5000;

const UNHEARD: Unavailable = { ok: false, reason: 'nobody listens any more', fix: 'Start SecLyzer again.' };

const kindOf = ({ type }: KeystrokeEvent | MouseEvent): DeviceKind => (type === 'keystroke' ? 'keyboard' : 'pointer');

/** One for both collectors of a process. */
export function createEvdevInput(options: EvdevOptions = {}): EvdevInput {
  const { env = process.env, places = SYSTEM_PLACES, seat: startSeat = watchSeat } = options;
  const listeners = new Map<DeviceKind, CollectorSink>();
  const told = new Map<DeviceKind, string>();
  const open = new Map<string, DeviceReader>();
  /** Could not be read, and are left alone for a while. */
  const resting = new Map<string, NodeJS.Timeout>();
  const path = createPointerPath();
  const virtual = createVirtualInput();
  let seat: Seat | null = null;
  let unwatch = (): void => undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const wanted = (device: InputDevice): boolean => [...listeners.keys()].some((kind) => hasKind(device, kind));

  const publishFrom =
    (device: InputDevice) =>
    (event: KeystrokeEvent | MouseEvent): void => {
      const sink = listeners.get(kindOf(event));
      if (sink === undefined) return;
      sink.publish(event);
      const typing = { name: device.name, madeBy: device.virtual ? ('uinput' as const) : null };
      const finding = virtual.accept(typing, kindOf(event), event.ts);
      if (finding !== null) sink.suspect?.(finding);
    };
  const openOne = (device: InputDevice): void => {
    const gone = (error: Error | null): void => {
      open.delete(device.node);
      if (error !== null) rest(device.node, error);
      look();
    };
    const rest = (node: string, error: Error): void => {
      refuse(`a device can not be read: ${error.message}`);
      resting.set(node, setTimeout(() => resting.delete(node) && look(), LOOK_EVERY_MS).unref());
    };
    const refuse = (reason: string): void => listeners.get(device.keyboard ? 'keyboard' : 'pointer')?.refuse(reason);
    const parts = { places, path, isOurs: () => seat?.isOurs() ?? false, publish: publishFrom(device), refuse };
    try {
      open.set(device.node, openDevice(device, { ...parts, onEnd: gone }));
    } catch {
      // Its rights may come a moment later, and it may be gone already; whether one is left is said below.
      return;
    }
  };
  /** Opens what has come, closes what nobody listens to any more, and tells what has changed. */
  const settle = async (): Promise<ReadonlyMap<DeviceKind, Availability>> => {
    const devices = await readInputDevices(places.list).catch(() => []);
    const present = new Map(devices.filter(wanted).map((device) => [device.node, device]));
    for (const [node, reader] of open) {
      if (present.has(node)) continue;
      reader.close();
      open.delete(node);
    }
    for (const [node, device] of present) if (!open.has(node) && !resting.has(node)) openOne(device);
    const readable = ({ node }: InputDevice): boolean => open.has(node);
    const parts = { places, devices, readable, seat: seat?.unknown ?? null };
    const health = new Map([...listeners.keys()].map((kind) => [kind, kindAvailability(kind, parts)] as const));
    for (const [kind, found] of health) tell(kind, found);
    return health;
  };
  const tell = (kind: DeviceKind, health: Availability): void => {
    const text = JSON.stringify(health);
    // The first word is the start's own.
    if (told.has(kind) && told.get(kind) !== text) listeners.get(kind)?.report(health);
    told.set(kind, text);
  };
  const look = (): void => {
    void inTurn(settle);
  };

  const startWatching = async (): Promise<void> => {
    seat ??= await startSeat(env);
    unwatch = watchFolder(places.devices, look);
  };
  const stopWatching = async (): Promise<void> => {
    unwatch();
    for (const reader of open.values()) reader.close();
    for (const timer of resting.values()) clearTimeout(timer);
    open.clear();
    resting.clear();
    const ending = seat;
    seat = null;
    await ending?.stop();
  };
  const leave = async (kind: DeviceKind, sink: CollectorSink): Promise<void> => {
    if (listeners.get(kind) !== sink) return;
    listeners.delete(kind);
    if (listeners.size === 0) await stopWatching();
    else await settle();
  };

  return {
    available: async (kind) => {
      const devices = await readInputDevices(places.list).catch(() => null);
      return kindAvailability(kind, { places, devices });
    },
    listen: (kind, sink) =>
      inTurn(async () => {
        if (listeners.size === 0) await startWatching();
        listeners.set(kind, sink);
        told.delete(kind);
        const found = (await settle()).get(kind);
        const stop = (): Promise<void> => leave(kind, sink);
        if (found?.ok === true) return () => inTurn(stop);
        await stop();
        throw new UnavailableError(found ?? UNHEARD);
      }),
  };
}

/** @returns what ends it */
function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let watcher: FSWatcher | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      changed();
    }, SETTLE_MS);
  };
  const byClock = (): NodeJS.Timeout => setInterval(changed, LOOK_EVERY_MS).unref();
  let clock: NodeJS.Timeout | null = null;
  try {
    watcher = watch(folder, soon);
    watcher.on('error', () => void (clock ??= byClock()));
  } catch {
    clock = byClock();
  }
  return () => {
    watcher?.close();
    if (clock !== null) clearInterval(clock);
    if (timer !== null) clearTimeout(timer);
  };
}
