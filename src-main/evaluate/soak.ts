// Minutes and a speed in, the record of a soak out: the built agent at work for that long, its clock so many times as fast as the wall's, fed with
// all that it reads and used as it is used, and measured from outside every ten seconds. What the record says is judged in soak-judge.ts.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { checkResult } from '../../src-preload/contract.ts';
import { thisMachine } from './bench-machine.ts';
import { processorSeconds } from './bench-timing.ts';
import type { SoakAgent } from './soak-agent.ts';
import type { SoakClient } from './soak-client.ts';
import { lifeMs, type Life } from './soak-clock.ts';
import { live, type Living, type SoakPlace } from './soak-living.ts';
import { measureOutside } from './soak-measure.ts';
import { soakPeople } from './soak-people.ts';
import type { SoakAgentSays, SoakLine } from './soak-record.ts';
import { pause } from './soak-visits.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly speed: number;
  /** Hours of life that it has behind it when the record begins. */
  readonly lived: number;
  /** For the data, the log and the record. */
  readonly folder: string;
  /** Of the program: where `out` and the sources lie. */
  readonly root: string;
  readonly recordings: string;
  readonly progress: (text: string) => void;
  /** Ends it before its time; what was measured until then stays. */
  readonly end: Promise<unknown>;
}

/** In the middle of a long run the agent is stopped where it stands, as by a machine that sleeps or swaps. */
const STOPPED_AT = 0.5;
const STOPPED_MS = 10_000;
const STOPPED_FROM_MINUTES = 10;
const LIVED_SPEED = 40;
const LIVED_MARGIN_S = 10;
const MS_PER_HOUR = 3_600_000;

export const recordFile = (folder: string): string => join(folder, 'soak.jsonl');

/** @returns the file of the record. @throws Error where the agent does not start. */
export async function runSoak(options: SoakOptions): Promise<string> {
  const { minutes, speed, lived, folder, root, recordings, progress } = options;
  mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 });
  const [dataDir, logFile, reportFile] = [join(folder, 'data'), join(folder, 'auth.log'), join(folder, 'inside.json')];
  const record = recordFile(folder);
  writeFileSync(record, '');
  writeFileSync(logFile, '');
  const write = (line: SoakLine): void => appendFileSync(record, `${JSON.stringify(line)}\n`);

  const { people, sentence } = await soakPeople(recordings);
  const place: SoakPlace = { root, dataDir, logFile, reportFile, people, end: options.end };
  const before = lived === 0 ? '' : await liveBefore(place, lived, progress);
  const startedMs = Date.now();
  const life: Life = { fromMs: startedMs, speed };
  const [commit, machine] = [commitOf(root), thisMachine()];
  write({ kind: 'start', minutes, speed, livedHours: lived, commit, startedMs, machine, input: sentence });
  const wallS = (): number => (Date.now() - startedMs) / 1000;
  const note = (text: string): void => write({ kind: 'event', wallS: wallS(), text });
  if (before !== '') note(before);
  let stopped = minutes < STOPPED_FROM_MINUTES;
  const end = await live(place, { life, wallS: minutes * 60, note }, async ({ agent, client, feeding, now }) => {
    const outside = measureOutside(agent.pid, dataDir, reportFile);
    if (outside === null) return false;
    write({
      ...{ kind: 'sample', wallS: wallS(), lifeS: (now() - startedMs) / 1000, load: loadavg()[0] ?? 0, outside },
      ...{ driverCpuSeconds: processorSeconds(), agent: await askAgent(client), fed: feeding.fed() },
      ...{ client: client.counts(), complaints: agent.complaints().length },
    });
    const [minute, hour] = [wallS() / 60, (now() - startedMs) / MS_PER_HOUR];
    progress(
      `${minute.toFixed(1)} of ${minutes} minutes; ${hour.toFixed(1)} h of life; ${outside.pssMiB.toFixed(1)} MiB`,
    );
    if (stopped || minute < minutes * STOPPED_AT) return true;
    stopped = true;
    await stopForAWhile(agent, note);
    return true;
  });
  write({ kind: 'end', wallS: wallS(), ...end });
  return record;
}

/** Somebody who is known already, as at each login: what is learned in the first hours takes memory, and is no growth of the days after. */
async function liveBefore(place: SoakPlace, hours: number, progress: (text: string) => void): Promise<string> {
  const wallS = (hours * 3600) / LIVED_SPEED;
  // Both clocks show the same soon after its end, and what follows is later by both.
  const life: Life = { fromMs: Date.now() + (wallS + LIVED_MARGIN_S) * 1000, speed: LIVED_SPEED };
  const fromMs = lifeMs(life, Date.now());
  const tell = ({ now }: Living): Promise<boolean> => {
    progress(`before: ${((now() - fromMs) / MS_PER_HOUR).toFixed(1)} of ${hours} h of life`);
    return Promise.resolve(true);
  };
  const { exit, complaints } = await live(place, { life, wallS, note: () => undefined }, tell);
  if (exit !== 0) throw new Error(`the agent did not live through the hours before: ${exit} ${complaints.join('; ')}`);
  return `it has lived ${hours} h at ${LIVED_SPEED} times the speed, was stopped, and is started again`;
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
