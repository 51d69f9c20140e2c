import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Drill, Push } from '../src-preload/contract.ts';
import { emptyDashboard } from './dashboard.ts';
import type { DashboardClient } from './line.ts';
import { guessing } from '../src-preload/incident.fixture.ts';
import { acknowledge, feed, fetchDrill, fetchIncidents, useDashboard } from './state.ts';

const point = (atMs: number) => ({ atMs, trust: 90, low: 80, high: 95, state: 'NORMAL' as const });

/** A client whose line is moved by hand and whose calls are answered from a table. */
function play(answers: Readonly<Record<string, () => unknown>>) {
  const calls: unknown[] = [];
  let push: (push: Push) => void = () => assert.fail('nobody listens');
  let link: (up: boolean) => void = () => assert.fail('nobody listens');
  const none = () => () => undefined;
  const client = {
    call: async (name: string, arg: unknown) => {
      calls.push([name, arg]);
      return answers[name]?.();
    },
    onPush: (listener: (push: Push) => void) => ((push = listener), () => undefined),
    onLink: (listener: (up: boolean) => void) => (listener(false), (link = listener), () => undefined),
    onAbsence: none,
    onRefusal: none,
    onMalformed: none,
  } as unknown as DashboardClient;
  useDashboard.setState(emptyDashboard, true);
  feed(client, () => 42);
  return { client, calls, push: (one: Push) => push(one), link: (up: boolean) => link(up) };
}

test('the past is asked for when the line comes up, once each time, and pushes go on top of it', async () => {
  const played = play({ trustHistory: () => [point(1000)], decisions: () => [], audit: () => [] });
  assert.equal(useDashboard.getState().link, 'connecting');
  played.link(true);
  played.push({ push: 'trustPoint', data: point(60_000) });
  await turn();
  assert.deepEqual(useDashboard.getState().history, [point(1000), point(60_000)]);
  const asked = [
    ['trustHistory', { minutes: 30 }],
    ['decisions', { limit: 60 }],
    ['audit', { limit: 60 }],
  ];
  assert.deepEqual(played.calls, asked);
  played.link(false);
  assert.equal(useDashboard.getState().link, 'down');
  played.link(true);
  await turn();
  assert.deepEqual(played.calls, [...asked, ...asked]);
});

test('a history that cannot be read is said, and the rest of the page goes on', async () => {
  const decision = {
    atMs: 1,
    from: 'LEARNING' as const,
    to: 'NORMAL' as const,
    trust: 90,
    points: {},
    reason: 'Learned.',
  };
  const played = play({
    trustHistory: () => {
      throw new Error('The store is closed.');
    },
    decisions: () => [decision],
    audit: () => [{ atMs: 2, kind: 'start', text: 'SecLyzer started.' }],
  });
  played.link(true);
  await turn();
  const { historyTrouble, lately, link } = useDashboard.getState();
  assert.equal(historyTrouble, 'The store is closed.');
  assert.deepEqual(
    lately.map(({ kind, atMs }) => [kind, atMs]),
    [
      ['audit', 2],
      ['decision', 1],
    ],
  );
  assert.equal(link, 'up');
});

test('what was pushed while a drill was asked for is not undone by the answer', async () => {
  const drill = (keystrokes: number): Drill => ({
    ...{ startedMs: 0, untilMs: 1, endedMs: null, keystrokes, lowestTrust: null, alarms: [], sentence: '' },
  });
  const played = play({ drill: () => drill(1) });
  await fetchDrill(played.client);
  assert.equal(useDashboard.getState().drill?.keystrokes, 1);
  const asked = fetchDrill(played.client);
  played.push({ push: 'drill', data: drill(2) });
  await asked;
  assert.equal(useDashboard.getState().drill?.keystrokes, 2);
});

test('incidents: the worst are asked for, what is pushed meanwhile stays, and an acknowledgement is shown at once', async () => {
  const seen = { ...guessing, acknowledgedMs: 5 };
  const played = play({ incidents: () => [guessing, { ...guessing, id: 3 }], acknowledgeIncident: () => seen });
  const asked = fetchIncidents(played.client);
  played.push({ push: 'incident', data: { ...guessing, alerts: 9 } });
  assert.equal(useDashboard.getState().incidentNews.pushes, 1);
  await asked;
  assert.deepEqual(
    useDashboard.getState().incidents.map(({ id, alerts }) => [id, alerts]),
    [
      [7, 9],
      [3, 1],
    ],
  );
  assert.equal(useDashboard.getState().incidentsAsked, true);
  await acknowledge(played.client, 7, true);
  assert.equal(useDashboard.getState().incidents.find(({ id }) => id === 7)?.acknowledgedMs, 5);
  assert.deepEqual(played.calls, [
    ['incidents', { limit: 500, by: 'risk' }],
    ['acknowledgeIncident', { id: 7, seen: true }],
  ]);
});
