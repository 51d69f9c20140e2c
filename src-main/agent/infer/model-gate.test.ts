import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { forestToOnnx } from '../learn/onnx-forest.ts';
import { createModelDoor, ModelRefused } from './model-gate.ts';
import { lazySession } from './session.ts';

/** One tree of two features: 0.25 where the first is at most 1, otherwise 0.75. */
const BYTES = forestToOnnx({
  d: 2,
  roots: Int32Array.of(0),
  feature: Int32Array.of(0, -1, -1),
  threshold: Float32Array.of(1, 0, 0),
  below: Int32Array.of(1, -1, -1),
  above: Int32Array.of(2, -1, -1),
  share: Float32Array.of(0.5, 0.25, 0.75),
});
const LOW = Float32Array.of(1, 9);
const read = (): Promise<Uint8Array> => Promise.resolve(BYTES);
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('without memory no session is made; with memory again the next call makes one', async () => {
  const door = createModelDoor();
  const session = lazySession(read, { name: 'stump', width: 2, gate: door });
  door.set('84 % of the memory is in use.', 1000);
  await assert.rejects(session.run(LOW), (error) => {
    assert.ok(error instanceof ModelRefused);
    assert.equal(error.message, 'The model stump waits for memory: 84 % of the memory is in use.');
    return true;
  });
  assert.deepEqual(door.models(), [{ name: 'stump', loaded: false, addedMiB: null }]);
  door.set(null, 1000);
  assert.deepEqual([...(await session.run(LOW))], [0.25]);
  await session.release();
});

test('a session that is held goes as soon as memory is short, and a call under way ends well', async () => {
  const door = createModelDoor();
  const session = lazySession(read, { name: 'stump', width: 2, gate: door });
  await session.run(LOW);
  assert.equal(door.models()[0]?.loaded, true);
  const under = session.run(LOW);
  door.set('short', 1000);
  assert.deepEqual([...(await under)], [0.25]);
  assert.equal(door.models()[0]?.loaded, false);
  await assert.rejects(session.run(LOW), ModelRefused);
});

test('a shorter rest holds for what is resting already', async (t) => {
  const door = createModelDoor();
  const session = lazySession(read, { name: 'stump', width: 2, gate: door });
  await session.run(LOW);
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  door.set(null, 10_000);
  mock.timers.tick(9999);
  assert.equal(session.loaded, true);
  mock.timers.tick(1);
  await settled();
  assert.equal(session.loaded, false);
});

test('what a model adds is measured where it is made; one that is made anew takes its place', async () => {
  let rss = 50 * 2 ** 20;
  const door = createModelDoor(() => rss);
  const grown = async (): Promise<Uint8Array> => {
    rss += 3 * 2 ** 20;
    return BYTES;
  };
  const first = lazySession(grown, { name: 'stump', width: 2, gate: door });
  await first.run(LOW);
  assert.deepEqual(door.models(), [{ name: 'stump', loaded: true, addedMiB: 3 }]);
  await first.release();
  const second = lazySession(grown, { name: 'stump', width: 2, gate: door });
  assert.deepEqual(door.models(), [{ name: 'stump', loaded: false, addedMiB: 3 }]);
  await second.release();
});
