// The built agent in, what it costs out: the time until it is ready, and its memory and processor while nothing happens and
// while the synthetic typist works.
import { checkResult, type Snapshot } from '../../src-preload/contract.ts';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds, memoryMiB } from '../agent/budget/proc-reader.ts';
import type { Figure } from './bench-figure.ts';
import { startAgentProcess, type AgentProcess } from './bench-process.ts';
import { ENROL, type Profile } from './bench-profile.ts';
import { once } from './bench-timing.ts';

const STARTS = 7;
/** What the compiler has not seen yet is slow, and says nothing about a program that runs for days. At work it sees more, and later. */
const SETTLE_MS = { idle: 60_000, working: 120_000 } as const;
const WORK_MS = 60_000;
const MB_PER_MIB = 2 ** 20 / 1e6;

export function agentFigures(cliFile: string, profile: () => Promise<Profile>): readonly Figure[] {
  const notBuilt = (): string | null => (existsSync(cliFile) ? null : 'the program is not built; npm run build');
  const missing = (): string | null =>
    process.platform === 'linux' ? notBuilt() : 'only Linux tells the memory of a process without what it shares';
  const idle = once(() => onCopy(profile, (data) => measureIdle(cliFile, data)));
  const working = once(() => onCopy(profile, (data) => measureWork(cliFile, data)));
  const common = { better: 'less', statistic: 'median', reference: null, goal: null } as const;
  const memory = { ...common, unit: 'MB', long: true, missing } as const;
  return [
    {
      ...{ ...common, name: 'agent-start', unit: 'ms', reference: 2000, goal: 400, missing: notBuilt },
      measure: () => onCopy(profile, (data) => measureStarts(cliFile, data)),
    },
    { ...memory, name: 'agent-memory-idle', measure: async () => [(await idle()).memoryMB] },
    {
      ...{ ...memory, name: 'agent-memory-working', reference: 3800, goal: 110 },
      measure: async () => [(await working()).memoryMB],
    },
    { ...memory, name: 'agent-cpu-idle', unit: '%', measure: async () => [(await idle()).cpuPercent] },
    {
      ...{ ...memory, name: 'agent-cpu-working', unit: '%', reference: 6.2, goal: 0.5 },
      measure: async () => [(await working()).cpuPercent],
    },
  ];
}

/** The agent locks its data and goes on learning, so it gets a profile of its own. */
async function onCopy<T>(profile: () => Promise<Profile>, work: (dataDir: string) => Promise<T>): Promise<T> {
  const { dataDir, store } = await profile();
  const copy = await mkdtemp(path.join(tmpdir(), 'seclyzer-bench-agent-'));
  try {
    store.flush();
    await cp(dataDir, copy, { recursive: true });
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** On the data of somebody who is known already, as at each login. The first start is not counted: it reads the disk. */
async function measureStarts(cliFile: string, dataDir: string): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let start = 0; start <= STARTS; start += 1) {
    const agent = await startAgentProcess(cliFile, ['--data', dataDir]);
    await agent.stop();
    if (start > 0) tookMs.push(agent.readyMs);
  }
  return tookMs;
}

interface Use {
  readonly memoryMB: number;
  /** Of one core. */
  readonly cpuPercent: number;
}

const measureIdle = (cliFile: string, dataDir: string): Promise<Use> =>
  measureUse(cliFile, ['--data', dataDir], SETTLE_MS.idle, () => Promise.resolve());

/**
 * The typist lives in the agent and wakes it four times a second, as the driver of X11 does; making up her keys and movements, some 15 a second,
 * is part of the figure.
 * @throws Error when nothing was scored: memory without models would look better than it is.
 */
const measureWork = (cliFile: string, dataDir: string): Promise<Use> =>
  measureUse(
    cliFile,
    ['--data', dataDir, '--synthetic', 'ada', '--enrol-apps', String(ENROL.app)],
    SETTLE_MS.working,
    async ({ url }) => {
      const { modalities } = await snapshotOf(url);
      const idle = modalities.filter(({ status }) => status !== 'scoring' && status !== 'waiting');
      if (idle.length > 0)
        throw new Error(`the working agent has no model of ${idle.map(({ modality }) => modality).join()}`);
    },
  );

async function snapshotOf(url: URL): Promise<Snapshot> {
  const answer = await fetch(new URL('/call/snapshot', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${url.searchParams.get('token') ?? ''}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const { result } = (await answer.json()) as { readonly result: unknown };
  return checkResult('snapshot', result);
}

async function measureUse(
  cliFile: string,
  args: readonly string[],
  settleMs: number,
  check: (agent: AgentProcess) => Promise<void>,
): Promise<Use> {
  const agent = await startAgentProcess(cliFile, args);
  try {
    await wait(settleMs);
    const [fromS, fromMs] = [cpuSeconds(agent.pid), performance.now()];
    await wait(WORK_MS);
    const [toS, toMs, mib] = [cpuSeconds(agent.pid), performance.now(), memoryMiB(agent.pid)];
    if (fromS === null || toS === null || mib === null) throw new Error('the agent ended while it was measured');
    await check(agent);
    return { memoryMB: mib * MB_PER_MIB, cpuPercent: (100 * (toS - fromS) * 1000) / (toMs - fromMs) };
  } finally {
    await agent.stop();
  }
}
