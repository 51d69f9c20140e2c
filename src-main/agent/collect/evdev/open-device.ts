// One device in; its keystrokes and movements out, from its file or from the helper's socket, until it goes.
import { fileOf, type EvdevPlaces } from './device-access.ts';
import { createDeviceState } from './device-state.ts';
import { readDevice, REST_MS, type DeviceReader, type ReaderParts } from './device-reader.ts';
import type { KeystrokeEvent, MouseEvent } from '../../events.ts';
import type { InputDevice } from './input-devices.ts';
import { createEventParser } from './input-event.ts';
import type { PointerPath } from './pointer-path.ts';

export interface OpenParts {
  readonly places: EvdevPlaces;
  readonly path: PointerPath;
  /** Whether what comes in now is our user's. */
  readonly isOurs: () => boolean;
  readonly publish: (event: KeystrokeEvent | MouseEvent) => void;
  readonly refuse: (reason: string) => void;
  /** It is gone, or what it sends can't be read. */
  readonly onEnd: (error: Error | null) => void;
}

const LOST = 'input came faster than it could be read; nothing is timed across the gap';
const FLOOD = 'a device sends more than any hand can; the rest of the second is left out';

/** @throws Error with its code when the device can't be opened */
export function openDevice(device: InputDevice, parts: OpenParts): DeviceReader {
  const { places, refuse, onEnd } = parts;
  const state = createDeviceState({ device, path: parts.path, publish: parts.publish, lost: () => refuse(LOST) });
  const parser = createEventParser((type, code, value, atUs) => {
    if (parts.isOurs()) state.visit(type, code, value, atUs);
    else state.cut(atUs);
  });
  const reader: ReaderParts = {
    restMs: device.pointer === null ? REST_MS.keyboard : REST_MS.pointer,
    onBytes: parser.push,
    onFlood: () => {
      refuse(FLOOD);
      state.cut(Date.now() * 1000);
    },
    onEnd,
  };
  return readDevice(fileOf(places, device), reader);
}
