// The devices of this machine in; whether this user may read them out. Looks only.
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { InputDevice } from './input-devices.ts';

/** Where the kernel keeps what is needed; others for tests. */
export interface EvdevPlaces {
  readonly devices: string;
  readonly list: string;
}

export const SYSTEM_PLACES: EvdevPlaces = { devices: '/dev/input', list: '/proc/bus/input/devices' };

export const fileOf = ({ devices }: EvdevPlaces, { node }: Pick<InputDevice, 'node'>): string => join(devices, node);

export function isReadable(places: EvdevPlaces, device: Pick<InputDevice, 'node'>): boolean {
  try {
    accessSync(fileOf(places, device), constants.R_OK);
    return true;
  } catch {
    return false; // Not there, or not for us: the answer is the same.
  }
}
