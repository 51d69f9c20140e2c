import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry, Decision } from '../src-preload/contract.ts';
import type { DashboardClient } from './line.ts';
import { guessingAlert } from '../src-preload/incident.fixture.ts';
import { fetchBeside, fetchEntries } from './past-entries.ts';

interface Asked {
  readonly limit: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** An agent that keeps these and tells, as the contract has it, the newest of a period, both its ends included. */
function agentWith(kept: { readonly audit: readonly AuditEntry[]; readonly decisions: readonly Decision[] }) {
  const asked: string[] = [];
  const call = async (name: 'audit' | 'decisions', { limit, fromMs, toMs }: Asked) => {
    assert.ok(limit <= 500, 'the agent would refuse more');
    asked.push(`${name} to ${toMs}`);
    return kept[name]
      .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
      .toSorted((a, b) => b.atMs - a.atMs)
      .slice(0, limit);
  };
  return { client: { call } as unknown as DashboardClient, asked };
}

const audits = (count: number, atMs = (n: number): number => n): readonly AuditEntry[] =>
  Array.from({ length: count }, (_, n) => ({ atMs: atMs(n), kind: 'pause', text: `Entry ${n}` }));
const decisions = (count: number): readonly Decision[] =>
  Array.from({ length: count }, (_, n) => ({
    atMs: n,
    from: n % 2 === 0 ? 'NORMAL' : 'MONITORING',
    to: n % 2 === 0 ? 'MONITORING' : 'NORMAL',
    trust: 60,
    points: {},
    reason: 'Typing differs.',
  }));

test('a page that is not full is the end of it', async () => {
  const { client, asked } = agentWith({ audit: audits(499), decisions: decisions(2) });
  const { timeline, completeFromMs } = await fetchEntries(client, 0, 9999);
  assert.equal(timeline.length, 501);
  assert.equal(completeFromMs, null);
  assert.deepEqual(asked, ['decisions to 9999', 'audit to 9999']);
});

test('what one page leaves out is read on, each entry once, none before the stretch', async () => {
  // 1,200 changes of state, of which those from 100 on are asked for: 1199…700, 700…201, 201…100.
  const { client, asked } = agentWith({ audit: [], decisions: decisions(1200) });
  const { timeline, completeFromMs } = await fetchEntries(client, 100, 5000);
  assert.deepEqual(
    timeline.map(({ atMs }) => atMs),
    Array.from({ length: 1100 }, (_, n) => 1199 - n),
  );
  assert.equal(completeFromMs, null);
  assert.deepEqual(
    asked.filter((name) => name.startsWith('decisions')),
    ['decisions to 5000', 'decisions to 700', 'decisions to 201'],
  );
});

test('several entries of the moment at which a page ends are all told', async () => {
  // Ten entries at each moment: the first page ends in the middle of those of 10 or at their end, whichever.
  const { client } = agentWith({ audit: audits(603, (n) => Math.floor(n / 10)), decisions: [] });
  const { timeline } = await fetchEntries(client, 0, 60);
  assert.equal(timeline.length, 603);
});

test('of very many the latest are read, and it is known from when on they are complete', async () => {
  const { client, asked } = agentWith({ audit: audits(6000), decisions: decisions(3) });
  const { timeline, completeFromMs } = await fetchEntries(client, 0, 6000);
  // Ten pages of 500, each of which shares one entry with the page before: down to 5999 - 9 * 499 - 499 = 1009.
  assert.equal(completeFromMs, 1009);
  assert.equal(timeline.length, 4991 + 3);
  assert.equal(asked.filter((name) => name.startsWith('audit')).length, 10);
});

test('more entries of one moment than a page holds do not keep it reading for ever', async () => {
  const { client, asked } = agentWith({ audit: audits(700, () => 5), decisions: [] });
  const { timeline, completeFromMs } = await fetchEntries(client, 0, 9);
  assert.equal(timeline.length, 500);
  assert.equal(completeFromMs, 5);
  assert.deepEqual(asked.length, 3);
});

test('alerts of the log and anomalies of the machine stand in one list, each once, all pages of the alerts read', async () => {
  const asked: unknown[] = [];
  const alerts = Array.from({ length: 700 }, (_, n) => ({ ...guessingAlert, id: n, atMs: n }));
  const anomaly = { id: 1, ts: 350.5, metric: 'Memory use', severity: 'unusual', sentence: 'It rose.' } as const;
  const call = async (name: string, { fromMs = 0, toMs = 0, limit = 0 }: Partial<Asked>) => {
    asked.push(name);
    if (name === 'hostAnomalies') return [anomaly];
    return alerts
      .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
      .toReversed()
      .slice(0, limit);
  };
  const { timeline, completeFromMs } = await fetchBeside({ call } as unknown as DashboardClient, 0, 9999);
  assert.equal(timeline.length, 701);
  assert.equal(completeFromMs, null);
  assert.deepEqual(
    timeline.filter(({ atMs }) => atMs >= 350 && atMs <= 351).map(({ kind, atMs }) => [kind, atMs]),
    [
      ['log', 351],
      ['host', 350.5],
      ['log', 350],
    ],
  );
  assert.deepEqual(asked, ['logAlerts', 'hostAnomalies', 'logAlerts']);
  // Of 2,000 the newest two pages, which share one alert: 1999 down to 1001.
  for (let n = 700; n < 2000; n += 1) alerts.push({ ...guessingAlert, id: n, atMs: n });
  const most = await fetchBeside({ call } as unknown as DashboardClient, 0, 9999);
  assert.equal(most.completeFromMs, 1001);
});
