// Two agents on the same input, one with Redis, a database and Prometheus around it, the other with none: input sent to both at the same moments,
// and what each had to say at the end. The events of a second go in the middle of the next, so that both have them at the same tick.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentOptions } from '../../src-preload/contract.ts';
import { inventEvents, typistByName } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';
import { ensureToken } from '../agent/publish/api/token-file.ts';
import { replayFiles } from '../agent/replay-run.ts';
import type { OutageAgentReady, OutageAgentReport } from './outage-agent.ts';

export interface OutageAgent {
  readonly apiUrl: string;
  readonly token: string;
  readonly dataDir: string;
  readonly stop: () => Promise<OutageAgentReport>;
}

const LEARN_S = 240;
const MODELS = path.resolve(import.meta.dirname, '../../models');

function* until(events: Iterable<InputEvent>, endUs: number): Generator<InputEvent> {
  for (const event of events) {
    if (event.ts > endUs) return;
    yield event;
  }
}

/** A data folder in which the owner is known already. */
export async function learnOwner(folder: string): Promise<string> {
  const startUs = 1_704_704_400_000_000;
  const file = path.join(folder, 'owner.jsonl');
  const events = [...until(inventEvents(typistByName('ada'), createRandom(4), startUs), startUs + LEARN_S * 1e6)];
  await writeFile(file, events.map((event) => JSON.stringify(event)).join('\n'));
  const dataDir = path.join(folder, 'learned');
  const place = { dataDir, modelsDir: MODELS, enrol: { keystroke: 200, mouse: 1_000_000 } };
  await replayFiles([file], place, () => undefined);
  return dataDir;
}

export async function startOutageAgent(learned: string, dataDir: string, settings: object): Promise<OutageAgent> {
  await mkdir(dataDir);
  await cp(learned, dataDir, { recursive: true });
  const settingsFile = path.join(dataDir, 'settings.json');
  await writeFile(settingsFile, JSON.stringify({ ...settings, api: { enabled: true } }), { mode: 0o600 });
  const token = await ensureToken(dataDir);
  const options: AgentOptions = {
    ...{ dataDir, modelsDir: MODELS, settingsFile, host: 'browser', dataKey: null, inputIsScripted: true },
    ...{ source: { kind: 'api' }, logs: [], enrol: {} },
  };
  const script = path.join(import.meta.dirname, 'outage-agent.ts');
  const { DISPLAY: _display, ...env } = process.env;
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    ...{ env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  });
  const { apiUrl } = await told<OutageAgentReady>(child);
  return {
    ...{ apiUrl, token, dataDir },
    stop: async () => {
      child.send('stop');
      return await told<OutageAgentReport>(child);
    },
  };
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the agent ended with ${String(code)}`))),
  ])) as [T];
  return message;
}

/** The owner, and after `ownerS` somebody else. @returns how many events were sent, and how many of them refused by one of the agents. */
export async function feedBoth(agents: readonly OutageAgent[], ownerS: number, over: AbortSignal) {
  const startUs = Date.now() * 1000;
  const turnUs = startUs + ownerS * 1e6;
  function* both(): Generator<InputEvent> {
    yield* until(inventEvents(typistByName('ada'), createRandom(9), startUs), turnUs);
    yield* inventEvents(typistByName('grace'), createRandom(9), turnUs);
  }
  const events = both();
  let next = events.next();
  let sent = 0;
  let refused = 0;
  while (!over.aborted) {
    const nextMs = Math.floor(Date.now() / 1000) * 1000 + 1000;
    await sleep(nextMs + 500 - Date.now());
    const batch: InputEvent[] = [];
    for (; !next.done && next.value.ts <= nextMs * 1000; next = events.next()) batch.push(next.value);
    sent += batch.length;
    const body = JSON.stringify(batch);
    if (batch.length > 0)
      await Promise.all(
        agents.map(async ({ apiUrl, token }) => {
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          const answer = await fetch(`${apiUrl}/ingest`, { method: 'POST', headers, body });
          const { accepted = 0 } = (await answer.json()) as { readonly accepted?: number };
          refused += batch.length - accepted;
        }),
      );
  }
  return { sent, refused };
}
