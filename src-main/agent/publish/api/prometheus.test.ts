import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SETTINGS } from '../settings.fixture.ts';
import { apiFixture } from './api.fixture.ts';
import { prometheusName } from './prometheus-names.ts';
import { tokenFile } from './token-file.ts';

const without = (program: string): string | false =>
  spawnSync(program, ['--version']).error === undefined
    ? false
    : `${program} is not installed: apt-get install prometheus`;

test('names by the conventions: base units at the end, small letters', () => {
  const cases = [
    ['cpu', 'busyPercent', 'cpu_busy_ratio', 0.01],
    ['cpu', 'frequencyMHz', 'cpu_frequency_hertz', 1e6],
    ['cpu', 'loadAverage1', 'cpu_load_average1', 1],
    ['memory', 'usedMiB', 'memory_used_bytes', 1_048_576],
    ['disk', 'readBytesPerSecond', 'disk_read_bytes_per_second', 1],
    ['disk', 'readWaitMs', 'disk_read_wait_seconds', 0.001],
    ['cpu', 'forksPerSecond', 'cpu_forks_per_second', 1],
    ['sensors', 'hottestC', 'sensors_hottest_celsius', 1],
    ['sensors', 'powerW', 'sensors_power_watts', 1],
    ['processes', 'count', 'processes', 1],
    ['jobs', 'doneTotal', 'jobs_done_total_value', 1],
  ] as const;
  for (const [source, field, name, scale] of cases) assert.deepEqual(prometheusName(source, field), { name, scale });
});

test('the ways to a database and to Redis: what was taken, waits and was let go, where they are wanted', async (t) => {
  const names = async (ways: NonNullable<Parameters<typeof apiFixture>[1]>['ways']): Promise<string[]> => {
    const api = await apiFixture(t, { ways: ways ?? {} });
    return (await api.ask('/metrics')).body.split('\n').filter((line) => line.startsWith('seclyzer_outlet'));
  };
  assert.deepEqual(await names({}), []);
  const redis = { ...SETTINGS.redis, wanted: true, status: 'waiting', sent: 5, waitingBytes: 700, dropped: 2 } as const;
  assert.deepEqual(await names({ redis }), [
    'seclyzer_outlet_up{outlet="redis"} 0',
    'seclyzer_outlet_waiting_bytes{outlet="redis"} 700',
    'seclyzer_outlet_sent_total{outlet="redis"} 5',
    'seclyzer_outlet_dropped_total{outlet="redis"} 2',
  ]);
});

test('the exposition: values in base units, parts under names of their own, what is not known left out', async (t) => {
  const api = await apiFixture(t);
  await api.alarm.pass(2500);
  const answer = await api.ask('/metrics');
  assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
  const lines = answer.body.split('\n');
  for (const line of [
    'seclyzer_trust_ratio 0.914',
    'seclyzer_state{state="NORMAL"} 1',
    'seclyzer_state{state="LOCKDOWN"} 0',
    'seclyzer_input_events_total{outcome="published"} 1200',
    'seclyzer_budget_memory_limit_bytes 419430400',
    'seclyzer_budget_cpu_ratio 0.0042',
    'seclyzer_process_memory_bytes{process="window"} 137363456',
    'seclyzer_process_cpu_ratio{process="graphics"} 0.008',
    'seclyzer_process_wakeups_per_second{process="agent"} 31',
    'seclyzer_agent_part_cpu_ratio{part="monitor"} 0.0015',
    'seclyzer_governor_step{ladder="load"} 3',
    'seclyzer_governor_step{ladder="storage"} 0',
    'seclyzer_governor_step_in_force{ladder="load",step="2"} 0',
    'seclyzer_hop_seconds 2',
    'seclyzer_on_battery 1',
    'seclyzer_model_loaded{model="Writing"} 0',
    'seclyzer_host_cpu_load_average1 0.5',
    'seclyzer_host_cpu_core_busy_ratio{core="cpu1"} 0.03',
    'seclyzer_host_cpu_core_frequency_hertz{core="cpu0"} 2000000000',
    'seclyzer_host_processes 100',
    'seclyzer_guard_open_incidents{risk="HIGH"} 1',
    'seclyzer_build_info{version="0.1.0"} 1',
    '# TYPE seclyzer_input_events_total counter',
    '# TYPE seclyzer_host_cpu_busy_ratio gauge',
    '# HELP seclyzer_host_cpu_core_busy_ratio Newest reading of cpu.PART.busyPercent, in the base unit.',
  ])
    assert.ok(lines.includes(line), `${line}\n${answer.body}`);
  assert.ok(!answer.body.includes('forks_per_second'), 'a rate that is not known yet');
  assert.ok(!answer.body.includes('written_bytes_per_second{process="zygote"}'), 'the kernel does not tell it');
  const again = await api.ask('/metrics');
  assert.ok(again.body.includes('seclyzer_api_requests_total{path="/metrics",code="200"} 1'));
});

test('promtool finds nothing to complain of', { skip: without('promtool') }, async (t) => {
  const api = await apiFixture(t);
  await api.alarm.pass(2500);
  const event = { timestamp: Date.now() * 1000, event_type: 'cpu_metric', source: 'ups' };
  const data = { values: { loadPercent: 12, eventsTotal: 3 }, parts: { 'a "b" \\c': { volts: 1 } } };
  const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' };
  const ingested = await api.ask('/ingest', { method: 'POST', headers, body: JSON.stringify({ ...event, data }) });
  assert.equal(ingested.status, 200, ingested.body);
  await api.alarm.pass(2500);
  const { body } = await api.ask('/metrics');
  assert.ok(body.includes('seclyzer_ingested_load_ratio{source="ups"} 0.12'), body);
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' });
  assert.deepEqual([checked.status, checked.stdout, checked.stderr], [0, '', '']);
});

test(
  'a real Prometheus scrapes it and answers with what it read',
  { skip: without('prometheus'), timeout: 40_000 },
  async (t) => {
    const api = await apiFixture(t);
    await api.alarm.pass(2500);
    const folder = join(api.dataDir, 'prometheus');
    mkdirSync(folder);
    const configuration = join(folder, 'prometheus.yml');
    const job = {
      ...{ job_name: 'seclyzer', authorization: { credentials_file: tokenFile(api.dataDir) } },
      static_configs: [{ targets: [`127.0.0.1:${api.port}`] }],
    };
    // YAML takes JSON.
    writeFileSync(
      configuration,
      JSON.stringify({ global: { scrape_interval: '250ms', scrape_timeout: '250ms' }, scrape_configs: [job] }),
    );
    const port = await freePort();
    const flags = [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const prometheus = spawn('prometheus', [...flags, '--log.level=error'], { stdio: 'ignore' });
    t.after(async () => {
      prometheus.kill();
      if (prometheus.exitCode === null) await once(prometheus, 'exit');
    });
    const query = async (expression: string): Promise<string | null> => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok !== true) return null;
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result[0]?.value[1] ?? null;
    };
    for (let i = 0; i < 300 && (await query('up{job="seclyzer"}')) !== '1'; i++) await sleep(100);
    assert.equal(await query('up{job="seclyzer"}'), '1');
    assert.equal(await query('seclyzer_trust_ratio'), '0.914');
    assert.equal(await query('sum(seclyzer_host_cpu_core_busy_ratio)'), '0.04');
    assert.equal(await query('seclyzer_state == 1'), '1');
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
