import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MainMessage } from '../../src-preload/contract.ts';
import type { AgentChild } from './agent-child.ts';
import { createRelay, type RelayedPort } from './relay.ts';

function fakePort() {
  const listeners = new Map<string, (event: { data: unknown }) => void>();
  const posted: unknown[] = [];
  const port = {
    on: (event: string, listener: (event: { data: unknown }) => void) => listeners.set(event, listener),
    postMessage: (data: unknown) => posted.push(data),
    start: () => undefined,
    close: () => listeners.get('close')?.({ data: null }),
  };
  return { port: port as unknown as RelayedPort, posted, say: (data: unknown) => listeners.get('message')?.({ data }) };
}

function fakeChild() {
  const sent: MainMessage[] = [];
  const exits = new Set<() => void>();
  const child: AgentChild = {
    carriesPorts: false,
    send: (message) => void sent.push(message),
    onMessage: () => () => undefined,
    onExit: (listener) => {
      const exit = () => listener({ kind: 'exited', code: 0 });
      exits.add(exit);
      return () => exits.delete(exit);
    },
    kill: () => undefined,
  };
  return { child, sent, exits, exit: () => exits.forEach((listener) => listener()) };
}

test('two pages, each on its channel, until they close or the agent ends', () => {
  let line = (_channel: number, _data: unknown): void => undefined;
  const relay = createRelay({ onLine: (listener) => (line = listener) });
  const { child, sent, exits, exit } = fakeChild();
  const [first, second] = [fakePort(), fakePort()];
  relay.connect(child, 1, first.port);
  relay.connect(child, 2, second.port);
  first.say({ id: 5, call: 'train' });
  line(2, 'for the second');
  line(1, 'for the first');
  line(3, 'for nobody');
  assert.deepEqual([first.posted, second.posted], [['for the first'], ['for the second']]);

  first.port.close();
  line(1, 'too late');
  assert.equal(exits.size, 1);
  exit();
  assert.deepEqual(first.posted, ['for the first']);
  assert.deepEqual(sent, [
    { kind: 'connect', channel: 1 },
    { kind: 'connect', channel: 2 },
    { kind: 'line', channel: 1, data: { id: 5, call: 'train' } },
    { kind: 'disconnect', channel: 1 },
    { kind: 'disconnect', channel: 2 },
  ]);
});
