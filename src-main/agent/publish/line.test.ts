import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { once } from 'node:events';
import { test } from 'node:test';
import { CALLS, type Handlers, type Push } from '../../../src-preload/contract.ts';
import { MAX_CALLS_AT_ONCE, serveLine } from './line.ts';

const POINT = { atMs: 1_700_000_000_000, trust: 94, low: 90, high: 97, state: 'NORMAL' } as const;

/** A line over a real message channel, to an agent with the given handlers. */
function lineTo(handlers: Partial<Handlers>) {
  const { port1: page, port2: port } = new MessageChannel();
  const listeners = new Set<(push: Push) => void>();
  const refuse = () => Promise.reject(new Error('not part of this test'));
  serveLine(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', listener),
      onClose: (listener) => port.once('close', listener),
    },
    {
      handlers: {
        ...(Object.fromEntries(Object.keys(CALLS).map((name) => [name, refuse])) as unknown as Handlers),
        ...handlers,
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  );
  const inbox: unknown[] = [];
  page.on('message', (message: unknown) => inbox.push(message));
  const received = async (count: number) => {
    while (inbox.length < count) await once(page, 'message');
    return inbox;
  };
  return { page, port, listeners, inbox, received };
}

test('a call is answered under its number, with the default for an argument left out', async () => {
  const line = lineTo({
    trustHistory: (arg) => Promise.resolve(arg.minutes === 30 ? [POINT] : []),
    restartEnrolment: (arg) => Promise.resolve(arg),
  });
  line.page.postMessage({ id: 7, call: 'trustHistory', arg: { minutes: 30 } });
  line.page.postMessage({ id: 8, call: 'restartEnrolment' });
  assert.deepEqual(await line.received(2), [
    { id: 7, ok: true, result: [POINT] },
    { id: 8, ok: true, result: null },
  ]);
  line.page.close();
});

test('bad arguments, unknown names, failing handlers and wrong results are refused in words', async () => {
  const line = lineTo({
    train: () => Promise.reject(new Error('no windows yet')),
    decisions: () => Promise.resolve([{ wrong: true }] as never),
  });
  for (const [id, call, arg] of [
    [1, 'trustHistory', { minutes: 'many' }],
    [2, '__proto__', null],
    [3, 'train', null],
    [4, 'decisions', { limit: 5 }],
  ]) {
    line.page.postMessage({ id, call, arg });
  }
  const answers = (await line.received(4)) as { id: number; ok: boolean; error: string }[];
  const errorOf = (id: number) => answers.find((answer) => answer.id === id && !answer.ok)?.error ?? '';
  assert.match(errorOf(1), /^trustHistory: argument: minutes: /);
  assert.equal(errorOf(2), 'no such call: __proto__');
  assert.equal(errorOf(3), 'no windows yet');
  assert.match(errorOf(4), /^decisions: result: /);
  line.page.close();
});

test('what is no request is refused by its number, or passed over without one', async () => {
  const line = lineTo({ train: () => Promise.resolve(['done']) });
  for (const message of [
    null,
    'train',
    { id: -1, call: 'train' },
    { id: 0.5, call: 'train' },
    [],
    { id: 5, call: 6 },
  ]) {
    line.page.postMessage(message);
  }
  line.page.postMessage({ id: 6, call: 'train' });
  const [first, second, ...more] = (await line.received(2)) as { id: number; ok: boolean; error?: string }[];
  assert.deepEqual([first?.id, first?.ok], [5, false]);
  assert.match(first?.error ?? '', /^request: call: /);
  assert.deepEqual(second, { id: 6, ok: true, result: ['done'] });
  assert.deepEqual(more, []);
  line.page.close();
});

test('pushes flow until the line closes; a late answer goes nowhere', async () => {
  let finish = (_: string[]): void => undefined;
  const line = lineTo({ train: () => new Promise((resolve) => (finish = resolve)) });
  const push: Push = { push: 'trustPoint', data: POINT };
  line.listeners.forEach((listener) => listener(push));
  assert.deepEqual(await line.received(1), [push]);

  line.page.postMessage({ id: 1, call: 'train' });
  line.page.close();
  await once(line.port, 'close');
  assert.equal(line.listeners.size, 0);
  finish([]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(line.inbox.length, 1);
});

test('a flood of calls is refused, and forgiven once answers went out', async () => {
  const waiting: ((words: string[]) => void)[] = [];
  const line = lineTo({ train: () => new Promise((resolve) => waiting.push(resolve)) });
  for (let id = 0; id <= MAX_CALLS_AT_ONCE; id++) line.page.postMessage({ id, call: 'train' });
  const [refused] = await line.received(1);
  assert.deepEqual(refused, {
    id: MAX_CALLS_AT_ONCE,
    ok: false,
    error: 'Too many calls at once. Wait for the answers.',
  });
  waiting.splice(0).forEach((resolve) => resolve([]));
  await line.received(1 + MAX_CALLS_AT_ONCE);
  line.page.postMessage({ id: 100, call: 'train' });
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  waiting[0]?.(['again']);
  assert.deepEqual((await line.received(2 + MAX_CALLS_AT_ONCE)).at(-1), { id: 100, ok: true, result: ['again'] });
  line.page.close();
});
