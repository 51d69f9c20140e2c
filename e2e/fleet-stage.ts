// Leaves: a real Redis, a viewer of the built program on it, and agents of the built program that write themselves down there.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NO_REDIS, startRedis, type RedisServer } from '../src-main/agent/publish/redis/redis-server.fixture.ts';
import { linkOf, missingForBrowser } from './browser-host.ts';

const CLI = path.resolve(import.meta.dirname, '../out/main/cli.js');

export const missingForFleet = (): string | null => {
  if (NO_REDIS !== false) return NO_REDIS;
  return existsSync(CLI) ? missingForBrowser() : 'the program is not built: npm run build';
};

export interface FleetStage {
  readonly redis: RedisServer;
  /** Of the viewer. */
  readonly url: string;
  readonly viewer: ChildProcess;
  /** An agent with an invented typist, in a folder of its own. */
  readonly agent: (name: string) => ChildProcess;
  readonly stop: () => Promise<void>;
}

export async function startFleetStage(): Promise<FleetStage> {
  const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-fleet-'));
  const redis = await startRedis({ folder: home });
  const children: ChildProcess[] = [];
  const start = (name: string, ...args: readonly string[]): ChildProcess => {
    const data = path.join(home, name);
    mkdirSync(data, { mode: 0o700 });
    const settings = { redis: { url: `redis://127.0.0.1:${redis.port}` }, api: { enabled: false } };
    writeFileSync(path.join(data, 'settings.json'), JSON.stringify(settings));
    const words = ['run', '--data', data, '--port', '0', ...args];
    const env = { ...process.env, HOME: home, DISPLAY: '', WAYLAND_DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: '' };
    const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  const viewer = start('viewer', '--role', 'viewer');
  return {
    redis,
    url: await linkOf(viewer),
    viewer,
    agent: (name) => start(name, '--synthetic', 'ada', '--logs', '/dev/null'),
    stop: async () => {
      for (const child of children) await endChild(child, 'SIGKILL');
      await redis.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
