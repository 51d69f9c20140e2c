// Visits to an agent that answers everything: what was asked of it, and that they end when they are told to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { callName } from '../../src-preload/contract.ts';
import { ROUTES } from '../agent/publish/api/routes.ts';
import { CALLS, dispatch, type Handlers } from '../../src-preload/contract.ts';
import { pause, visit } from './soak-visits.ts';
import type { SoakClient } from './soak-client.ts';

test('a dashboard looks, programs read, the owner changes something, with arguments that the contract takes', async () => {
  const asked: [string, unknown][] = [];
  const read: string[] = [];
  const notes: string[] = [];
  const over = new AbortController();
  const client: SoakClient = {
    call: async (name, arg = null) => {
      asked.push([name, arg]);
      return {};
    },
    get: async (path) => void read.push(path),
    ingest: async () => 0,
    listen: async (_, ms) => {
      await pause(ms, over.signal);
      return 0;
    },
    page: async () => void read.push('page'),
    counts: () => ({ requests: 0, messages: 0, refusals: {}, failures: {} }),
  };
  const visiting = visit({
    ...{ client, random: createRandom(1), lifeMs: () => 1_700_000_000_000, over: over.signal },
    note: (text) => void notes.push(text),
  });
  await pause(100, over.signal);
  over.abort();
  await visiting;
  assert.deepEqual(notes, ['writing is watched']);
  assert.ok(asked.length >= 15);
  for (const [name, arg] of asked) {
    // As the agent checks it; what a handler of this test throws says that the argument was taken.
    const handlers = { [name]: () => Promise.reject(new Error('taken')) } as unknown as Handlers;
    await assert.rejects(dispatch(handlers, name, arg), /taken/, name);
    assert.ok(Object.hasOwn(CALLS, callName(name)));
  }
  const known = new Set(['page', '/healthz', '/metrics', '/openapi.json', ...ROUTES.map(({ path }) => path)]);
  assert.deepEqual(
    read.filter((path) => !known.has(path.split('?')[0] ?? '')),
    [],
  );
  assert.ok(read.includes('page') && read.length >= 12);
});
