import assert from 'node:assert/strict';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiFixture, POINT, type ApiFixture } from './api.fixture.ts';
import { CLIENTS_AT_MOST, QUEUE_EVENTS } from './live.ts';

interface Listener {
  readonly status: number;
  readonly text: () => string;
  readonly response: IncomingMessage;
  readonly leave: () => void;
}

function listen(api: ApiFixture, query = '', more: Readonly<Record<string, string>> = {}): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${api.token}`, ...more };
    const request = httpGet(`${api.url}/live${query}`, { headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('error', () => undefined);
      resolve({ status: response.statusCode ?? 0, text: () => text, response, leave: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  // Not too often: looking through what has come takes longer than sending it.
  for (let i = 0; i < 400; i++) {
    if (holds()) return;
    await sleep(50);
  }
  assert.fail(`waited twenty seconds in vain: ${what}`);
}

const namesIn = (text: string): string[] => [...text.matchAll(/^event: (\w+)$/gm)].map(([, name = '']) => name);
const liveCounts = async (api: ApiFixture) =>
  (JSON.parse((await api.ask('/stats')).body) as { api: { live: { clients: number; sent: number; dropped: number } } })
    .api.live;

test('only what was asked for comes, and a sign of life between', async (t) => {
  const api = await apiFixture(t, { heartbeatMs: 50 });
  const processes = await listen(api, '?event_type=process_metric,anomaly');
  const trust = await listen(api, '?event_type=trust');
  assert.equal(api.listeners(), 1, 'the first one wants nothing of the authentication path');
  await api.alarm.pass(2500);
  api.push({ push: 'trustPoint', data: POINT });
  await until('both have heard', () => namesIn(processes.text()).length >= 2 && namesIn(trust.text()).length >= 1);
  assert.deepEqual([...new Set(namesIn(processes.text()))], ['process_metric']);
  assert.deepEqual(namesIn(trust.text()), ['trust']);
  await until('a sign of life', () => trust.text().includes(': still here\n\n'));
});

test('nothing is subscribed while nobody listens, and nothing any more when the last has gone', async (t) => {
  const api = await apiFixture(t);
  const subscribers = (): number => api.monitor.stats().bus.subscribers.length;
  assert.deepEqual([subscribers(), api.listeners()], [1, 0]);
  const one = await listen(api);
  await until('it is subscribed', () => subscribers() === 2 && api.listeners() === 1);
  one.leave();
  await until('nothing is subscribed', () => subscribers() === 1 && api.listeners() === 0);
});

test('who comes back says what it had last and gets what it missed, once and in order', async (t) => {
  const api = await apiFixture(t);
  const before = await listen(api, '?event_type=cpu_metric');
  await api.alarm.pass(2500);
  await until('two have come', () => namesIn(before.text()).length === 2);
  const ids = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id = '']) => id);
  const [last = ''] = ids(before.text()).slice(-1);
  before.leave();
  await api.alarm.pass(3000);
  const after = await listen(api, '?event_type=cpu_metric', { 'last-event-id': last });
  await api.alarm.pass(1000);
  await until('four have come', () => ids(after.text()).length >= 4);
  const known = api.monitor
    .events('cpu_metric', 100)
    .map(({ timestamp }) => String(timestamp))
    .toReversed();
  const seen = [...ids(before.text()), ...ids(after.text())].map((id) => id.split('/')[0]);
  assert.deepEqual(seen, known.slice(-seen.length));
  const stranger = await listen(api, '?event_type=cpu_metric', { 'last-event-id': '1/cpu_metric/cpu/' });
  await api.alarm.pass(1000);
  await until('one has come', () => ids(stranger.text()).length === 1);
});

test('who does not read loses the oldest events, which is counted and said; others lose none', async (t) => {
  const api = await apiFixture(t);
  const slow = await listen(api, '?event_type=trust');
  slow.response.pause();
  const prompt = await listen(api, '?event_type=decision');
  const decision = {
    atMs: 1,
    from: 'NORMAL',
    to: 'MONITORING',
    trust: 60,
    points: {},
    reason: 'x'.repeat(2000),
  } as const;
  const point = { ...POINT, filler: 'x'.repeat(60_000) };
  let pushed = 0;
  // The kernel takes some MB for an idle reader.
  for (; pushed < 2000; pushed++) {
    api.push({ push: 'trustPoint', data: point });
    if (pushed % 20 === 0) await sleep(1);
  }
  api.push({ push: 'decision', data: decision });
  const { dropped } = await liveCounts(api);
  assert.ok(dropped > 1000 && dropped < pushed - QUEUE_EVENTS, String(dropped));
  await until('the other one has heard', () => namesIn(prompt.text()).includes('decision'));
  assert.ok(!namesIn(prompt.text()).includes('dropped'));
  slow.response.resume();
  await until('it is told', () => namesIn(slow.text()).includes('dropped'));
  const trusted = (): number => namesIn(slow.text()).filter((name) => name === 'trust').length;
  await until('it has caught up', () => trusted() === pushed - dropped);
  // Once, or more often where the kernel took some in between.
  const told = [...slow.text().matchAll(/^event: dropped\ndata: \{"events":(\d+)\}$/gm)].map(([, lost]) =>
    Number(lost),
  );
  assert.equal(
    told.reduce((sum, lost) => sum + lost, 0),
    dropped,
  );
});

test('who takes nothing at all is cut off after a while', async (t) => {
  const api = await apiFixture(t, { heartbeatMs: 20 });
  const deaf = await listen(api, '?event_type=trust');
  deaf.response.pause();
  const gone = new Promise((resolve) => deaf.response.once('close', resolve));
  const point = { ...POINT, filler: 'x'.repeat(60_000) };
  for (let i = 0; i < 500; i++) api.push({ push: 'trustPoint', data: point });
  await until('its place is free', () => api.listeners() === 0);
  assert.equal((await liveCounts(api)).clients, 0);
  deaf.leave();
  await gone;
});

test('there is room for so many, and then 503 with when to try again', async (t) => {
  const api = await apiFixture(t);
  const open = await Promise.all(Array.from({ length: CLIENTS_AT_MOST }, () => listen(api)));
  assert.ok(open.every(({ status }) => status === 200));
  const refused = await api.ask('/live');
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '10']);
  open[0]?.leave();
  await sleep(50);
  assert.equal((await listen(api)).status, 200);
});

test('an unknown name of an event is 400; closing ends the streams', async (t) => {
  const api = await apiFixture(t);
  for (const name of ['nothing', 'cpu_metric,nothing', '', ',', 'Trust'])
    assert.equal((await api.ask(`/live?event_type=${name}`)).status, 400, name);
  const one = await listen(api);
  const ended = new Promise((resolve) => one.response.once('end', resolve));
  await api.close();
  await ended;
});
