import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { hostSources } from '../../collect/host/index.ts';
import { addScorer } from '../../roles/scorer-metrics.ts';
import { testFolder } from '../../store/test-folder.ts';
import { fleetFigures } from '../../../viewer/fleet-figures.ts';
import { addFleet } from '../../../viewer/viewer-metrics.ts';
import { apiFixture } from './api.fixture.ts';
import { partOf, prometheusName } from './prometheus-names.ts';
import { textOf } from './prometheus-text.ts';

const ASSETS = new URL('../../../../assets/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, ASSETS), 'utf8');
const inFolder = { cwd: new URL('prometheus/', ASSETS), encoding: 'utf8' } as const;
const withoutPromtool =
  spawnSync('promtool', ['--version']).error === undefined
    ? false
    : 'promtool is not installed: apt-get install prometheus';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}
const dashboard = JSON.parse(read('grafana/seclyzer.json')) as { readonly panels: readonly Panel[] };
const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

test('the alert rules and the scrape configuration: promtool agrees', { skip: withoutPromtool }, () => {
  for (const args of [
    ['check', 'rules', 'alerts.yml'],
    ['test', 'rules', 'alerts.test.yml'],
    // Without the file of the token, which lies on the machine that scrapes.
    ['check', 'config', '--syntax-only', 'scrape.yml'],
  ]) {
    const { status, stdout, stderr } = spawnSync('promtool', args, inFolder);
    assert.equal(status, 0, `promtool ${args.join(' ')}: ${stdout}${stderr}`);
  }
});

test('each alert is shown going off', () => {
  const names = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const shown = [...read('prometheus/alerts.test.yml').matchAll(/alertname: (\w+)\n +exp_alerts:/g)].map(
    ([, name]) => name,
  );
  assert.ok(names.length > 0);
  assert.deepEqual(new Set(shown), new Set(names));
});

test('promtool understands each expression of the dashboard', { skip: withoutPromtool }, (t) => {
  const rules = expressions.map((expr, i) => ({ record: `panel:${i}`, expr: expr.replaceAll('$instance', '.*') }));
  // YAML takes JSON.
  const file = join(testFolder(t), 'panels.yml');
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
});

/** What a real reading of this machine comes to. */
async function hostNames(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const source of hostSources({ commandLines: () => false })) {
    if (!(await source.available()).ok) continue;
    const reader = source.open();
    const look = async (steadyMs: number, elapsedS: number | null): Promise<void> => {
      const data = await reader.read({ timestampUs: Date.now() * 1000, steadyMs, elapsedS });
      const prefix = `seclyzer_host_${source.name}`;
      const part = `${prefix}_${partOf(source.name).noun}`.replace(/_$/, '');
      for (const field of Object.keys(data?.values ?? {})) names.add(prometheusName(prefix, field).name);
      for (const fields of Object.values(data?.parts ?? {}))
        for (const field of Object.keys(fields)) names.add(prometheusName(part, field).name);
    };
    await look(0, null);
    await sleep(20);
    await look(20, 0.02);
    reader.close();
  }
  return names;
}

/** What scorers and viewers tell besides. */
async function ofRoles(): Promise<string> {
  const lag = { p50Ms: 1, p95Ms: 1, p99Ms: 1 };
  const { text } = await textOf((gauge, counter) => {
    addScorer(
      {
        ...{ name: 'one', partitions: [], of: 1, scorers: 1, entries: 0, perSecond: 0, claimed: 0, refused: 0 },
        ...{ failures: 0, lost: 0, lag, trouble: null, warning: null, rssMiB: 1, backlog: { pending: 0, unscored: 0 } },
        models: { loaded: 0, fetched: 0, refusal: null },
        trainings: { trained: 0, failed: 0, waiting: 0, failure: null },
      },
      gauge,
      counter,
    );
    addFleet(fleetFigures([], { state: 'off', readMs: 1 }, { beyond: 0, refused: 0, pages: 0 }), gauge, counter);
  });
  return text;
}

test(
  'every metric that the rules and the dashboard name is one that SecLyzer tells',
  { skip: process.platform === 'linux' ? false : 'the readings of /proc are named' },
  async (t) => {
    const api = await apiFixture(t);
    const exposed = (await api.ask('/metrics')).body + (await ofRoles());
    const host = await hostNames();
    const named = new Set(`${read('prometheus/alerts.yml')}${expressions.join('\n')}`.match(/seclyzer_\w+/g));
    assert.ok(named.size > 15);
    for (const name of named) assert.ok(host.has(name) || exposed.includes(`# TYPE ${name} `), `nothing tells ${name}`);
  },
);

test('the panels of the dashboard have numbers of their own and do not overlap', () => {
  const { panels } = dashboard;
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of panels) {
    assert.ok(gridPos.x + gridPos.w <= 24, title);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        assert.equal(taken.get(`${x} ${y}`), undefined, `${title} at ${x}, ${y}`);
        taken.set(`${x} ${y}`, title);
      }
  }
});
