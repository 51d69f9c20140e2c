// Servers around an agent and the ways to them in, what may happen to them out, each with a beginning and an end.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutageNetwork } from './outage-network.ts';
import type { Relay } from './outage-relay.ts';
import type { OutageAgent } from './outage-run.ts';
import type { DatabaseUnderTest, RedisUnderTest, Server } from './outage-servers.ts';

export interface Trouble {
  readonly name: string;
  readonly begin: () => unknown;
  readonly end: () => unknown;
  /** null: it can be had here. */
  readonly whyNot: string | null;
}

export interface Surroundings {
  readonly redis: RedisUnderTest;
  readonly database: DatabaseUnderTest;
  readonly prometheus: Server;
  readonly toRedis: Relay;
  readonly toDatabase: Relay;
  readonly network: OutageNetwork;
  readonly agent: OutageAgent;
}

const SLOW = { delayMs: 300, bytesPerSecond: 4000 };
const LOST_SHARE = 0.2;
const SLOW_READERS = 32;
const CROWD = 32;
const CROWD_EVERY_MS = 500;

export function troublesOf({
  redis,
  database,
  prometheus,
  toRedis,
  toDatabase,
  network,
  agent,
}: Surroundings): readonly Trouble[] {
  const servers = [redis, database, prometheus];
  const ways = [toRedis, toDatabase];
  let leave = (): void => undefined;
  return [
    {
      name: 'stopped, and started again',
      begin: async () => {
        for (const way of ways) way.shut(true);
        await Promise.all(servers.map(({ stop }) => stop()));
      },
      end: async () => {
        await Promise.all(servers.map(({ start }) => start()));
        for (const way of ways) way.shut(false);
      },
      whyNot: null,
    },
    {
      name: 'hung (SIGSTOP)',
      begin: () => servers.forEach(({ hang }) => hang()),
      end: () => servers.forEach(({ goOn }) => goOn()),
      whyNot: null,
    },
    {
      name: `slow: ${SLOW.delayMs} ms each way and ${SLOW.bytesPerSecond / 1000} kB/s (a relay); ${SLOW_READERS} clients of /metrics that do not read`,
      begin: () => {
        for (const way of ways) way.slow(SLOW);
        leave = readSlowly(agent);
      },
      end: () => {
        for (const way of ways) way.slow(null);
        leave();
      },
      whyNot: null,
    },
    {
      name: `${LOST_SHARE * 100} % of the packets lost each way (the kernel's nftables)`,
      begin: () => network.lose?.(LOST_SHARE),
      end: () => network.lose?.(0),
      whyNot: network.why,
    },
    {
      name: `full: Redis without memory, the database without a disk; ${CROWD} clients of /metrics, twice a second`,
      begin: async () => {
        toDatabase.shut(true);
        await Promise.all([redis.fill(true), database.stop()]);
        await database.start(true);
        toDatabase.shut(false);
        leave = crowd(agent);
      },
      end: async () => {
        leave();
        toDatabase.shut(true);
        await Promise.all([redis.fill(false), database.stop()]);
        await database.start();
        toDatabase.shut(false);
      },
      whyNot: null,
    },
  ];
}

/** Whoever asks for the metrics and does not read the answer. */
function readSlowly({ apiUrl, token }: OutageAgent): () => void {
  const { hostname, port, host } = new URL(apiUrl);
  const sockets = Array.from({ length: SLOW_READERS }, (): Socket => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => socket.destroy());
    socket.pause();
    socket.write(`GET /metrics HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    return socket;
  });
  return () => sockets.forEach((socket) => socket.destroy());
}

/** A thousand times as often as a Prometheus asks, and still within what the API allows its owner. */
function crowd({ apiUrl, token }: OutageAgent): () => void {
  let over = false;
  const ask = async (): Promise<void> => {
    while (!over) {
      const headers = { authorization: `Bearer ${token}` };
      await fetch(`${apiUrl}/metrics`, { headers }).then((answer) => answer.text());
      await sleep(CROWD_EVERY_MS);
    }
  };
  for (let i = 0; i < CROWD; i += 1) ask().catch(() => (over = true));
  return () => void (over = true);
}
