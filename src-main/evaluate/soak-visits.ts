// What is done with the agent while it works, again and again until it is over: a dashboard that comes, looks and goes; programs that read the API;
// pauses, training asked for, and changes of the settings. Times are those of the wall.
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../agent/learn/random.ts';
import type { SoakClient } from './soak-client.ts';

const S = 1000;
const LOOKED_AT = [
  ...(['snapshot', 'learning', 'settings', 'guard', 'host', 'watchHost', 'drill'] as const),
  ...(['trustHistory', 'decisions', 'audit', 'incidents', 'logAlerts', 'hostSeries', 'hostAnomalies'] as const),
] as const;
const ARGUMENTS: Readonly<Record<string, (lifeMs: number) => unknown>> = {
  trustHistory: () => ({ minutes: 60 }),
  decisions: () => ({ limit: 50 }),
  audit: () => ({ limit: 50 }),
  incidents: () => ({ limit: 50 }),
  logAlerts: () => ({ limit: 50 }),
  hostSeries: () => ({ metrics: ['cpu.loadPercent', 'memory.usedPercent'], seconds: 300 }),
  hostAnomalies: (lifeMs) => ({ sinceMs: lifeMs - 3_600_000 }),
};
const READ = [
  ...([
    '/metrics/realtime',
    '/anomalies',
    '/trends',
    '/events?limit=200',
    '/stats',
    '/trust',
    '/trust/history',
  ] as const),
  ...(['/alerts', '/budget', '/healthz', '/metrics', '/openapi.json'] as const),
];

export interface VisitParts {
  readonly client: SoakClient;
  readonly random: Random;
  readonly lifeMs: () => number;
  readonly note: (text: string) => void;
  readonly over: AbortSignal;
}

/** Resolves when it is over. */
export async function visit(parts: VisitParts): Promise<void> {
  await Promise.all([dashboard(parts), programs(parts), owner(parts)]);
}

async function dashboard({ client, random, lifeMs, over }: VisitParts): Promise<void> {
  for (; !over.aborted; await pause(between(random, 20, 60), over)) {
    const ms = between(random, 10, 40);
    await client.page();
    const looking = client.listen('dashboard', ms);
    const endMs = performance.now() + ms;
    while (performance.now() < endMs && !over.aborted) {
      for (const name of LOOKED_AT) await client.call(name, ARGUMENTS[name]?.(lifeMs()) ?? null);
      await pause(3 * S, over);
    }
    await looking;
  }
}

async function programs({ client, random, over }: VisitParts): Promise<void> {
  for (let round = 0; !over.aborted; round += 1) {
    for (const path of READ) await client.get(path);
    if (round % 5 === 0) await client.listen('api', between(random, 4, 12));
    await pause(10 * S, over);
  }
}

/** One thing every minute and a half of the wall. */
async function owner({ client, note, over }: VisitParts): Promise<void> {
  const change = (what: unknown) => () => client.call('changeSettings', what);
  const acts: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['writing is watched', change({ modalities: { keystroke: true, mouse: true, app: true, linguistic: true } })],
    ['a pause of 30 minutes begins', () => client.call('pause', { minutes: 30 })],
    ['the pause is ended', () => client.call('resume')],
    ['thresholds change', change({ thresholds: { normal: 72, monitoring: 52, restricted: 36 } })],
    ['the mouse is turned off', change({ modalities: { keystroke: true, mouse: false, app: true, linguistic: true } })],
    ['the mouse is turned on', change({ modalities: { keystroke: true, mouse: true, app: true, linguistic: true } })],
    ['thresholds are as before', change({ thresholds: { normal: 70, monitoring: 50, restricted: 35 } })],
    ['training is asked for', () => client.call('train')],
    ['the host is read every 2 s', change({ monitor: { enabled: true, intervalSeconds: 2, commandLines: true } })],
    ['the host is read every second', change({ monitor: { enabled: true, intervalSeconds: 1, commandLines: false } })],
    ['the log guard is turned off', change({ guard: { enabled: false } })],
    ['the log guard is turned on', change({ guard: { enabled: true } })],
  ];
  for (let n = 0; !over.aborted; n += 1) {
    const [what, act] = acts[n % acts.length] ?? ['nothing', async () => null];
    note((await act()) === null && !NULL_IS_YES.has(what) ? `${what}: refused` : what);
    // A pause is short, and what is turned off is not off for long.
    await pause(SHORT.has(what) ? 20 * S : 90 * S, over);
  }
}
const SHORT = new Set(['a pause of 30 minutes begins', 'the mouse is turned off', 'the log guard is turned off']);
const NULL_IS_YES = new Set(['a pause of 30 minutes begins', 'the pause is ended']);

const between = (random: Random, lowS: number, highS: number): number => (lowS + random.uniform() * (highS - lowS)) * S;

export async function pause(ms: number, over: AbortSignal): Promise<void> {
  await wait(ms, null, { signal: over }).catch(() => null);
}
