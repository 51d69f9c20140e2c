// `seclyzer run --role viewer`: the fleet page on a loopback port, without collectors, agent or store. In: options. Out: its address, and it
// runs until a stop signal. Of this machine it reads the settings of Redis, and writes its own token and where it is.
import { readFile } from 'node:fs/promises';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../agent/collect/keep-running.ts';
import type { HostOutput } from '../agent/host-node.ts';
import { openBrowser } from '../agent/open-browser.ts';
import { startRoleMetrics } from '../agent/publish/api/role-metrics.ts';
import { ensureToken } from '../agent/publish/api/token-file.ts';
import { PortTaken } from '../agent/publish/listen.ts';
import { openRedisLink } from '../agent/publish/redis/redis-link.ts';
import { readTarget, type RedisSettings } from '../agent/publish/redis/redis-target.ts';
import { removeRuntime, writeRuntime } from '../agent/publish/runtime-file.ts';
import { preferSmallHeap } from '../agent/small-heap.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { parseSettings } from '../agent/settings-text.ts';
import { codeOf, messageOf } from '../agent/thrown.ts';
import { createFleetBook } from './fleet-book.ts';
import { createFleetFeed, type FleetFeed } from './fleet-feed.ts';
import { fleetFigures } from './fleet-figures.ts';
import { startReading, type FleetReader } from './read-fleet.ts';
import { addFleet } from './viewer-metrics.ts';
import { startViewerServer, type ViewerServer } from './viewer-server.ts';

export interface ViewerStart {
  /** Holds the viewer's token, and the password of Redis where no other file is named. */
  readonly dataDir: string;
  readonly settingsFile: string;
  readonly version: string;
  /** The folder of the built pages. */
  readonly rendererDir: string;
  readonly port?: number;
  /** Of its figures for Prometheus; null: nobody reads them. */
  readonly metricsPort: number | null;
  /** Whether to open the page in a browser. */
  readonly open: boolean;
}

const TOKEN = 'viewer-token';

/** @returns the exit code: 0 after a stop signal, 1 when it could not start, with the reason said. */
export async function runViewer(start: ViewerStart, output: HostOutput): Promise<0 | 1> {
  const stopSignal = nextStopSignal();
  process.umask(0o077);
  preferSmallHeap();
  const settings = await redisSettings(start.settingsFile);
  if (typeof settings === 'string') {
    output.warn(settings);
    return 1;
  }
  const startMs = Date.now();
  const token = await ensureToken(start.dataDir, TOKEN);
  const book = createFleetBook(startMs);
  const link = openRedisLink({
    ...{ target: () => readTarget(settings, start.dataDir), alarm: SYSTEM_ALARM, random: Math.random },
  });
  const feed: FleetFeed = createFleetFeed({
    ...{ version: start.version, startMs, book, reader: () => reader, wallMs: Date.now },
  });
  const reader: FleetReader = startReading({
    ...{ line: link, book, alarm: SYSTEM_ALARM, wallMs: Date.now, looked: feed.send },
  });
  try {
    const server = await startViewerServer({
      ...{ subscribe: feed.subscribe, host: (id) => book.host(id, Date.now()), rendererDir: start.rendererDir },
      ...{ token, ...(start.port === undefined ? {} : { port: start.port }) },
      figures: (pages) =>
        fleetFigures(book.rows(), reader.standing(), { beyond: reader.beyond(), refused: book.refused().count, pages }),
      health: () => ({
        ...{ status: 'ok', role: 'viewer', version: start.version, uptimeS: Math.floor(process.uptime()) },
        redis: reader.standing().state,
      }),
    });
    await untilStopped(server, start, { output, stopSignal, token, startMs });
    return 0;
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    output.warn(error.message);
    return 1;
  } finally {
    link.close();
    await reader.stop();
  }
}

async function untilStopped(
  server: ViewerServer,
  { dataDir, version, open, metricsPort }: ViewerStart,
  { output, stopSignal, token, startMs }: Running,
): Promise<void> {
  const { url, port } = server;
  const { pid } = process;
  const metrics = await startRoleMetrics({
    ...{ port: metricsPort, dataDir, version, role: 'viewer', say: output.warn, warn: output.warn },
    figures: (gauge, counter) => addFleet(server.figures(), gauge, counter),
  });
  try {
    await writeRuntime(dataDir, { pid, port, token, version, startedMs: startMs }, 'viewer');
    output.started({ url, port, pid, version });
    if (open) await openBrowser(server.newLink()).catch((error: unknown) => output.warn(messageOf(error)));
    await stopSignal;
    output.stopping();
  } finally {
    await removeRuntime(dataDir, pid, 'viewer');
    await metrics?.close();
    await server.close();
  }
}

interface Running {
  readonly output: HostOutput;
  readonly stopSignal: Promise<string>;
  readonly token: string;
  readonly startMs: number;
}

/** Read alone: what a viewer finds out of order it leaves where it is. @returns a sentence where there is no Redis to look at */
async function redisSettings(file: string): Promise<RedisSettings | string> {
  let settings: UserSettings;
  try {
    settings = parseSettings(await readFile(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return `The settings in ${file} can't be used: ${messageOf(error)}`;
    settings = DEFAULT_USER_SETTINGS;
  }
  const { url } = settings.redis;
  if (url !== null) return { ...settings.redis, url };
  return `A viewer shows the hosts that are in a Redis, and ${file} names none. Put its address there: { "redis": { "url": "rediss://redis.example:6379" } }`;
}
