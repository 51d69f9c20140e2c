// The figures of a role that has no API, for a Prometheus server: `GET /metrics` with the token, `GET /healthz` without, on 127.0.0.1 alone, under
// the rules of the API. In: a port, and what is to be told. Out: a server.
import { fastifyRateLimit } from '@fastify/rate-limit';
import { listenAt } from '../listen.ts';
import { createApiApp, createApiServer } from './api-app.ts';
import { addApiGuard, hostsOf, RATE } from './api-guard.ts';
import { textOf, type Add } from './prometheus-text.ts';
import { ensureToken, watchToken } from './token-file.ts';

export interface MetricsStart {
  /** 0: any free one. */
  readonly port: number;
  /** Holds the token, `api-token`, which `seclyzer api token --data` prints. */
  readonly dataDir: string;
  readonly version: string;
  readonly role: 'scorer' | 'viewer';
  /** Called for each scrape. */
  readonly figures: (gauge: Add, counter: Add) => void;
  /** A mistake of ours, which the caller is not told. */
  readonly tell: (problem: string) => void;
}

export interface MetricsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const ADDRESS = '127.0.0.1';
const FIX = { one: 'Choose another one with --metrics-port.', all: '' };

/** @throws PortTaken where the port is in use; the error of the file system where no token can be written. */
export async function startMetricsServer(start: MetricsStart): Promise<MetricsServer> {
  const { dataDir, version, role, figures, tell } = start;
  const startedMs = Date.now();
  await ensureToken(dataDir);
  const place = { host: ADDRESS, port: start.port, from: start.port, create: () => createApiServer(), fix: FIX };
  const { server, port } = await listenAt(place);
  const app = createApiApp(server, tell);
  await app.register(fastifyRateLimit, { global: false });
  addApiGuard(app, {
    ...{ hosts: hostsOf(ADDRESS, port), rate: RATE, token: watchToken(dataDir) },
    isOpen: ({ routeOptions }) => routeOptions.url === '/healthz',
  });
  app.get('/healthz', async () => ({ status: 'ok', role, version, uptimeSeconds: (Date.now() - startedMs) / 1000 }));
  app.get('/metrics', async (_request, reply) => {
    const { type, text } = await textOf((gauge, counter) => {
      gauge('seclyzer_build_info', 'The version of SecLyzer; always 1.', 1, { version });
      gauge('seclyzer_start_time_seconds', `When the ${role} started, since the Unix epoch.`, startedMs / 1000);
      figures(gauge, counter);
    });
    return reply.type(type).send(text);
  });
  await app.ready();
  return {
    url: `http://${ADDRESS}:${port}/metrics`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await app.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
