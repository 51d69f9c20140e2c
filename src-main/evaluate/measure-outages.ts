// Redis, a database (VictoriaMetrics) and Prometheus around a running agent, each stopped, hung, slowed, on a line that loses packets, and filled:
// whether the agent is disturbed (against another on the same input with none of them), and whether anything is lost or comes twice.
// Run, as root for the loss of packets: node src-main/evaluate/measure-outages.ts [--seconds N] (of each trouble; 20 by default)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { OutageAgentReport } from './outage-agent.ts';
import { agreement, delivery, punctuality, scoredMs, stored } from './outage-judge.ts';
import { openOutageNetwork } from './outage-network.ts';
import { openRelay } from './outage-relay.ts';
import { feedBoth, learnOwner, startOutageAgent } from './outage-run.ts';
import { databaseUnderTest, prometheusUnderTest, redisUnderTest } from './outage-servers.ts';
import { troublesOf } from './outage-troubles.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
/** Before the first trouble, and after each, as a share of one. */
const PEACE = 0.6;
/** The longest wait of a sender after so many failures. */
const LAST_S = 15;
/** Of the time with troubles, the owner is there; then it is somebody else. */
const OWNER_SHARE = 0.6;

interface Phase {
  readonly name: string;
  readonly fromMs: number;
}

async function measure(seconds: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-outages-'));
  const network = openOutageNetwork(process.pid % 10_000);
  const ends: (() => unknown)[] = [];
  try {
    tell('the owner is learned');
    const learned = await learnOwner(folder);
    const [redis, database] = [await redisUnderTest(folder, network), await databaseUnderTest(folder, network)];
    ends.push(redis.stop, database.stop);
    await Promise.all([redis.start(), database.start()]);
    const toRedis = await openRelay(network.host, redis.port);
    const toDatabase = await openRelay(network.host, database.port);
    ends.push(toRedis.close, toDatabase.close);
    const control = await startOutageAgent(learned, path.join(folder, 'control'), {});
    const agent = await startOutageAgent(learned, path.join(folder, 'tested'), {
      redis: { url: `redis://127.0.0.1:${toRedis.port}` },
      influx: { url: `http://127.0.0.1:${toDatabase.port}` },
    });
    const prometheus = await prometheusUnderTest(folder, agent.apiUrl, path.join(agent.dataDir, 'api-token'));
    ends.push(prometheus.stop);
    await prometheus.start();

    const troubles = troublesOf({ redis, database, prometheus, toRedis, toDatabase, network, agent });
    const over = new AbortController();
    const ownerS = troubles.length * seconds * (1 + PEACE) * OWNER_SHARE;
    const feeding = feedBoth([agent, control], ownerS, over.signal);
    const phases: Phase[] = [{ name: 'all there', fromMs: Date.now() }];
    await sleep(seconds * PEACE * 1000);
    for (const { name, begin, end, whyNot } of troubles) {
      if (whyNot !== null) {
        say(`Left out: ${name}: ${whyNot}.`);
        continue;
      }
      tell(name);
      phases.push({ name, fromMs: Date.now() });
      await begin();
      await sleep(seconds * 1000);
      await end();
      phases.push({ name: 'and after it', fromMs: Date.now() });
      await sleep(seconds * PEACE * 1000);
    }
    await sleep(LAST_S * 1000);
    over.abort();
    const { sent, refused } = await feeding;
    const scores = await database.scores();
    const [seen, alone] = await Promise.all([agent.stop(), control.stop()]);
    await sleep(500);
    say(`Input: ${sent} events to each of the two, ${refused} refused.`);
    for (const line of lateness(phases, seen, alone)) say(line);
    for (const line of outcome(phases[0]?.fromMs ?? 0, seen, alone, redis.heard, scores)) say(line);
  } finally {
    for (const end of ends.toReversed()) await end();
    network.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function lateness(phases: readonly Phase[], seen: OutageAgentReport, alone: OutageAgentReport): readonly string[] {
  const within = ({ late }: OutageAgentReport, fromMs: number, toMs: number): string => {
    const times = late.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ byMs }) => byMs);
    const { ticks, p50Ms, p99Ms, mostMs } = punctuality(times);
    return `${ticks} ticks late by ${p50Ms} / ${p99Ms} / ${mostMs} ms`;
  };
  const rows = [...phases, { name: 'all of it', fromMs: phases[0]?.fromMs ?? 0 }];
  return [
    'Ticks, late by (the middle one / the hundredth / the worst), with the servers | without:',
    ...rows.map(({ name, fromMs }, i) => {
      const toMs = i < phases.length ? (phases[i + 1]?.fromMs ?? Infinity) : Infinity;
      return `  ${name}: ${within(seen, fromMs, toMs)} | ${within(alone, fromMs, toMs)}`;
    }),
  ];
}

function outcome(
  startMs: number,
  seen: OutageAgentReport,
  alone: OutageAgentReport,
  heard: readonly string[],
  scores: readonly number[],
): readonly string[] {
  const same = agreement(seen.points, alone.points);
  const last = Math.max(...scores);
  // What came after is on its way.
  const decided = scoredMs(heard).filter((atMs) => atMs <= last);
  const kept = stored(decided, scores);
  const came = delivery(heard);
  // The owner was learned before.
  const made = ({ decisions }: OutageAgentReport) => decisions.filter(({ atMs }) => atMs >= startMs);
  const changes = (one: OutageAgentReport): string =>
    made(one)
      .map(({ atMs, to, trust }) => `${to} after ${((atMs - startMs) / 1000).toFixed(0)} s with ${trust?.toFixed(2)}`)
      .join(', ') || 'none';
  const { redis, influx } = seen;
  return [
    `Trust: ${same.common} points kept by both, ${same.alone} of one alone; at most ${same.mostApart.toFixed(6)} apart, states ${same.sameStates ? 'the same' : 'not the same'}.`,
    `Decisions: ${changes(seen)} | ${changes(alone)}; ${isDeepStrictEqual(made(seen), made(alone)) ? 'the same' : 'not the same'}.`,
    `Redis: ${came.came} records heard, ${came.twice} twice, ${came.missing} missing, ${came.late} out of order, ${came.unreadable} unreadable; ${redis.sent} sent, ${redis.dropped} let go, ${redis.waiting} waiting; ${redis.status}.`,
    `Database: ${kept.came} scores, ${kept.twice} twice, ${kept.missing} of ${decided.length} missing; ${influx.dropped} let go, ${influx.rejected} rejected; ${influx.status}.`,
    ...seen.notices.filter((text) => /Redis|database/.test(text)).map((text) => `Told: ${text}`),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
  await measure(Number(values.seconds ?? 20));
}
