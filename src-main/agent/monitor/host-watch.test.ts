import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HostEvent, HostView } from '../../../src-preload/contract.ts';
import { metricEvent } from './events.fixture.ts';
import { createHostWatch, LOOK_MS } from './host-watch.ts';

function stage(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const listeners = new Set<(event: HostEvent) => void>();
  let [views, pushes] = [0, 0];
  const clock = { ms: 0 };
  const watch = createHostWatch({
    nowMs: () => clock.ms,
    monitor: {
      subscribe: (_name, _types, listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    view: () => {
      views += 1;
      return {} as HostView;
    },
    push: () => {
      pushes += 1;
    },
  });
  t.after(watch.stop);
  /** One round: three sources. */
  const round = (afterMs = 1000): void => {
    clock.ms += afterMs;
    for (const source of ['cpu', 'memory', 'disk']) for (const listener of listeners) listener(metricEvent(source, {}));
  };
  return { watch, round, later: (ms: number) => t.mock.timers.tick(ms), seen: () => [listeners.size, views, pushes] };
}

test('one push a round while somebody looks', (t) => {
  const { watch, round, seen } = stage(t);
  watch.look();
  round();
  // A busy machine is late, and the next round is not.
  round(1150);
  round(850);
  assert.deepEqual(seen(), [1, 3, 3]);
});

test('whoever reports a thousand times a second does not make it push more', (t) => {
  const { watch, round, seen } = stage(t);
  watch.look();
  for (let ms = 0; ms < 8000; ms++) round(1);
  assert.deepEqual(seen(), [1, 10, 10]);
});

test('while nobody looks it does not even listen', (t) => {
  const { watch, round, later, seen } = stage(t);
  round();
  assert.deepEqual(seen(), [0, 0, 0]);
  watch.look();
  later(LOOK_MS - 1);
  watch.look();
  later(LOOK_MS - 1);
  round();
  assert.deepEqual(seen(), [1, 1, 1]);
  later(1);
  round();
  assert.deepEqual(seen(), [0, 1, 1]);
});
