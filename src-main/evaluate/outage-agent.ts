// The whole agent in a process of its own, for measure-outages.ts: options in, where its API listens and, when it is told to stop, how punctual
// it was and what it decided out.
import { startAgent } from '../agent/agent.ts';
import type { AgentOptions, RedisView, InfluxView } from '../../src-preload/contract.ts';

export interface OutageAgentReady {
  readonly apiUrl: string;
}

export interface OutageAgentReport {
  /** Behind the second that it was set for, of a timer on the grid of the ticks: what a tick is late by. */
  readonly late: readonly { readonly atMs: number; readonly byMs: number }[];
  /** As they are kept: every ten seconds, and when something changes. */
  readonly points: readonly { readonly atMs: number; readonly trust: number | null; readonly state: string }[];
  readonly decisions: readonly {
    readonly atMs: number;
    readonly from: string;
    readonly to: string;
    readonly trust: number | null;
  }[];
  readonly redis: RedisView;
  readonly influx: InfluxView;
  readonly notices: readonly string[];
  readonly events: { readonly published: number; readonly refused: number; readonly dropped: number };
}

const PLENTY_MIN = 60;

async function play(options: AgentOptions): Promise<void> {
  const agent = await startAgent({ options, version: 'outage' });
  const late: { atMs: number; byMs: number }[] = [];
  const told = new Set<string>();
  agent.subscribe((push) => {
    if (push.push !== 'snapshot') return;
    for (const { text } of push.data.notices) told.add(text);
  });
  const watch = (): void => {
    const dueMs = (Math.floor(Date.now() / 1000) + 1) * 1000;
    setTimeout(() => {
      late.push({ atMs: dueMs, byMs: Date.now() - dueMs });
      watch();
    }, dueMs - Date.now());
  };
  const { settings } = agent.handlers;
  let { api } = await settings(null);
  for (; api.url === null; { api } = await settings(null)) await new Promise((resolve) => setTimeout(resolve, 50));
  watch();
  process.send?.({ apiUrl: api.url } satisfies OutageAgentReady);
  process.once('message', () => {
    void (async () => {
      const { redis, influx } = await settings(null);
      const { events } = await agent.handlers.snapshot(null);
      const report: OutageAgentReport = {
        late,
        points: (await agent.handlers.trustHistory({ minutes: PLENTY_MIN })).map(({ atMs, trust, state }) => ({
          ...{ atMs, trust, state },
        })),
        decisions: (await agent.handlers.decisions({ limit: 500 }))
          .map(({ atMs, from, to, trust }) => ({ atMs, from, to, trust }))
          .toReversed(),
        ...{ redis, influx, events, notices: [...told] },
      };
      await agent.stop();
      process.send?.(report, () => process.exit(0));
    })();
  });
}

await play(JSON.parse(process.argv[2] ?? '{}') as AgentOptions);
