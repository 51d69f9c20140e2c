import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Push, Request } from '../src-preload/contract.ts';
import { bridgeClient } from './bridge-client.ts';

/** The preload's side of the bridge, played by hand. */
function openBridge(limitMs?: number) {
  const sent: Request[] = [];
  const complaints: string[] = [];
  let deliver: (message: unknown) => void = () => assert.fail('nobody listens');
  let close: () => void = () => assert.fail('nobody listens');
  let absent: (why: unknown) => void = () => assert.fail('nobody listens');
  const asked: string[] = [];
  const bridge = {
    send: (message: Request) => void sent.push(message),
    onMessage: (listener: (message: unknown) => void) => ((deliver = listener), () => undefined),
    onClose: (listener: () => void) => ((close = listener), () => undefined),
    onAbsence: (listener: (why: unknown) => void) => ((absent = listener), listener(null), () => undefined),
    startAgent: () => void asked.push('start'),
    quit: () => void asked.push('quit'),
  };
  const client = bridgeClient(bridge, (reason) => void complaints.push(reason), limitMs);
  return {
    client,
    sent,
    complaints,
    deliver: (message: unknown) => deliver(message),
    close: () => close(),
    absent: (why: unknown) => absent(why),
    asked,
  };
}

const trustPoint = { push: 'trustPoint', data: { atMs: 1, trust: 90, low: 80, high: 95, state: 'NORMAL' } };

test('answers find their caller in any order', async () => {
  const { client, sent, deliver } = openBridge();
  const decisions = client.call('decisions', { limit: 3 });
  const history = client.call('trustHistory', { minutes: 30 });
  assert.deepEqual(sent, [
    { id: 1, call: 'decisions', arg: { limit: 3 } },
    { id: 2, call: 'trustHistory', arg: { minutes: 30 } },
  ]);
  deliver({ id: 2, ok: true, result: [trustPoint.data] });
  deliver({ id: 1, ok: true, result: [] });
  assert.deepEqual(await decisions, []);
  assert.deepEqual(await history, [trustPoint.data]);
});

test("the agent's refusal and a result that breaks the contract both reject", async () => {
  const { client, deliver } = openBridge();
  const refused = client.call('restartEnrolment');
  const broken = client.call('decisions', { limit: 3 });
  deliver({ id: 1, ok: false, error: 'The store is read-only.' });
  deliver({ id: 2, ok: true, result: [{ atMs: 'yesterday' }] });
  await assert.rejects(refused, { message: 'The store is read-only.' });
  await assert.rejects(broken, /decisions: result: 0\./);
});

test('the line is up with the first message; a close rejects who waits, a new port heals it', async () => {
  const { client, deliver, close } = openBridge();
  const links: boolean[] = [];
  client.onLink((up) => void links.push(up));
  deliver(trustPoint);
  const waiting = client.call('snapshot');
  close();
  deliver(trustPoint);
  assert.deepEqual(links, [false, true, false, true]);
  await assert.rejects(waiting, /went away/);
});

test('malformed messages are counted, said once, and do not stop the good ones', () => {
  const { client, deliver, complaints } = openBridge();
  const pushes: Push[] = [];
  const counts: number[] = [];
  client.onPush((push) => void pushes.push(push));
  client.onMalformed((count) => void counts.push(count));
  for (const message of [{ push: 'snapshot', data: {} }, { push: '__proto__', data: 1 }, null, 'text', { id: -1 }])
    deliver(message);
  deliver(trustPoint);
  assert.deepEqual(counts, [1, 2, 3, 4, 5]);
  assert.equal(complaints.length, 1);
  assert.deepEqual(pushes, [trustPoint]);
});

test('an agent that never answers does not leave the caller waiting', async () => {
  const { client } = openBridge(5);
  await assert.rejects(client.call('snapshot'), /did not answer “snapshot” within 0.005 s/);
});

test('an ended listener hears nothing more', () => {
  const { client, deliver } = openBridge();
  let heard = 0;
  const end = client.onPush(() => void (heard += 1));
  deliver(trustPoint);
  end();
  deliver(trustPoint);
  assert.equal(heard, 1);
});

test('why there is no agent is checked on arrival, and the page can ask for another or for the end', () => {
  const { client, absent, asked } = openBridge();
  const heard: unknown[] = [];
  client.onAbsence((absence) => void heard.push(absence));
  const crashed = { kind: 'restarting', reason: 'The agent crashed (SIGKILL).', delayS: 2 };
  for (const why of [crashed, { kind: 'stopped', reason: 'No space is left.' }, { kind: 'asleep' }, 'text', null])
    absent(why);
  assert.deepEqual(heard, [null, crashed, { kind: 'stopped', reason: 'No space is left.' }, null, null, null]);
  client.startAgent?.();
  client.quit?.();
  assert.deepEqual(asked, ['start', 'quit']);
});
