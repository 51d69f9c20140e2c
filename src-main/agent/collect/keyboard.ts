// Enters: raw key events of the shared hook. Leaves: keystroke events, one press and one release a stroke.
import type { Collector } from './collector.ts';
import type { InputHook } from './input-hook.ts';
import { keyName } from './key-names.ts';
import { NATIVE } from './native-hook.ts';

export function keyboardCollector(hook: InputHook): Collector {
  let stopListening: (() => Promise<void>) | null = null;
  return {
    name: 'keyboard',
    modalities: ['keystroke', 'linguistic'],
    available: hook.available,
    start: async ({ publish, report }) => {
      // While a key is held, X repeats the press; only the first is the typist's.
      const held = new Set<number>();
      stopListening = await hook.listen({
        report: (availability) => {
          held.clear();
          report(availability);
        },
        input: (event, ts) => {
          if (!('keycode' in event)) return;
          const { type, keycode } = event;
          if (type === NATIVE.keyDown && !held.has(keycode)) {
            held.add(keycode);
            publish({ type: 'keystroke', ts, key: keyName(keycode), event: 'press' });
          } else if (type === NATIVE.keyUp) {
            held.delete(keycode);
            publish({ type: 'keystroke', ts, key: keyName(keycode), event: 'release' });
          }
        },
      });
    },
    stop: async () => {
      await stopListening?.();
      stopListening = null;
    },
  };
}
