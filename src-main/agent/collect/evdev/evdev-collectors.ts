// Enters: the devices of this machine. Leaves: the two collectors that read hands from the kernel, whatever the desktop is.
import type { Collector } from '../collector.ts';
import type { EvdevInput } from './evdev-input.ts';
import type { DeviceKind } from './input-devices.ts';

export const evdevKeyboard = (input: EvdevInput): Collector =>
  collector('keyboard', ['keystroke', 'linguistic'], 'keyboard', input);
export const evdevMouse = (input: EvdevInput): Collector => collector('mouse', ['mouse'], 'pointer', input);

function collector(name: string, modalities: Collector['modalities'], kind: DeviceKind, input: EvdevInput): Collector {
  let stopListening: (() => Promise<void>) | null = null;
  return {
    name,
    modalities,
    available: () => input.available(kind),
    start: async (sink) => {
      stopListening = await input.listen(kind, sink);
    },
    stop: async () => {
      await stopListening?.();
      stopListening = null;
    },
  };
}
