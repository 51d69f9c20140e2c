// With a real server on a loopback port, and promtool where it is installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ScorerStatus } from '../../roles/scorer-files.ts';
import { addScorer } from '../../roles/scorer-metrics.ts';
import { testFolder } from '../../store/test-folder.ts';
import { fleetFigures } from '../../../viewer/fleet-figures.ts';
import { rowViewOf } from '../../../viewer/row-view.ts';
import { simulatedPresence } from '../../../viewer/simulated-hosts.fixture.ts';
import { addFleet } from '../../../viewer/viewer-metrics.ts';
import { startMetricsServer, type MetricsStart } from './metrics-server.ts';
import { startRoleMetrics } from './role-metrics.ts';
import { newToken } from './token-file.ts';

const SCORER: ScorerStatus = {
  ...{ name: 'one', partitions: [0, 3, 5], of: 16, scorers: 5, entries: 1200, perSecond: 12, claimed: 64, refused: 3 },
  ...{ failures: 2, lost: 1, lag: { p50Ms: 8, p95Ms: 250, p99Ms: 6700 }, trouble: null, warning: null },
  models: { loaded: 21, fetched: 9, refusal: null },
  trainings: { trained: 7, failed: 1, waiting: 4, failure: null },
  ...{ pid: 1, version: '0.1.0', startedMs: 0, atMs: 0, rssMiB: 130, backlog: { pending: 41, unscored: 5 } },
};

/** A hundred of the fixture's kinds, the last ten not heard of any more. */
const ROWS = Array.from({ length: 100 }, (_, i) => {
  const presence = simulatedPresence(i);
  const { id, host, user } = presence;
  return { id, heardMs: 0, silent: i >= 90, host, user, view: rowViewOf(presence) };
});
const FLEET = fleetFigures(ROWS, { state: 'connected', readMs: 1500 }, { beyond: 2, refused: 6, pages: 1 });

async function serve(t: TestContext, role: MetricsStart['role'], figures: MetricsStart['figures']) {
  const dataDir = testFolder(t);
  const server = await startMetricsServer({ port: 0, dataDir, version: '0.1.0', role, figures, tell: assert.fail });
  t.after(server.close);
  const token = readFileSync(join(dataDir, 'api-token'), 'utf8').trim();
  const ask = (path: string, headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` }) =>
    fetch(new URL(path, server.url), { headers });
  return { dataDir, server, ask };
}

function promtool(text: string): void {
  const { error, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  if (error === undefined) assert.equal(stdout + stderr, '');
}

test('a scorer tells its figures in base units, to whoever has the token alone', async (t) => {
  const { dataDir, server, ask } = await serve(t, 'scorer', (gauge, counter) => addScorer(SCORER, gauge, counter));
  const answer = await ask('/metrics');
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  const lines = text.split('\n');
  for (const line of [
    'seclyzer_build_info{version="0.1.0"} 1',
    'seclyzer_scorer_up 1',
    'seclyzer_scorer_partitions 3',
    'seclyzer_fleet_partitions 16',
    'seclyzer_fleet_scorers 5',
    'seclyzer_scorer_entries_total 1200',
    'seclyzer_scorer_claimed_entries_total 64',
    'seclyzer_scorer_refused_entries_total 3',
    'seclyzer_scorer_pending_entries 41',
    'seclyzer_scorer_unscored_entries 5',
    'seclyzer_scorer_failures_total 2',
    'seclyzer_scorer_lost_partitions_total 1',
    'seclyzer_scorer_lag_seconds{percentile="95"} 0.25',
    'seclyzer_scorer_lag_seconds{percentile="99"} 6.7',
    'seclyzer_scorer_trainings_total{outcome="failed"} 1',
    // 130 times 2 to the power of 20.
    'seclyzer_process_memory_bytes{process="scorer"} 136314880',
  ])
    assert.ok(lines.includes(line), `${line}\n${text}`);
  promtool(text);

  for (const headers of [{}, { authorization: 'Bearer not-the-token-of-this-one' }])
    assert.equal((await ask('/metrics', headers)).status, 401);
  assert.equal((await ask('/nowhere')).status, 404);
  assert.equal((await ask('/healthz', {})).status, 200);
  const { port } = new URL(server.url);
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/metrics', headers: { host: `evil.example:${port}` } });
    asked.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
    asked.end();
  });
  assert.equal(rebound, 421);
  await newToken(dataDir);
  assert.equal((await ask('/metrics')).status, 401, 'a token that was replaced opens nothing any more');
});

test('before it is known it is left out, and a scorer that Redis hinders says so', async (t) => {
  const idle = { ...SCORER, lag: null, backlog: null, trouble: 'nothing listens at db:6379' };
  const { ask } = await serve(t, 'scorer', (gauge, counter) => addScorer(idle, gauge, counter));
  const text = await (await ask('/metrics')).text();
  assert.ok(text.includes('seclyzer_scorer_up 0\n') && !/lag_seconds|pending|unscored/.test(text), text);
});

test('a viewer tells how many hosts there are of each kind', async (t) => {
  const { ask } = await serve(t, 'viewer', (gauge, counter) => addFleet(FLEET, gauge, counter));
  const text = await (await ask('/metrics')).text();
  // One host of a hundred is of each kind, numbers 0 to 10; of the first ninety 86 have a trust of at least 78.
  for (const line of [
    'seclyzer_fleet_hosts 100',
    'seclyzer_fleet_silent_hosts 10',
    'seclyzer_fleet_unlisted_hosts 2',
    'seclyzer_fleet_hosts_in_state{state="NORMAL"} 86',
    'seclyzer_fleet_hosts_in_state{state="LOCKDOWN"} 1',
    'seclyzer_fleet_hosts_in_state{state="LEARNING"} 1',
    'seclyzer_fleet_paused_hosts 1',
    'seclyzer_fleet_blind_hosts 1',
    'seclyzer_fleet_open_incidents{risk="HIGH"} 1',
    'seclyzer_fleet_open_incidents{risk="LOW"} 2',
    'seclyzer_fleet_refused_entries_total 6',
    'seclyzer_viewer_redis_up 1',
    'seclyzer_viewer_last_read_timestamp_seconds 1.5',
    'seclyzer_viewer_pages 1',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
  promtool(text);
});

test('without a port none is opened; one that is in use is said, and the role goes on', async (t) => {
  const dataDir = testFolder(t);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const parts = { dataDir, version: '0.1.0', role: 'scorer', figures: () => undefined, say, warn: say } as const;
  assert.equal(await startRoleMetrics({ ...parts, port: null }), null);
  assert.deepEqual([said, readdirSync(dataDir)], [[], []]);
  const first = await startMetricsServer({ ...parts, port: 0, tell: say });
  t.after(first.close);
  assert.equal(await startRoleMetrics({ ...parts, port: Number(new URL(first.url).port) }), null);
  assert.match(
    said.join(),
    /^Its figures can't be had: Port \d+ is in use\. Choose another one with --metrics-port\.$/,
  );
});
