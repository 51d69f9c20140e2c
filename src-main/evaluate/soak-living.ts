// A stretch of life in, the built agent living through it, fed and used, and looked at every ten seconds; out: how it ended.
import { join } from 'node:path';
import { createRandom } from '../agent/learn/random.ts';
import { ensureToken } from '../agent/publish/api/token-file.ts';
import { startSoakAgent, type SoakAgent } from './soak-agent.ts';
import { soakClient, type SoakClient } from './soak-client.ts';
import { lifeMs, type Life } from './soak-clock.ts';
import { feed, type Feed } from './soak-feed.ts';
import { soakInput } from './soak-input.ts';
import type { SoakPeople } from './soak-people.ts';
import type { SoakEnd } from './soak-record.ts';
import { pause, visit } from './soak-visits.ts';

export interface SoakPlace {
  /** Of the program: where `out` lies. */
  readonly root: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** Written by the agent's process (soak-inside.ts). */
  readonly reportFile: string;
  readonly people: SoakPeople['people'];
  /** Ends it before its time. */
  readonly end: Promise<unknown>;
}

export interface Stretch {
  readonly life: Life;
  readonly wallS: number;
  /** Told of what is done to the agent. */
  readonly note: (text: string) => void;
}

export interface Living {
  readonly agent: SoakAgent;
  readonly client: SoakClient;
  readonly feeding: Feed;
  /** Of life, milliseconds since the epoch. */
  readonly now: () => number;
}

const LOOK_MS = 10_000;
const DECISIONS = 500;

/** @param look false: it can't go on. @throws Error where the agent does not start. */
export async function live(
  { root, dataDir, logFile, reportFile, people, end }: SoakPlace,
  { life, wallS, note }: Stretch,
  look: (living: Living) => Promise<boolean>,
): Promise<Omit<SoakEnd, 'kind' | 'wallS'>> {
  const startedMs = Date.now();
  const now = (): number => lifeMs(life, Date.now());
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
  void end.then(() => over.abort());
  let exit: number | string = 'unknown';
  let decisions = 0;
  try {
    const input = soakInput(people, createRandom(7), now() * 1000);
    const feeding = feed({ client, input, logFile, lifeMs: now, over: over.signal });
    const visiting = visit({ client, random: createRandom(8), lifeMs: now, note, over: over.signal });
    const sinceMs = (): number => Date.now() - startedMs;
    for (let next = LOOK_MS; sinceMs() < wallS * 1000 && !over.signal.aborted; next += LOOK_MS) {
      await pause(Math.max(0, Math.min(next, wallS * 1000) - sinceMs()), over.signal);
      if (agent.ended() === null && (await look({ agent, client, feeding, now }))) continue;
      note(`the agent has ended: ${agent.ended() ?? 'no process'}`);
      break;
    }
    if (over.signal.aborted) note('ended before its time');
    decisions = ((await client.call('decisions', { limit: DECISIONS })) as readonly unknown[] | null)?.length ?? 0;
    over.abort();
    await Promise.all([feeding.done, visiting]);
  } finally {
    over.abort();
    exit = await agent.stop();
  }
  return { exit, complaints: agent.complaints(), decisions };
}
