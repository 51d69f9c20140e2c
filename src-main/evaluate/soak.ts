// Minutes and a speed in, the record of a soak out: the built agent at work for that long, its clock so many times as fast as the wall's, fed with
// all that it reads and used as it is used, and measured from outside every ten seconds. What the record says is judged in soak-judge.ts.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { checkResult } from '../../src-preload/contract.ts';
import { ensureToken } from '../agent/publish/api/token-file.ts';
import { createRandom } from '../agent/learn/random.ts';
import { thisMachine } from './bench-machine.ts';
import { startSoakAgent, type SoakAgent } from './soak-agent.ts';
import { soakClient, type SoakClient } from './soak-client.ts';
import { lifeMs, type Life } from './soak-clock.ts';
import { feed } from './soak-feed.ts';
import { soakInput } from './soak-input.ts';
import { measureOutside } from './soak-measure.ts';
import { soakPeople } from './soak-people.ts';
import type { SoakAgentSays, SoakLine } from './soak-record.ts';
import { pause, visit } from './soak-visits.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly speed: number;
  /** For the data, the log and the record. */
  readonly folder: string;
  /** Of the program: where `out` and the sources lie. */
  readonly root: string;
  readonly recordings: string;
  readonly progress: (text: string) => void;
  /** Ends it before its time; what was measured until then stays. */
  readonly end: Promise<unknown>;
}

const SAMPLE_MS = 10_000;
/** In the middle of a long run the agent is stopped where it stands, as by a machine that sleeps or swaps. */
const STOPPED_AT = 0.5;
const STOPPED_MS = 10_000;
const STOPPED_FROM_MINUTES = 10;

export const recordFile = (folder: string): string => join(folder, 'soak.jsonl');

/** @returns the file of the record. @throws Error where the agent does not start. */
export async function runSoak(options: SoakOptions): Promise<string> {
  const { minutes, speed, folder, root, recordings, progress } = options;
  mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 });
  const [dataDir, logFile, reportFile] = [join(folder, 'data'), join(folder, 'auth.log'), join(folder, 'inside.json')];
  const record = recordFile(folder);
  writeFileSync(record, '');
  writeFileSync(logFile, '');
  const write = (line: SoakLine): void => appendFileSync(record, `${JSON.stringify(line)}\n`);

  const { people, sentence } = await soakPeople(recordings);
  const startedMs = Date.now();
  const life: Life = { fromMs: startedMs, speed };
  const now = (): number => lifeMs(life, Date.now());
  write({ kind: 'start', minutes, speed, commit: commitOf(root), startedMs, machine: thisMachine(), input: sentence });
  const token = await ensureToken(dataDir);
  const built = join(root, 'out', 'main');
  const agent = await startSoakAgent({
    cliFile: join(built, 'cli.js'),
    insideFile: join(built, 'soak-inside.js'),
    inside: { life, reportFile },
    args: ['--data', dataDir, '--input-from-api', '--logs', logFile],
  });
  const client = soakClient(agent.url, () => token);
  const over = new AbortController();
  const wallS = (): number => (Date.now() - startedMs) / 1000;
  const note = (text: string): void => write({ kind: 'event', wallS: wallS(), text });
  void options.end.then(() => over.abort());
  let exit: number | string = 'unknown';
  let decisions = 0;
  try {
    const input = soakInput(people, createRandom(7), now() * 1000);
    const feeding = feed({ client, input, logFile, lifeMs: now, over: over.signal });
    const visiting = visit({ client, random: createRandom(8), lifeMs: now, note, over: over.signal });
    let stopped = minutes < STOPPED_FROM_MINUTES;
    for (let next = SAMPLE_MS; wallS() < minutes * 60 && !over.signal.aborted; next += SAMPLE_MS) {
      await pause(Math.max(0, next - wallS() * 1000), over.signal);
      const outside = measureOutside(agent.pid, dataDir, reportFile);
      if (outside === null || agent.ended() !== null) {
        note(`the agent has ended: ${agent.ended() ?? 'no process'}`);
        break;
      }
      write({
        ...{ kind: 'sample', wallS: wallS(), lifeS: (now() - startedMs) / 1000, load: loadavg()[0] ?? 0, outside },
        ...{ driverCpuSeconds: ownCpuSeconds(), agent: await askAgent(client), fed: feeding.fed() },
        ...{ client: client.counts(), complaints: agent.complaints().length },
      });
      const [minute, hour] = [wallS() / 60, (now() - startedMs) / 3_600_000];
      progress(
        `${minute.toFixed(1)} of ${minutes} minutes; ${hour.toFixed(1)} h of life; ${outside.pssMiB.toFixed(1)} MiB`,
      );
      if (stopped || minute < minutes * STOPPED_AT) continue;
      stopped = true;
      await stopForAWhile(agent, note);
    }
    if (over.signal.aborted) note('ended before its time');
    decisions = ((await client.call('decisions', { limit: 500 })) as readonly unknown[] | null)?.length ?? 0;
    over.abort();
    await Promise.all([feeding.done, visiting]);
  } finally {
    over.abort();
    exit = await agent.stop();
  }
  write({ kind: 'end', wallS: wallS(), exit, complaints: agent.complaints(), decisions });
  return record;
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function stopForAWhile({ pid }: SoakAgent, note: (text: string) => void): Promise<void> {
  note(`the agent is stopped for ${STOPPED_MS / 1000} s (SIGSTOP)`);
  process.kill(pid, 'SIGSTOP');
  await pause(STOPPED_MS, new AbortController().signal);
  process.kill(pid, 'SIGCONT');
  note('the agent goes on (SIGCONT)');
}

/** As the dashboard shows it. null: there was no answer, which the client has counted. */
async function askAgent(client: SoakClient): Promise<SoakAgentSays | null> {
  const said = await client.call('snapshot');
  const incidents = (await client.call('incidents', { limit: 500 })) as readonly unknown[] | null;
  if (said === null) return null;
  const { state, trust, events, modalities, notices } = checkResult('snapshot', said);
  return {
    ...{ state, trust, ...events },
    modalities: Object.fromEntries(modalities.map(({ modality, status }) => [modality, status])),
    notices: notices.map(({ level, text }) => ({ level, text })),
    incidents: incidents?.length ?? 0,
  };
}

function commitOf(root: string): string | null {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    // Installed from a package: the version stands for it.
    return null;
  }
}
