// Scorers as a user starts them, each a process of its own with its files in one folder: started, killed, asked what they have used.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { readScorerStatuses, type ScorerStatus } from '../agent/roles/scorer-files.ts';
import { createCpuShare } from './cpu-share.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const MOST_WAIT_MS = 30_000;
/** Of /proc/pid/stat, sysconf(_SC_CLK_TCK) on Linux. */
const TICKS_PER_S = 100;

export interface ScorerFleet {
  /** Comes back when all partitions are held, by about as many each. */
  readonly start: (count: number) => Promise<void>;
  /** The first of them, with SIGKILL. */
  readonly killOne: () => void;
  readonly statuses: () => Promise<readonly ScorerStatus[]>;
  /** Seconds of processor time of those that run. */
  readonly cpuS: () => number;
  readonly stop: () => Promise<void>;
}

/** @param key 64 hexadecimal digits. @param share of a core that each may use; null for as much as there is. */
export function createScorerFleet(folder: string, redisPort: number, key: string, share: number | null): ScorerFleet {
  const dataDir = join(folder, 'scorers');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'fleet.key'), `${key}\n`, { mode: 0o600 });
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ redis: { url: `redis://127.0.0.1:${redisPort}` } }));
  const shares = share === null ? null : createCpuShare(share);
  let children: ChildProcess[] = [];

  async function held(): Promise<void> {
    for (const endMs = Date.now() + MOST_WAIT_MS; Date.now() < endMs; await sleep(100)) {
      const found = await readScorerStatuses(dataDir);
      const counts = found.map(({ partitions }) => partitions.length);
      const all = counts.reduce((sum, n) => sum + n, 0);
      if (found.length !== children.length || all !== found[0]?.of) continue;
      if (Math.max(...counts) - Math.min(...counts) <= 1) return;
    }
    throw new Error('the scorers have not shared the partitions in time');
  }
  return {
    start: async (count) => {
      const args = ['run', '--role', 'scorer', '--data', dataDir];
      for (let i = 0; i < count; i += 1) {
        const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
        children.push(child);
        shares?.hold(child.pid ?? 0);
      }
      await held();
    },
    killOne: () => void children.shift()?.kill('SIGKILL'),
    statuses: () => readScorerStatuses(dataDir),
    cpuS: () => children.reduce((sum, { pid }) => sum + cpuSecondsOf(pid ?? 0), 0),
    stop: async () => {
      const ends = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(ends);
      children = [];
      shares?.close();
    },
  };
}

/** User and system time; the name, which may hold blanks, stands in brackets (proc(5)). */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}
