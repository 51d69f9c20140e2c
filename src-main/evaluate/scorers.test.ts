import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_ALARM } from '../agent/collect/keep-running.ts';
import { NO_REDIS } from '../agent/publish/redis/redis-server.fixture.ts';
import { appendEntries } from '../agent/roles/append.ts';
import { joinFleet } from '../agent/roles/fleet-record.ts';
import { loadPriors } from '../agent/roles/priors.ts';
import { connect, FLEET_CIPHER, serveRedis } from '../agent/roles/redis-calls.fixture.ts';
import { createStreamWriter } from '../agent/roles/stream-writer.ts';
import { hearScores } from './heard-scores.ts';
import { plant, referenceOf, RUN, simulateUsers } from './simulated-fleet.ts';
import { simulatePerson } from './simulated-person.ts';
import { soakPeople } from './soak-people.ts';

const modelsDir = path.resolve(import.meta.dirname, '../../models');
const CHILD = path.join(import.meta.dirname, 'scorer-process.fixture.ts');
const [USERS, ENTRIES, PARTITIONS] = [24, 60, 6];

async function startScorerProcess(t: TestContext, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, String(port), modelsDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout ?? child, 'data');
  return child;
}

test(
  'of two scorers one is killed in the middle: every entry is scored once, in order, and as one process alone scores it',
  { skip: NO_REDIS },
  async (t) => {
    const priors = await loadPriors(modelsDir);
    const { people } = await soakPeople('/nonexistent');
    const simulated = await Promise.all(people.map((person) => simulatePerson(person, FLEET_CIPHER, priors)));
    const users = simulateUsers(simulated, USERS, ENTRIES, PARTITIONS);
    const { server, calls } = await serveRedis(t);
    await joinFleet(calls, FLEET_CIPHER, PARTITIONS);
    await plant(calls, FLEET_CIPHER, users);
    const heard = hearScores();
    const listener = await connect(server.port, async (client) => {
      await client.subscribe('seclyzer:scores', (json) => heard.add(json, performance.now()));
    });
    t.after(listener.close);

    const scorers = await Promise.all([0, 1].map(() => startScorerProcess(t, server.port)));
    const writers = users.map(({ subject, partition }) =>
      createStreamWriter({
        append: (entries) => appendEntries(calls, partition, subject, entries),
        ...{ cipher: FLEET_CIPHER, subject, run: RUN, alarm: SYSTEM_ALARM },
      }),
    );
    for (let i = 0; i < ENTRIES; i += 1) {
      for (const [n, user] of users.entries()) {
        const entry = user.entries[i];
        if (entry !== undefined) writers[n]?.take(entry);
      }
      // While there are still entries to come and entries to score.
      if (i === ENTRIES / 2) scorers[0]?.kill('SIGKILL');
      await sleep(10);
    }
    for (let tries = 0; heard.count() < USERS * ENTRIES && tries < 1500; tries += 1) await sleep(10);
    // What would come twice would come now.
    await sleep(200);
    const expected = new Map<string, readonly string[]>();
    for (const user of users) expected.set(user.subject, await referenceOf(user, FLEET_CIPHER, priors));
    assert.deepEqual(heard.judge(expected), {
      ...{ expected: USERS * ENTRIES, missing: 0, doubled: 0, different: 0, outOfOrder: 0 },
    });
    assert.equal(heard.count(), USERS * ENTRIES);
    assert.ok(
      [...expected.values()].flat().some((json) => JSON.parse(json).trust !== null),
      'somebody was scored',
    );
    for (let p = 0; p < PARTITIONS; p += 1) assert.equal(server.cli('XLEN', `seclyzer:{${p}}:in`), '0');
    const last = scorers[1];
    if (last === undefined) return;
    const gone = once(last, 'exit');
    last.kill('SIGTERM');
    await gone;
    assert.equal(server.cli('KEYS', 'seclyzer:{*}:lease'), '', 'who stops gives back what it holds');
  },
);
