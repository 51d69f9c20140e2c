// For tests: a scorer in a process of its own, to be killed. In: the port of a Redis on the loopback. Out: a line once it holds partitions.
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, FLEET_CIPHER } from '../agent/roles/redis-calls.fixture.ts';
import { joinFleet } from '../agent/roles/fleet-record.ts';
import { linkCalls } from '../agent/roles/link-calls.ts';
import { loadPriors } from '../agent/roles/priors.ts';
import { startScorer } from '../agent/roles/scorer.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';

const LEASE_MS = 900;
const [, , port = '', modelsDir = ''] = process.argv;
const link = await connect(Number(port));
const calls = linkCalls(link);
const scorer = startScorer({
  ...{ calls, cipher: FLEET_CIPHER, priors: await loadPriors(modelsDir), settings: DEFAULT_SETTINGS },
  ...{ name: `scorer-${process.pid}`, partitions: await joinFleet(calls, FLEET_CIPHER), leaseMs: LEASE_MS },
});
process.once('SIGTERM', () => void scorer.stop().then(link.close));
while (scorer.view().partitions.length === 0) await sleep(10);
process.stdout.write('scoring\n');
