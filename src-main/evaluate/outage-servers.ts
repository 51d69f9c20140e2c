// The three servers that an agent may be connected to, real ones: started, stopped, hung, filled, each by a call. In: a folder, and where they are
// to run. Out: what they have at the end.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { freePort } from '../agent/publish/redis/redis-server.fixture.ts';
import type { OutageNetwork } from './outage-network.ts';

export interface Server {
  readonly start: (isFull?: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Answers nothing, closes nothing. */
  readonly hang: () => void;
  readonly goOn: () => void;
}

export interface RedisUnderTest extends Server {
  readonly port: number;
  /** Every message of the channels of SecLyzer, as it came. */
  readonly heard: readonly string[];
  readonly fill: (isFull: boolean) => Promise<void>;
}

export interface DatabaseUnderTest extends Server {
  readonly port: number;
  /** Times in milliseconds of the scores in it, as often as they were written. */
  readonly scores: () => Promise<readonly number[]>;
}

/** @param ready asked until it says so, for ten seconds */
function serverOf(words: (isFull: boolean) => readonly string[], ready: () => Promise<boolean>): Server {
  let child: ChildProcess | null = null;
  return {
    start: async (isFull = false) => {
      const [command = '', ...args] = words(isFull);
      child = spawn(command, args, { stdio: 'ignore' });
      for (let tries = 0; tries < 400; tries += 1) {
        if (await ready()) return;
        if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
        await sleep(25);
      }
      throw new Error(`${command} does not answer`);
    },
    stop: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await gone;
    },
    hang: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
  };
}

export async function redisUnderTest(folder: string, { inside, host }: OutageNetwork): Promise<RedisUnderTest> {
  const port = await freePort();
  const heard: string[] = [];
  let listener: ReturnType<typeof createClient> | null = null;
  /** Before the way to it is open, so that nothing is missed. */
  async function listen(): Promise<boolean> {
    listener?.destroy();
    listener = createClient({ socket: { host, port, reconnectStrategy: false } });
    listener.on('error', () => listener?.destroy());
    return await listener.connect().then(
      async () => {
        await listener?.pSubscribe('seclyzer:*', (text) => heard.push(text));
        return true;
      },
      () => false,
    );
  }
  const args = ['--bind', '0.0.0.0', '--protected-mode', 'no', '--save', '', '--dir', folder];
  const server = serverOf(() => [...inside, 'redis-server', '--port', String(port), ...args], listen);
  return {
    ...{ ...server, port, heard },
    stop: async () => {
      listener?.destroy();
      await server.stop();
    },
    fill: async (isFull) => {
      const client = createClient({ socket: { host, port } });
      await client.connect();
      await client.configSet('maxmemory', isFull ? '1kb' : '0');
      client.destroy();
    },
  };
}

export async function databaseUnderTest(folder: string, { inside, host }: OutageNetwork): Promise<DatabaseUnderTest> {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const flags = [`-httpListenAddr=:${port}`, `-storageDataPath=${folder}/database`, '-retentionPeriod=1'];
  // More room than there is on any disk: it takes nothing, and says that it is full.
  const full = '-storage.minFreeDiskSpaceBytes=100000000000000';
  return {
    ...serverOf(
      (isFull) => [...inside, 'victoria-metrics', ...flags, ...(isFull ? [full] : [])],
      async () => (await fetch(`${url}/health`).catch(() => null))?.ok === true,
    ),
    port,
    scores: async () => {
      await fetch(`${url}/internal/force_flush`);
      const trust = new URLSearchParams({ 'match[]': 'confidence_scores_trust{modality="all"}' });
      const text = await (await fetch(`${url}/api/v1/export?${trust.toString()}`)).text();
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.flatMap((line) => (JSON.parse(line) as { readonly timestamps: readonly number[] }).timestamps);
    },
  };
}

/** Reads the API of the agent each second. */
export async function prometheusUnderTest(folder: string, apiUrl: string, tokenFile: string): Promise<Server> {
  const port = await freePort();
  mkdirSync(join(folder, 'prometheus'));
  const file = join(folder, 'prometheus', 'prometheus.yml');
  const job = {
    ...{ job_name: 'seclyzer', authorization: { credentials_file: tokenFile } },
    static_configs: [{ targets: [new URL(apiUrl).host] }],
  };
  // YAML takes JSON.
  writeFileSync(
    file,
    JSON.stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: [job] }),
  );
  const flags = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${folder}/prometheus/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  return serverOf(
    () => ['prometheus', ...flags, '--log.level=error'],
    async () => (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => null))?.ok === true,
  );
}
