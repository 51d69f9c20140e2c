// The REST API in, how many requests a second it answers out: the newest readings of this machine, over connections that stay open, each
// answer checked by its schema as always. The sender runs in the same thread, so that the figure is a lower bound.
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMonitor } from '../agent/monitor/monitor.ts';
import { createApiServer } from '../agent/publish/api/api-app.ts';
import { startApiServer } from '../agent/publish/api/api-server.ts';
import { newToken, watchToken } from '../agent/publish/api/token-file.ts';
import { listenAt } from '../agent/publish/listen.ts';
import type { Figure } from './bench-figure.ts';

const CONNECTIONS = 8;
const SAMPLES = 10;
const SAMPLE_MS = 500;
/** Until every source has told its rates. */
const SETTLE_MS = 2500;
const NO_LIMIT = { owner: 1e9, stranger: 1e9, windowMs: 1000 };

export function apiFigures(): readonly Figure[] {
  const rate = { unit: 'requests/s', better: 'more', statistic: 'median', reference: null } as const;
  return [
    { ...rate, name: 'api-readings', goal: 1000, measure: () => measureRequests('/metrics/realtime') },
    { ...rate, name: 'api-health', goal: null, measure: () => measureRequests('/healthz') },
  ];
}

async function measureRequests(place: string): Promise<readonly number[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-bench-api-'));
  const monitor = createMonitor({
    settings: () => ({ enabled: true, intervalSeconds: 1, commandLines: false }),
    ...{ store: { get: () => null, set: () => undefined }, tell: () => undefined },
  });
  const token = await newToken(dataDir);
  const { server: listening, port } = await listenAt({
    ...{ host: '127.0.0.1', port: 0, from: 0, create: () => createApiServer(), fix: { one: '', all: '' } },
  });
  const server = await startApiServer({
    ...{ server: listening, address: '127.0.0.1', port, token: watchToken(dataDir), rate: NO_LIMIT },
    tell: () => undefined,
    sources: {
      ...{ version: '0', monitor, takeInput: null, nowMs: Date.now, subscribe: () => () => undefined },
      ...{ trustHistory: () => [], alerts: () => [], snapshot: notAsked, guard: notAsked },
      resources: { view: notAsked, history: notAsked },
      ways: notAsked,
    },
  });
  try {
    await monitor.apply();
    await wait(SETTLE_MS);
    return await samples(
      port,
      `GET ${place} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
  } finally {
    await server.close();
    await monitor.stop();
    await rm(dataDir, { recursive: true });
  }
}

function notAsked(): never {
  throw new Error('nobody asks for it here');
}

async function samples(port: number, request: string): Promise<readonly number[]> {
  let answered = 0;
  let refused = 0;
  const sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(port, '127.0.0.1');
    let left = 0;
    socket.on('data', (part) => {
      if (left === 0) {
        const head = part.indexOf('\r\n\r\n');
        if (!part.subarray(0, 12).equals(OK)) refused += 1;
        const length = /\r\ncontent-length: (\d+)/i.exec(part.toString('latin1', 0, head))?.[1];
        left = head + 4 + Number(length);
      }
      left -= part.length;
      if (left !== 0) return;
      answered += 1;
      socket.write(request);
    });
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write(request);
  const rates: number[] = [];
  for (let i = 0; i <= SAMPLES; i++) {
    const [from, fromMs] = [answered, performance.now()];
    await wait(SAMPLE_MS);
    // The first one is a warm-up.
    if (i > 0) rates.push((1000 * (answered - from)) / (performance.now() - fromMs));
  }
  for (const socket of sockets) socket.destroy();
  if (refused > 0 || answered === 0) throw new Error(`the API refused ${refused} of ${answered} requests`);
  return rates;
}

const OK = Buffer.from('HTTP/1.1 200');
