import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_CAPACITY } from './bus/ring-bus.ts';
import type { InputEvent } from './events.ts';
import { createIntake, type Intake } from './intake.ts';

const intakeInto = (got: number[], nowUs: number, drained = (): void => undefined): Intake =>
  createIntake({ accept: ({ ts }) => got.push(ts), nowUs: () => nowUs, drained, onLost: assert.ifError });
const press = (ts: number): InputEvent => ({ type: 'keystroke', ts, key: 'a', event: 'press' });

test('events arrive in order by themselves, in batches', async () => {
  const got: number[] = [];
  const batch = Promise.withResolvers<void>();
  const intake = intakeInto(got, 10, batch.resolve);
  for (const ts of [1, 2, 3]) intake.publish(press(ts));
  assert.deepEqual(got, [], 'not one by one');
  await batch.promise;
  assert.deepEqual(got, [1, 2, 3]);
  assert.equal(intake.counts().published, 3);
});

test('where very much waits, it is handed over before the next tick', async () => {
  const got: number[] = [];
  const batch = Promise.withResolvers<void>();
  const intake = intakeInto(got, 1e6, batch.resolve);
  const startMs = performance.now();
  for (let ts = 1; ts <= DEFAULT_CAPACITY / 2; ts += 1) intake.publish(press(ts));
  await batch.promise;
  assert.equal(got.length, DEFAULT_CAPACITY / 2);
  assert.ok(performance.now() - startMs < 500, 'without waiting for a timer');
  intake.stop();
});

test('a flood loses the oldest and counts them; a refusal is counted with its reason', () => {
  const got: number[] = [];
  const intake = intakeInto(got, 1e6);
  for (let ts = 1; ts <= DEFAULT_CAPACITY + 5; ts += 1) intake.publish(press(ts));
  intake.refuse('"ts" is missing');
  intake.drain();
  assert.equal(got[0], 6);
  assert.equal(got.length, DEFAULT_CAPACITY);
  assert.deepEqual(intake.counts(), {
    published: DEFAULT_CAPACITY + 5,
    refused: 1,
    dropped: 5,
    lastRefusal: '"ts" is missing',
  });
  intake.stop();
});

test('an event from the future is refused with how far ahead it is, and stops nothing', () => {
  const got: number[] = [];
  const intake = intakeInto(got, 1_000_000);
  for (const ts of [900_000, 61_000_000, 1_000_000]) intake.publish(press(ts));
  intake.drain();
  assert.deepEqual(got, [900_000, 1_000_000]);
  assert.equal(intake.counts().lastRefusal, '"ts" lies 60 s in the future');
  intake.stop();
});

test('an event that a reader fails on is told, the others go on', () => {
  const got: number[] = [];
  const lost: unknown[] = [];
  const accept = ({ ts }: InputEvent): void => {
    if (ts === 2) throw new Error('no');
    got.push(ts);
  };
  const intake = createIntake({
    accept,
    nowUs: () => 10,
    drained: () => undefined,
    onLost: (error) => lost.push(error),
  });
  for (const ts of [1, 2, 3]) intake.publish(press(ts));
  intake.drain();
  assert.deepEqual(got, [1, 3]);
  assert.equal(lost.length, 1);
  intake.stop();
});
