import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBus } from './ring-bus.ts';
import type { Bus, Subscription } from './ring-bus.ts';

function drained<T>(subscription: Subscription<T>): readonly T[] {
  const events: T[] = [];
  subscription.drain((event) => events.push(event));
  return events;
}

function publish(bus: Bus<number>, from: number, to: number): void {
  for (let n = from; n <= to; n++) bus.publish(n);
}

test('each subscriber gets each event once, in order, from when it subscribed', () => {
  const bus = createBus<number>(8);
  publish(bus, 1, 2);
  const early = bus.subscribe('early');
  publish(bus, 3, 4);
  const late = bus.subscribe('late');
  publish(bus, 5, 6);
  assert.deepEqual(drained(early), [3, 4, 5, 6]);
  assert.deepEqual(drained(early), []);
  assert.deepEqual(drained(late), [5, 6]);
  assert.deepEqual(bus.metrics(), {
    published: 6,
    subscribers: [
      { name: 'early', delivered: 4, dropped: 0, failed: 0, depth: 0, rate: 0 },
      { name: 'late', delivered: 2, dropped: 0, failed: 0, depth: 0, rate: 0 },
    ],
  });
});

test('a subscriber that is a ring behind loses its oldest events, counted, and slows nobody', () => {
  const bus = createBus<number>(4);
  const slow = bus.subscribe('slow');
  const quick = bus.subscribe('quick');
  publish(bus, 1, 3);
  assert.deepEqual(drained(quick), [1, 2, 3]);
  publish(bus, 4, 6);
  // Six published, four kept: 1 and 2 are gone for the slow one.
  assert.deepEqual(slow.metrics, { delivered: 0, dropped: 2, failed: 0, depth: 4, rate: 0 });
  assert.deepEqual(quick.metrics, { delivered: 3, dropped: 0, failed: 0, depth: 3, rate: 0 });
  assert.deepEqual(drained(slow), [3, 4, 5, 6]);
  assert.deepEqual(drained(quick), [4, 5, 6]);
  publish(bus, 7, 17);
  assert.deepEqual(drained(slow), [14, 15, 16, 17]);
  assert.deepEqual(slow.metrics, { delivered: 8, dropped: 9, failed: 0, depth: 0, rate: 0 });
});

test('a full ring is not an overflow', () => {
  const bus = createBus<number>(4);
  const subscription = bus.subscribe('s');
  publish(bus, 1, 4);
  assert.deepEqual(subscription.metrics, { delivered: 0, dropped: 0, failed: 0, depth: 4, rate: 0 });
  assert.deepEqual(drained(subscription), [1, 2, 3, 4]);
});

test('what a handler publishes waits for the next drain; what it overwrites is counted', () => {
  const bus = createBus<number>(4);
  const subscription = bus.subscribe('s');
  publish(bus, 1, 4);
  const seen: number[] = [];
  // Handling 1 publishes 11, 12, 13: they take the places of 1, 2 and 3, so 2 and 3 are lost.
  const count = subscription.drain((event) => {
    seen.push(event);
    if (event === 1) publish(bus, 11, 13);
  });
  assert.equal(count, 2);
  assert.deepEqual(seen, [1, 4]);
  assert.deepEqual(subscription.metrics, { delivered: 2, dropped: 2, failed: 0, depth: 3, rate: 0 });
  assert.deepEqual(drained(subscription), [11, 12, 13]);
});

test('a handler that throws loses that event only, and is reported', () => {
  const errors: string[] = [];
  const bus = createBus<number>(8, (name, error) => errors.push(`${name}: ${String(error)}`));
  const faulty = bus.subscribe('faulty');
  const sound = bus.subscribe('sound');
  publish(bus, 1, 3);
  const seen: number[] = [];
  const count = faulty.drain((event) => {
    if (event === 2) throw new TypeError('no such thing');
    seen.push(event);
  });
  assert.equal(count, 3);
  assert.deepEqual(seen, [1, 3]);
  assert.deepEqual(errors, ['faulty: TypeError: no such thing']);
  assert.deepEqual(faulty.metrics, { delivered: 3, dropped: 0, failed: 1, depth: 0, rate: 0 });
  assert.deepEqual(drained(sound), [1, 2, 3]);
});

test('a closed subscription gets nothing more, even when it closes within its handler', () => {
  const bus = createBus<number>(8);
  const closing = bus.subscribe('closing');
  const staying = bus.subscribe('staying');
  publish(bus, 1, 3);
  const seen: number[] = [];
  closing.drain((event) => {
    seen.push(event);
    closing.close();
  });
  assert.deepEqual(seen, [1]);
  assert.deepEqual(drained(closing), []);
  assert.deepEqual(drained(staying), [1, 2, 3]);
  assert.deepEqual(
    bus.metrics().subscribers.map((subscriber) => subscriber.name),
    ['staying'],
  );
});

test('the listener hears of the first event after a drain, once', () => {
  const bus = createBus<number>(8);
  let calls = 0;
  const off = bus.onPending(() => calls++);
  bus.publish(1);
  assert.equal(calls, 0, 'nobody subscribes, so there is nothing to drain');
  const subscription = bus.subscribe('s');
  publish(bus, 2, 4);
  assert.equal(calls, 1);
  subscription.drain((event) => {
    if (event === 4) bus.publish(5);
  });
  assert.equal(calls, 2, 'an event that is published while others are drained needs another drain');
  assert.deepEqual(drained(subscription), [5]);
  assert.equal(calls, 2);
  off();
  bus.publish(6);
  assert.equal(calls, 2);
});

test('the ring lets go of an event once the last subscriber has seen it', async () => {
  const bus = createBus<object>(8);
  const [first, second] = [bus.subscribe('first'), bus.subscribe('second')];
  const gone: string[] = [];
  const registry = new FinalizationRegistry<string>((name) => gone.push(name));
  (() => {
    const event = {};
    registry.register(event, 'event');
    bus.publish(event);
  })();
  first.drain(() => undefined);
  await collectGarbage();
  assert.deepEqual(gone, [], 'the second subscriber has not seen it yet');
  second.drain(() => undefined);
  await collectGarbage();
  assert.deepEqual(gone, ['event']);
});

async function collectGarbage(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let n = 0; n < 3; n++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('100,000 events through a ring of 16, drained every 10: nothing lost, nothing kept', () => {
  const bus = createBus<number>(16);
  const subscription = bus.subscribe('s');
  let sum = 0;
  for (let n = 1; n <= 100_000; n++) {
    bus.publish(n);
    if (n % 10 === 0) subscription.drain((event) => (sum += event));
  }
  // Gauss: n(n + 1) / 2.
  assert.equal(sum, 5_000_050_000);
  assert.deepEqual(subscription.metrics, { delivered: 100_000, dropped: 0, failed: 0, depth: 0, rate: 0 });
});

test('a subscriber gets, waits for and loses only what it wants', () => {
  const bus = createBus<number>(4);
  const even = bus.subscribe('even', (n) => n % 2 === 0);
  publish(bus, 1, 3);
  assert.equal(even.metrics.depth, 1);
  assert.deepEqual(drained(even), [2]);
  // Of 4 to 11 the ring keeps 8 to 11; 4 and 6 were wanted and are gone.
  publish(bus, 4, 11);
  assert.deepEqual(even.metrics, { delivered: 1, dropped: 2, failed: 0, depth: 2, rate: 0 });
  assert.deepEqual(drained(even), [8, 10]);
  publish(bus, 13, 13);
  assert.deepEqual(drained(even), []);
  assert.deepEqual(even.metrics, { delivered: 3, dropped: 2, failed: 0, depth: 0, rate: 0 });
});

test('the rate is that of the last span of a second or more', () => {
  let nowMs = 0;
  const bus = createBus<number>(1024, undefined, () => nowMs);
  const subscription = bus.subscribe('s');
  publish(bus, 1, 100);
  nowMs = 400;
  drained(subscription);
  assert.equal(subscription.metrics.rate, 0, 'not yet known');
  publish(bus, 1, 50);
  nowMs = 1500;
  drained(subscription);
  assert.equal(subscription.metrics.rate, 100);
  nowMs = 3000;
  assert.equal(subscription.metrics.rate, 0, 'nothing came since');
});

test('a capacity that is no power of two is refused', () => {
  for (const capacity of [0, -4, 3, 1000, 2.5, NaN, 2 ** 31])
    assert.throws(() => createBus(capacity), RangeError, String(capacity));
});
