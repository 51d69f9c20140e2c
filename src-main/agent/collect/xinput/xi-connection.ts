// Enters: the name of an X display. Leaves: a connection that tells what keyboards and pointers themselves send (XInput2 raw events), with
// the devices that there are, or why there can be none.
// From version 2.1 on raw events also come while a program has taken the keyboard for itself: a menu, a screen locker.
import type { XInput, XiDevice, XiRawEvent } from 'x11';
import { messageOf } from '../../thrown.ts';
import { SYSTEM_PLACES } from '../evdev/device-access.ts';
import { readInputDevices, type DeviceKind } from '../evdev/input-devices.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import { connectionOver, EVENTS, openX, type OpenX } from '../x-connection.ts';
import { whyNot } from '../x-display.ts';
import { createHeldBack } from './held-back.ts';
import type { Place, Size } from './pointer-place.ts';
import { sourcesOf, UNLISTED, type XiSource } from './xi-devices.ts';

export interface XiConnection {
  readonly screen: () => Size;
  /** The number of a button after the mapping of the desktop. */
  readonly button: (physical: number) => number;
  /** Has the server tell of these kinds, and of no others. Resolves when it does. */
  readonly select: (kinds: ReadonlySet<DeviceKind>) => Promise<void>;
  readonly onRaw: (listener: RawListener) => void;
  /** Answers after all events that came before it were told, and before any that comes later. */
  readonly askPlace: (answer: (place: Place) => void) => void;
  /** Resolves when everything that has happened until now was told, answers included. Rejects when the connection ends. */
  readonly caughtUp: () => Promise<void>;
  readonly onEnd: (listener: () => void) => void;
  readonly close: () => void;
}

export interface RawListener {
  /** As soon as it was read. @returns what `told` is given as its time */
  readonly arrived: (event: XiRawEvent) => number;
  /** In the order of the server; of a device that has just come, when it is known who made it. */
  readonly told: (event: XiRawEvent, ts: number, source: XiSource) => void;
}

const RAW = {
  keyboard: ['RawKeyPress', 'RawKeyRelease'],
  pointer: ['RawButtonPress', 'RawButtonRelease', 'RawMotion'],
} as const satisfies Record<DeviceKind, readonly string[]>;
const LEAST_MINOR = 1;
/** The agent looks at its input once a second; a mouse tells up to a thousand times. */
const REST_MS = 250;
/** Core protocol: of keyboards and modifiers there is word as well. */
const POINTER_MAPPING = 2;
const OTHERWISE = 'The input hook (uiohook) is used in its place, where it works.';

const noXInput = (what: string): Unavailable => ({
  ok: false,
  reason: `the X server does not offer XInput2: ${what}`,
  fix: OTHERWISE,
});
const OTHER_KEYS: Unavailable = {
  ok: false,
  reason: 'the X server does not number its keys as Linux does (evdev), so that XInput2 would name them wrongly',
  fix: OTHERWISE,
};

/** @throws UnavailableError */
export async function connectXi(display: string): Promise<XiConnection> {
  const x = await openX(display).catch((error: unknown) => {
    throw new UnavailableError(whyNot(error), { cause: error });
  });
  try {
    const extension = await negotiate(x);
    if (!(await numbersKeysAsLinux(x))) throw new UnavailableError(OTHER_KEYS);
    return await connectionFor(x, extension);
  } catch (error) {
    x.close();
    throw error instanceof UnavailableError ? error : new UnavailableError(noXInput(messageOf(error)));
  }
}

async function negotiate({ client, ask }: OpenX): Promise<XInput> {
  const extension = await ask<XInput>((reply) => client.require('xinput', (error, found) => void reply(error, found)));
  const { xi2 } = extension;
  if (xi2 === null) throw new UnavailableError(noXInput('it knows version 1 alone'));
  const { majorVersion: major, minorVersion: minor } = xi2;
  if (major === 2 && minor < LEAST_MINOR) throw new UnavailableError(noXInput(`${major}.${minor} is older than 2.1`));
  return extension;
}

/** The rules of the keyboard map: `evdev`, then model and layout, each ended by NUL. */
async function numbersKeysAsLinux(x: OpenX): Promise<boolean> {
  const { atom, property, root } = connectionOver(x);
  return (await property(root, await atom('_XKB_RULES_NAMES'))).toString('latin1').startsWith('evdev\0');
}

async function connectionFor(x: OpenX, extension: XInput): Promise<XiConnection> {
  const { client, root, ask, restAfterwards, onEnd, close } = x;
  const { pointer } = connectionOver(x);
  let screen: Size = { width: x.width, height: x.height };
  let sources: ReadonlyMap<number, XiSource> = new Map();
  let buttons: readonly number[] = [];
  let listener: RawListener = { arrived: () => 0, told: () => undefined };

  const readDevices = async (): Promise<void> => {
    const devices = await ask<readonly XiDevice[]>((reply) => extension.XIQueryDevice(extension.AllDevices, reply));
    const kernel = await readInputDevices(SYSTEM_PLACES.list).catch(() => []);
    sources = sourcesOf(devices, kernel, extension.ClassType);
  };
  const readButtons = async (): Promise<void> => {
    buttons = await ask<readonly number[]>((reply) => client.GetPointerMapping(reply));
  };
  // Read late and together, a new device and what it sends come at once, and the left hand with its first press.
  const order = createHeldBack(async () => {
    await Promise.all([readDevices(), readButtons()]);
  });
  onEnd(order.stop);
  client.on('event', (event) => {
    switch (event.name) {
      case 'ConfigureNotify':
        if (event.wid === root) screen = { width: event.width, height: event.height };
        break;
      case 'MappingNotify':
        if (event.request === POINTER_MAPPING) order.changed();
        break;
      case 'XIHierarchyChanged':
        order.changed();
        break;
      case 'PropertyNotify':
        break;
      default: {
        // After these alone: whatever else was told, the next event finds somebody who reads, and so its time is true.
        restAfterwards(REST_MS);
        const ts = listener.arrived(event);
        // One that has gone meanwhile is no longer listed, and another may have its number.
        const known = sources.get(event.sourceId);
        order.inTurn(() => listener.told(event, ts, sources.get(event.sourceId) ?? known ?? UNLISTED));
      }
    }
  });
  await ask((reply) => client.ChangeWindowAttributes(root, { eventMask: EVENTS.structure }, reply));
  const select = async (kinds: ReadonlySet<DeviceKind>): Promise<void> => {
    const mask = [...kinds].flatMap((kind) => [...RAW[kind]]);
    extension.XISelectEvents(root, [
      { deviceId: extension.AllDevices, mask: ['HierarchyChanged'] },
      { deviceId: extension.AllMasterDevices, mask },
    ]);
    order.changed();
    await order.settled();
    // It may have ended meanwhile.
    await pointer();
  };

  return {
    screen: () => screen,
    button: (physical) => buttons[physical - 1] ?? physical,
    select,
    onRaw: (to) => void (listener = to),
    askPlace: (answer) => {
      // Not after the promise: in what was read together with the answer there may be later events.
      const asked = ask<void>((reply) =>
        client.QueryPointer(root, (error, at) => {
          if (error === null) order.inTurn(() => answer({ x: at.rootX, y: at.rootY }));
          return reply(error);
        }),
      );
      // Of a connection that has ended `onEnd` tells.
      asked.catch(() => undefined);
    },
    caughtUp: async () => {
      // What is told before the first answer may have asked for the place, and is answered before the second.
      for (let answers = 0; answers < 2; answers += 1) await pointer();
      await order.settled();
    },
    onEnd,
    close,
  };
}
