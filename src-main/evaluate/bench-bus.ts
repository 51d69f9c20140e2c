// From the native callback to the bus, and the bus alone. Leaves: the figures of collection.
import { createBus } from '../agent/bus/ring-bus.ts';
import { createInputHook } from '../agent/collect/input-hook.ts';
import { keyboardCollector } from '../agent/collect/keyboard.ts';
import { mouseCollector } from '../agent/collect/mouse.ts';
import { NATIVE, type NativeEvent } from '../agent/collect/native-hook.ts';
import type { InputEvent } from '../agent/events.ts';
import type { Figure } from './bench-figure.ts';
import { cycled, timeMs } from './bench-timing.ts';
import { adaAtWork, take } from './bench-stream.ts';

const BATCH = 8192;
const US_PER_MS = 1000;

export function busFigures(): readonly Figure[] {
  const rate = { unit: 'events/s', better: 'more', statistic: 'median', reference: 10_000, goal: 5_000_000 } as const;
  const less = { better: 'less', statistic: 'p99' } as const;
  return [
    { ...less, name: 'callback', unit: 'ms', reference: 1, goal: 0.1, measure: measureCallback },
    { ...less, name: 'bus-publish', unit: 'µs', reference: 100, goal: 2, measure: measurePublish },
    { ...rate, name: 'bus-events-1', measure: () => measureBus(1) },
    { ...rate, name: 'bus-events-5', measure: () => measureBus(5) },
  ];
}

const events = (): readonly InputEvent[] => take(adaAtWork(1)[Symbol.iterator](), BATCH);

/** Raw events through the real hook, clock and collectors onto a bus. Only the native library is played by hand. */
async function measureCallback(): Promise<readonly number[]> {
  let fire: (event: NativeEvent) => void = () => undefined;
  const native = {
    on: (_: string, listener: typeof fire) => (fire = listener),
    off: nothing,
    start: nothing,
    stop: nothing,
  };
  // A platform without an X server to ask, so that the figure is the same with and without a display.
  const hook = createInputHook({ platform: 'darwin', load: () => Promise.resolve(native) });
  const bus = createBus<InputEvent>();
  const subscription = bus.subscribe('bench');
  const collectors = [keyboardCollector(hook), mouseCollector(hook)];
  for (const { start } of collectors) await start({ publish: bus.publish, report: nothing, refuse: nothing });
  const raw = rawEvents();
  const took = timeMs((call) => fire({ ...cycled(raw, call), time: call }), { warmUp: 20_000, samples: 20_000 });
  const { length: expected } = took;
  if (subscription.drain(nothing) < Math.min(expected, BATCH)) throw new Error('the callback published too little');
  for (const { stop } of collectors) await stop();
  return took;
}

/** A key down, the pointer moved, the key up, and so on. */
function rawEvents(): readonly NativeEvent[] {
  const keys = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  const move = { type: NATIVE.move, x: 100, y: 200, button: 0, clicks: 0, time: 0, ...keys };
  const key = { keycode: 30, time: 0, ...keys };
  return [{ type: NATIVE.keyDown, ...key }, move, { type: NATIVE.keyUp, ...key }, move] as readonly NativeEvent[];
}

/** One publish at a time; the clock's own cost, some 50 ns, is in it. */
async function measurePublish(): Promise<readonly number[]> {
  const bus = createBus<InputEvent>();
  const subscription = bus.subscribe('bench');
  bus.onPending(nothing);
  const published = events();
  const publish = (call: number): void => {
    // What the ring holds is handed over now and then, outside the samples of the other publishes.
    if (call % BATCH === 0) subscription.drain(nothing);
    bus.publish(cycled(published, call));
  };
  return timeMs(publish, { warmUp: 50_000, samples: 100_000 }).map((ms) => ms * US_PER_MS);
}

/** Batches published and handed to every subscriber. */
async function measureBus(subscribers: number): Promise<readonly number[]> {
  const bus = createBus<InputEvent>();
  const subscriptions = Array.from({ length: subscribers }, (_, i) => bus.subscribe(`bench ${i}`));
  const published = events();
  let seen = 0;
  const count = (event: InputEvent): void => void (seen += event.ts > 0 ? 1 : 0);
  const round = (): void => {
    for (const event of published) bus.publish(event);
    for (const { drain } of subscriptions) drain(count);
  };
  const repeats = { warmUp: 50, samples: 200 };
  const took = timeMs(round, repeats);
  const expected = (repeats.warmUp + repeats.samples) * published.length * subscribers;
  if (seen !== expected) throw new Error(`the bus handed over ${seen} of ${expected} events`);
  return took.map((ms) => (1000 * published.length) / ms);
}

function nothing(): void {
  // Takes what it is given and does nothing with it.
}
