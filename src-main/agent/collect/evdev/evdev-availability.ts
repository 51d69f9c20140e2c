// The devices and who may read them in; whether keyboards (or mice) can be read out, in the words of the dashboard.
import type { Availability } from '../collector.ts';
import type { Unavailable } from '../unavailable.ts';
import { isReadable, type EvdevPlaces } from './device-access.ts';
import { readerTrouble } from './device-reader.ts';
import { hasKind, type DeviceKind, type InputDevice } from './input-devices.ts';
import { layoutTrouble } from './input-event.ts';

const NAMES = { keyboard: 'keyboard', pointer: 'mouse' } as const satisfies Record<DeviceKind, string>;
const OTHERWISE = 'Log in to an X11 session.';

export interface AvailabilityParts {
  readonly places: EvdevPlaces;
  /** null where the kernel tells of none. */
  readonly devices: readonly InputDevice[] | null;
  /** Those that are read, where somebody listens; by default those that could be. */
  readonly readable?: (device: InputDevice) => boolean;
  /** Why it can't be told who sits at the machine; null where it can. */
  readonly seat?: string | null;
}

export function kindAvailability(kind: DeviceKind, parts: AvailabilityParts): Availability {
  const { places, devices, seat = null } = parts;
  const trouble = layoutTrouble() ?? readerTrouble();
  if (trouble !== null) return { ok: false, reason: trouble, fix: OTHERWISE };
  if (devices === null) {
    const reason = `the kernel tells of no input devices (${places.list})`;
    return { ok: false, reason, fix: 'Run SecLyzer on Linux, outside of a container.' };
  }
  const all = devices.filter((device) => hasKind(device, kind));
  if (all.length === 0) return { ok: false, reason: `there is no ${NAMES[kind]}`, fix: `Connect a ${NAMES[kind]}.` };
  const readable = all.filter(parts.readable ?? ((device) => isReadable(places, device)));
  if (readable.length === 0)
    return all.some((device) => isReadable(places, device)) ? notUnderstood(kind) : notReadable(kind, places);
  return { ok: true, through: 'evdev', note: noteOf(kind, readable, all.length, seat) };
}

const notUnderstood = (kind: DeviceKind): Unavailable => ({
  ok: false,
  reason: `the ${NAMES[kind]} sends what is not understood, or can not be opened`,
  fix: 'It is tried again by itself; if that does not help, plug it in again.',
});

const notReadable = (kind: DeviceKind, places: EvdevPlaces): Unavailable => ({
  ok: false,
  reason: `this user may not read the ${NAMES[kind]} in ${places.devices}`,
  fix:
    'Allow it by the rule assets/70-seclyzer-input.rules, or with: sudo usermod -aG input NAME, then log in again. ' +
    'Every program of yours can then read what is typed; seclyzer doctor says more.',
});

function noteOf(kind: DeviceKind, readable: readonly InputDevice[], all: number, seat: string | null): string {
  const programs = readable.filter(({ virtual }) => virtual).length;
  const words = [
    `read from the kernel (evdev): ${readable.length} of ${all}`,
    ...(programs === 0 ? [] : [`${programs} of them made by a program`]),
    ...(seat === null ? [] : [`whose session is in front can not be told (${seat})`]),
  ];
  return `${NAMES[kind] === 'keyboard' ? 'Keyboards' : 'Mice and touchpads'} ${words.join('; ')}.`;
}
