// Enters: the X server's own word of its devices. Leaves: the two collectors that read hands from it.
import type { Collector } from '../collector.ts';
import type { DeviceKind } from '../evdev/input-devices.ts';
import type { XInput } from './xinput-input.ts';

export const xinputKeyboard = (input: XInput): Collector =>
  collector('keyboard', ['keystroke', 'linguistic'], 'keyboard', input);
export const xinputMouse = (input: XInput): Collector => collector('mouse', ['mouse'], 'pointer', input);

function collector(name: string, modalities: Collector['modalities'], kind: DeviceKind, input: XInput): Collector {
  let stopListening: (() => Promise<void>) | null = null;
  return {
    name,
    modalities,
    available: input.available,
    start: async (sink) => {
      stopListening = await input.listen(kind, sink);
    },
    stop: async () => {
      await stopListening?.();
      stopListening = null;
    },
  };
}
