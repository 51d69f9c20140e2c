// For tests of the API: a server on a free port, over a monitor whose machine the test is the load of, and a way to ask it.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Incident, LogAlert, Push, TrustPoint } from '../../../../src-preload/contract.ts';
import { guardReading } from '../../../../src-preload/guard.fixture.ts';
import { fakeAlarm } from '../../collect/fake-alarm.fixture.ts';
import type { HostSource } from '../../collect/host/host-source.ts';
import type { InputEvent } from '../../events.ts';
import { createRandom } from '../../learn/random.ts';
import { processRow, topOf } from '../../monitor/events.fixture.ts';
import { createMonitor } from '../../monitor/monitor.ts';
import { createAgentFixture, SNAPSHOT } from '../agent.fixture.ts';
import { listenAt } from '../listen.ts';
import { SETTINGS } from '../settings.fixture.ts';
import { RESOURCES_FIXTURE, RESOURCE_HISTORY_FIXTURE } from '../resources.fixture.ts';
import type { Rate } from './api-guard.ts';
import { createApiServer } from './api-app.ts';
import { startApiServer } from './api-server.ts';
import type { ApiSources } from './api-sources.ts';
import { newToken, watchToken } from './token-file.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface ApiFixture {
  readonly port: number;
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  readonly alarm: ReturnType<typeof fakeAlarm>;
  readonly machine: { busy: number };
  readonly monitor: ApiSources['monitor'];
  readonly push: (push: Push) => void;
  readonly listeners: () => number;
  readonly told: readonly (string | null)[];
  /** With the token, unless other headers are given. */
  readonly ask: (path: string, asked?: Asked) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly rate?: Rate;
  readonly monitorOn?: boolean;
  readonly heartbeatMs?: number;
  readonly requestMs?: number;
  readonly takeInput?: (event: InputEvent) => string | null;
  readonly ways?: Partial<ReturnType<ApiSources['ways']>>;
}

/** No limit that a test would meet. */
const FREE: Rate = { owner: 1e9, stranger: 1e9, windowMs: 1000 };

const ALERT: LogAlert = {
  ...{ id: 3, atMs: 1_701_423_846_000, firstMs: 1_701_423_846_000, risk: 'HIGH', score: 0.85, count: 31, incident: 7 },
  techniques: [{ id: 'T1110', name: 'Brute Force', tactic: 'Credential Access' }],
  ...{ subject: { kind: 'address', name: '203.0.113.7' }, user: 'root', address: '203.0.113.7' },
  explanation: '31 failed logins for root from 203.0.113.7 within 5 minutes.',
  reasons: [{ words: 'failed logins from the address', value: '31', usual: '0', points: 0.85 }],
};
export const INCIDENT: Incident = {
  ...{ id: 7, firstMs: 1, lastMs: 2, risk: 'HIGH', score: 0.85, title: 'Guessing.', tactics: ['Credential Access'] },
  techniques: [{ id: 'T1110', name: 'Brute Force', tactic: 'Credential Access' }],
  ...{ subjects: [{ kind: 'address', name: '203.0.113.7' }], alerts: 1, acknowledgedMs: null },
};
export const POINT: TrustPoint = { atMs: 5, trust: 91, low: 84, high: 96, state: 'NORMAL' };

export async function apiFixture(t: TestContext, options: Options = {}): Promise<ApiFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'seclyzer-api-'));
  const token = await newToken(dataDir);
  const told: (string | null)[] = [];
  const agent = createAgentFixture();
  const { monitor, alarm, machine } = stagedMonitor(options.monitorOn ?? true);
  await monitor.apply();
  const sources: ApiSources = {
    ...{ version: '0.1.0', snapshot: () => SNAPSHOT, monitor, subscribe: agent.subscribe, nowMs: Date.now },
    trustHistory: () => [POINT],
    alerts: (limit) => [ALERT].slice(0, limit),
    guard: () => guardReading,
    takeInput: options.takeInput ?? null,
    ways: () => ({ ...SETTINGS, ...options.ways }),
    resources: { view: () => RESOURCES_FIXTURE, history: () => [...RESOURCE_HISTORY_FIXTURE] },
  };
  const { server, port } = await listenAt({
    ...{
      host: '127.0.0.1',
      port: 0,
      from: 0,
      create: () => createApiServer(options.requestMs),
      fix: { one: '', all: '' },
    },
  });
  const started = await startApiServer({
    ...{ sources, server, port, address: '127.0.0.1', token: watchToken(dataDir), rate: options.rate ?? FREE },
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
    tell: (text) => told.push(text),
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= started.close());
  t.after(async () => {
    await close();
    await monitor.stop();
    rmSync(dataDir, { recursive: true });
  });
  const bearer = { authorization: `Bearer ${token}` };
  return {
    ...{ port, url: `http://127.0.0.1:${port}`, token, dataDir, alarm, machine, monitor, told, close },
    ...{ push: agent.push, listeners: agent.listeners },
    ask: (path, { method = 'GET', headers = bearer, body } = {}) => ask(port, path, { method, headers, body }),
  };
}

/** Sends exactly these headers: `fetch` would neither let Host be set nor leave a path as it is. */
function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, agent: false };
    const request = httpRequest(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function stagedMonitor(enabled: boolean) {
  const alarm = fakeAlarm();
  const machine = { busy: 2 };
  const random = createRandom(1);
  const startMs = Date.now();
  const source = (name: string, eventType: HostSource['eventType'], read: ReturnType<HostSource['open']>['read']) => ({
    ...{ name, eventType, available: () => ({ ok: true }) as const },
    open: () => ({ read, close: () => undefined }),
  });
  const sources: HostSource[] = [
    source('cpu', 'cpu_metric', () => ({
      values: { busyPercent: machine.busy + Math.abs(random.normal()), loadAverage1: 0.5, forksPerSecond: null },
      parts: { cpu0: { busyPercent: 1, frequencyMHz: 2000 }, cpu1: { busyPercent: 3, frequencyMHz: 1800 } },
    })),
    source('processes', 'process_metric', () => ({
      values: { count: 100 },
      parts: {},
      top: topOf(processRow(7, { name: 'stress', cpuPercent: machine.busy }), processRow(8)),
    })),
  ];
  const clock = () => ({
    read: () => {
      const now = alarm.nowMs();
      return { timestampUs: (startMs + now) * 1000, steadyMs: now + 5e6, awakeMs: now, gap: false };
    },
  });
  const settings = { enabled, intervalSeconds: 1, commandLines: false };
  const store = { get: () => null, set: () => undefined };
  const collector = { alarm, clock };
  const monitor = createMonitor({ ...{ settings: () => settings, store, sources, collector }, tell: () => undefined });
  return { monitor, alarm, machine };
}
