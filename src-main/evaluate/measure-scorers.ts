// A thousand simulated users who replay recordings in; how fast 1, 2 and 4 scorers are, how long an entry waits, and whether one that is killed in
// the middle loses or doubles anything out. Redis, collectors and scorers share this machine.
// Run: node src-main/evaluate/measure-scorers.ts --recordings FOLDER [--scorers 1,2,4] [--users N] [--seconds N]
// [--share OF_A_CORE for each scorer, as if it were on a small machine of its own]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { NO_REDIS, startRedis, type RedisServer } from '../agent/publish/redis/redis-server.fixture.ts';
import { appendEntries, type SealedEntry } from '../agent/roles/append.ts';
import { packEntry, sealEntry } from '../agent/roles/entry.ts';
import { joinFleet } from '../agent/roles/fleet-record.ts';
import { linkCalls } from '../agent/roles/link-calls.ts';
import { PARTITIONS } from '../agent/roles/partitions.ts';
import { loadPriors } from '../agent/roles/priors.ts';
import { connect } from '../agent/roles/redis-calls.fixture.ts';
import type { RedisCalls } from '../agent/roles/redis-calls.ts';
import { runName } from '../agent/roles/score-message.ts';
import { createCipher, type Cipher } from '../agent/store/cipher.ts';
import { messageOf } from '../agent/thrown.ts';
import { hearScores, type HeardScores } from './heard-scores.ts';
import { createScorerFleet } from './scorer-fleet.ts';
import { plant, referenceOf, RUN, simulateUsers, type SimulatedUser } from './simulated-fleet.ts';
import { simulatePerson } from './simulated-person.ts';
import { soakPeople } from './soak-people.ts';

const KEY = '5e'.repeat(32);
const PEOPLE = 24;
/** Entries of each user that come at once, for the throughput. */
const AT_ONCE = 20;
/** A collector writes one in so many seconds. */
const HOP_S = 5;
const PATIENCE_MS = 120_000;
const modelsDir = path.resolve(import.meta.dirname, '../../models');

interface Stage {
  readonly cipher: Cipher;
  readonly users: readonly SimulatedUser[];
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function prepare(folder: string, userCount: number, entriesEach: number): Promise<Stage> {
  const cipher = createCipher(Buffer.from(KEY, 'hex'));
  const priors = await loadPriors(modelsDir);
  const { people, sentence } = await soakPeople(folder, PEOPLE);
  say(`${sentence} ${userCount} simulated users, ${entriesEach} entries each; every tenth is typed by somebody else.`);
  const simulated = [];
  for (const person of people) simulated.push(await simulatePerson(person, cipher, priors));
  const users = simulateUsers(simulated, userCount, entriesEach, PARTITIONS);
  const beganMs = performance.now();
  const expected = new Map<string, readonly string[]>();
  for (const user of users) expected.set(user.subject, await referenceOf(user, cipher, priors));
  const tookS = (performance.now() - beganMs) / 1000;
  say(
    `One process alone, without Redis: ${Math.round((userCount * entriesEach) / tookS)} entries/s, models opened too.`,
  );
  return { cipher, users, expected };
}

function seal(cipher: Cipher, user: SimulatedUser, from: number, to: number): readonly SealedEntry[] {
  return user.entries.slice(from, to).map((entry, i) => {
    const at = { run: RUN, seq: from + i + 1 };
    return { at, sealed: sealEntry(cipher, user.subject, at, packEntry(entry)) };
  });
}

const append = (calls: RedisCalls, { partition, subject }: SimulatedUser, sealed: readonly SealedEntry[]) =>
  appendEntries(calls, partition, subject, sealed);

async function untilHeard(heard: HeardScores, count: number): Promise<void> {
  for (const endMs = Date.now() + PATIENCE_MS; heard.count() < count; await sleep(5))
    if (Date.now() > endMs) throw new Error(`${heard.count()} of ${count} scores in ${PATIENCE_MS / 1000} s`);
}

const redisCpuS = (server: RedisServer): number => infoOf(server, 'used_cpu_user') + infoOf(server, 'used_cpu_sys');

const infoOf = (server: RedisServer, name: string): number =>
  Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(server.cli('INFO', 'everything'))?.[1] ?? Number.NaN);

async function measure(stage: Stage, count: number, seconds: number, share: number | null): Promise<void> {
  const { cipher, users, expected } = stage;
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-scorers-'));
  const limits = ['--client-output-buffer-limit', 'pubsub 0 0 0', '--maxmemory-policy', 'noeviction'];
  /** What is open, to be closed in the order opposite to that in which it was opened, whatever goes wrong. */
  const open: (() => void | Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const server = await startRedis({ folder, args: limits });
    open.push(server.stop);
    const heard = hearScores();
    const link = await connect(server.port);
    open.push(link.close);
    const listener = await connect(server.port, async (client) => {
      await client.subscribe('seclyzer:scores', (json) => heard.add(json, performance.now()));
    });
    open.push(listener.close);
    const calls = linkCalls(link);
    const fleet = createScorerFleet(folder, server.port, KEY, share);
    open.push(fleet.stop);
    await joinFleet(calls, cipher, PARTITIONS);
    await plant(calls, cipher, users);
    await fleet.start(count);

    // Everybody's first entry, so that the models are in memory, as they are after a day.
    await Promise.all(users.map((user) => append(calls, user, seal(cipher, user, 0, 1))));
    await untilHeard(heard, users.length);
    const toCome = users.map((user) => ({ user, sealed: seal(cipher, user, 1, 1 + AT_ONCE) }));
    const [beganMs, cpuS, commands] = [performance.now(), fleet.cpuS(), infoOf(server, 'total_commands_processed')];
    const [redisS, bytes] = [redisCpuS(server), infoOf(server, 'total_net_input_bytes')];
    await Promise.all(toCome.map(({ user, sealed }) => append(calls, user, sealed)));
    const appendedBytes = infoOf(server, 'total_net_input_bytes') - bytes;
    await untilHeard(heard, users.length * (1 + AT_ONCE));
    const all = users.length * AT_ONCE;
    const tookS = (performance.now() - beganMs) / 1000;
    const usedS = fleet.cpuS() - cpuS;
    const each = share === null ? '' : `, each held to ${share} of a core`;
    say(`\n${count} scorer${count === 1 ? '' : 's'}${each}`);
    say(`  at once: ${all} entries in ${tookS.toFixed(1)} s, ${Math.round(all / tookS)} entries/s`);
    say(`  a second of a scorer's processor: ${Math.round(all / usedS)} entries`);
    say(
      `  Redis: ${((infoOf(server, 'total_commands_processed') - commands) / all).toFixed(2)} commands, ` +
        `${(((redisCpuS(server) - redisS) / all) * 1e6).toFixed(0)} us and at most ${Math.round(appendedBytes / all)} bytes an entry`,
    );

    const lags = await paced(stage, { calls, heard, fleet, seconds, restart: count === 1 });
    say(`  ${users.length / HOP_S} entries/s for ${seconds} s, one scorer killed in the middle: lag ${lags}`);
    // What would come twice would come now.
    await sleep(1000);
    const judgement = heard.judge(expected);
    const statuses = await fleet.statuses();
    const held = statuses.map(({ partitions }) => partitions.length).join(', ');
    say(`  partitions afterwards: ${held}; memory ${statuses.map(({ rssMiB }) => rssMiB).join(', ')} MiB`);
    say(`  memory of Redis: ${Math.round(infoOf(server, 'used_memory') / users.length / 1024)} KiB a user`);
    const { missing, doubled, different, outOfOrder } = judgement;
    say(
      `  ${judgement.expected} entries: ${missing} missing, ${doubled} doubled, ${different} scored otherwise than by one process alone, ${outOfOrder} out of order`,
    );
    if (missing + doubled + different + outOfOrder > 0) process.exitCode = 1;
  } finally {
    for (const close of open.toReversed()) await close();
  }
}

interface Pace {
  readonly calls: RedisCalls;
  readonly heard: HeardScores;
  readonly fleet: ReturnType<typeof createScorerFleet>;
  readonly seconds: number;
  /** Where the killed one was the only one. */
  readonly restart: boolean;
}

/** As collectors write: each user once in five seconds, evenly over them. From the sending of an entry until its score was heard. */
async function paced({ cipher, users }: Stage, { calls, heard, fleet, seconds, restart }: Pace): Promise<string> {
  const sent: { readonly run: string; readonly seq: number; readonly atMs: number }[] = [];
  const appends: Promise<unknown>[] = [];
  const before = heard.count();
  const beganMs = performance.now();
  const all = Math.floor((users.length * seconds) / HOP_S);
  let killedMs: number | null = null;
  let restarted: Promise<void> = Promise.resolve();
  for (let i = 0; i < all; i += 1) {
    const dueMs = beganMs + (i * HOP_S * 1000) / users.length;
    while (performance.now() < dueMs) await sleep(1);
    if (killedMs === null && i >= all / 2) {
      fleet.killOne();
      killedMs = performance.now();
      if (restart) restarted = fleet.start(1);
    }
    const user = users[i % users.length];
    if (user === undefined) continue;
    const at = 1 + AT_ONCE + Math.floor(i / users.length);
    sent.push({ run: runName(user.subject, RUN), seq: at + 1, atMs: performance.now() });
    appends.push(append(calls, user, seal(cipher, user, at, at + 1)));
  }
  await Promise.all([...appends, restarted]);
  await untilHeard(heard, before + all);
  const lagsOf = (some: typeof sent): string => {
    const lags = some.map(({ run, seq, atMs }) => (heard.atMs(run, seq) ?? Infinity) - atMs).toSorted((a, b) => a - b);
    const ms = (share: number): string => (lags[Math.floor(share * lags.length)] ?? Number.NaN).toFixed(0);
    return `p50 ${ms(0.5)} ms, p95 ${ms(0.95)} ms, p99 ${ms(0.99)} ms`;
  };
  const early = sent.filter(({ atMs }) => atMs < (killedMs ?? Infinity) - 1000);
  return `${lagsOf(sent)} (before the kill: ${lagsOf(early)})`;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      ...{ recordings: { type: 'string' }, scorers: { type: 'string' } },
      ...{ users: { type: 'string' }, seconds: { type: 'string' }, share: { type: 'string' } },
    },
  });
  const [users, seconds] = [Number(values.users ?? 1000), Number(values.seconds ?? 30)];
  const share = values.share === undefined ? null : Number(values.share);
  try {
    if (share !== null && !(share > 0)) throw new Error('--share: a number above 0');
    if (NO_REDIS !== false) throw new Error(`${NO_REDIS}: apt-get install redis-server`);
    const stage = await prepare(values.recordings ?? '', users, 1 + AT_ONCE + Math.ceil(seconds / HOP_S));
    for (const count of (values.scorers ?? '1,2,4').split(',').map(Number)) await measure(stage, count, seconds, share);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
