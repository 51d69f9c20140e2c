import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { lazySession } from './session.ts';
import { LOW, STUMP_BYTES } from './stump.fixture.ts';

function counted() {
  let times = 0;
  const source = () => {
    times++;
    return Promise.resolve(STUMP_BYTES);
  };
  return { source, times: () => times };
}

test('a session is made when it is first needed, once for calls that come together', async () => {
  const { source, times } = counted();
  const session = lazySession(source, { name: 'stump', width: 2 });
  assert.equal(session.loaded, false);
  assert.equal(times(), 0);
  const answers = await Promise.all([session.run(LOW), session.run(Float32Array.of(2, 0)), session.run(LOW)]);
  assert.deepEqual(
    answers.map((scores) => [...scores]),
    [[0.25], [0.75], [0.25]],
  );
  assert.equal(times(), 1);
  assert.equal(session.loaded, true);
  await session.release();
  assert.equal(session.loaded, false);
});

test('several rows go through in one call', async () => {
  const session = lazySession(counted().source, { name: 'stump', width: 2 });
  assert.deepEqual([...(await session.run(Float32Array.of(0, 0, 5, 5, 1, 1)))], [0.25, 0.75, 0.25]);
  await session.release();
});

test('releasing waits for calls under way, and the next call loads anew', async () => {
  const { source, times } = counted();
  const session = lazySession(source, { name: 'stump', width: 2 });
  await session.run(LOW);
  const running = session.run(LOW);
  const released = session.release();
  assert.equal(session.loaded, false);
  const afterwards = session.run(LOW);
  assert.deepEqual([...(await running)], [0.25]);
  await released;
  assert.deepEqual([...(await afterwards)], [0.25]);
  assert.equal(times(), 2);
  assert.equal(session.loaded, true);
  await Promise.all([session.release(), session.release()]);
  await session.release();
});

test('an idle session is released, and a call puts that off', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const session = lazySession(counted().source, { name: 'stump', width: 2, idleMs: 1000 });
  await session.run(LOW);
  mock.timers.tick(900);
  await session.run(LOW);
  mock.timers.tick(900);
  assert.equal(session.loaded, true);
  mock.timers.tick(100);
  assert.equal(session.loaded, false);
  assert.deepEqual([...(await session.run(LOW))], [0.25]);
  await session.release();
});

test('a row of another width is refused before anything is loaded', async () => {
  const { source, times } = counted();
  const session = lazySession(source, { name: 'stump', width: 2 });
  await assert.rejects(session.run(Float32Array.of(1, 2, 3)), {
    message: 'model stump reads rows of 2 features; 3 values are no such rows',
  });
  await assert.rejects(session.run(new Float32Array()), /0 values are no such rows/);
  assert.equal(times(), 0);
});

test('a model of another width than its card says is an error', async () => {
  const session = lazySession(counted().source, { name: 'stump', width: 3 });
  await assert.rejects(session.run(Float32Array.of(1, 2, 3)), /^Error: model stump can't be run: .*; train again$/s);
  await session.release();
});

test('a truncated file is an error that names the model, and a mended one is read the next time', async () => {
  let bytes: Uint8Array = STUMP_BYTES.slice(0, STUMP_BYTES.length - 30);
  const session = lazySession(() => Promise.resolve(bytes), { name: 'stump', width: 2 });
  const failing = [session.run(LOW), session.run(LOW)];
  for (const call of failing) await assert.rejects(call, /^Error: model stump can't be loaded: .*; train again$/s);
  assert.equal(session.loaded, false);
  await session.release();
  bytes = STUMP_BYTES;
  assert.deepEqual([...(await session.run(LOW))], [0.25]);
  await session.release();
});

test('what the source refuses reaches the caller in its own words', async () => {
  const session = lazySession(() => Promise.reject(new Error('model stump refused: …')), { name: 'stump', width: 2 });
  await assert.rejects(session.run(LOW), { message: 'model stump refused: …' });
  assert.equal(session.loaded, false);
});
