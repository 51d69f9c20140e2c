import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { hostEvent, type MetricData, type MetricEvent } from '../../src-preload/contract.ts';
import { processRow, topOf } from '../agent/monitor/events.fixture.ts';
import { ended, startCli } from './cli.fixture.ts';
import { factsLine, rowOf } from './monitor.ts';

const plain = { good: String, caution: String, bad: String, dim: String };
const onLinux = { skip: process.platform === 'linux' ? false : 'there is no /proc here' };

function latest(sources: Readonly<Record<string, Partial<MetricData>>>): Readonly<Record<string, MetricEvent>> {
  return Object.fromEntries(
    Object.entries(sources).map(([source, data]) => [
      source,
      { timestamp: 0, event_type: 'cpu_metric', source, data: { values: {}, parts: {}, ...data } },
    ]),
  );
}

test('a row: what is known, with its unit, and who is busiest', () => {
  const row = rowOf(
    new Date(2026, 0, 2, 3, 4, 5).getTime(),
    latest({
      cpu: { values: { busyPercent: 12.34, iowaitPercent: 0 } },
      memory: { values: { usedPercent: 43.9 } },
      disk: { values: { readBytesPerSecond: 0, writtenBytesPerSecond: 1_234_567 } },
      network: { values: { receivedBytesPerSecond: null, sentBytesPerSecond: 999 } },
      processes: { top: topOf(processRow(42, { name: 'cc1plus', cpuPercent: 98.6 }), processRow(7)) },
    }),
    plain,
  );
  assert.equal(
    row,
    '03:04:05     12 %      0 %     44 %       0 B/s    1.2 MB/s           —     999 B/s  cc1plus (42) 99 %',
  );
});

test('what does not change', () => {
  const facts = {
    ...{ hostname: 'h', system: 'Debian 12', kernel: '6.1', architecture: 'x64', processor: 'A CPU', cores: 4 },
    ...{ physicalCores: 2, memoryMiB: 16_384, virtualMachine: true, limits: { cpuCores: 1.5, memoryMiB: 2048 } },
  };
  assert.equal(
    factsLine(facts),
    'A CPU, 4 cores, 16.0 GiB, Debian 12, a virtual machine, limited to 1.5 cores, limited to 2.0 GiB',
  );
  const none = { cpuCores: null, memoryMiB: null };
  assert.equal(factsLine({ ...facts, virtualMachine: false, limits: none }), 'A CPU, 4 cores, 16.0 GiB, Debian 12');
});

test('lines of JSON, each an event of the contract; a table for people', onLinux, async () => {
  const cli = (...args: string[]) => ended(startCli('/nonexistent', ['monitor', '--seconds', '3', ...args]));
  const [json, table] = await Promise.all([cli('--json'), cli()]);
  assert.equal(json.code, 0, json.err);
  const events = json.out
    .trim()
    .split('\n')
    .map((line) => v.parse(hostEvent, JSON.parse(line)));
  const sources = new Set(events.map(({ source }) => source));
  for (const source of ['cpu', 'memory', 'disk', 'network', 'processes', 'filesystem'])
    assert.ok(sources.has(source), source);
  assert.equal(table.code, 0, table.err);
  const [head = '', ...rows] = table.out.trimEnd().split('\n');
  assert.match(head, /^time +busy +waiting +memory +read +written +received +sent +busiest process$/);
  assert.ok(rows.length >= 1 && rows.every((row) => /^\d\d:\d\d:\d\d +[\d.]+ % /.test(row)), table.out);
  assert.match(table.err, /Watching took \d\.\d\d % of a core\./);
});
