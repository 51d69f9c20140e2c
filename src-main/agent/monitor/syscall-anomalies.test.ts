import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { anomalyOf } from './anomaly-record.ts';
import { metricEvent } from './events.fixture.ts';
import { createFamilyWatch, type Incident } from './family-watch.ts';
import { createStreamProcessor } from './stream-processor.ts';
import { WATCHED_FAMILIES } from './watched-metrics.ts';

const [watched] = WATCHED_FAMILIES.filter(({ family }) => family === 'syscalls');
const NOON = { minuteOfDay: 720, day: 0, weekend: false };

/** Half an hour of a machine at rest, then something that makes so many more calls and errors. */
function incidentsOf(calls: number, errors: number): readonly Incident[] {
  assert.ok(watched !== undefined);
  const random = createRandom(1);
  const watch = createFamilyWatch({ watched, seed: 1 });
  const told: Incident[] = [];
  for (let second = 0; second < 1860; second++) {
    const more = second < 1800 ? 0 : 1;
    const reading = [
      6000 + 1500 * Math.abs(random.normal()) + more * calls,
      300 + 60 * Math.abs(random.normal()) + more * errors,
    ];
    told.push(...watch.push(reading, second * 1000, NOON));
  }
  return told;
}

test('a machine at rest is none; dd is too many calls, a loop of failing opens too many errors', () => {
  const keys = (incidents: readonly Incident[]): readonly string[] => incidents.map(({ metric }) => metric.key);
  assert.deepEqual(incidentsOf(0, 0), []);
  assert.deepEqual(keys(incidentsOf(600_000, 0)), ['syscalls.callsPerSecond']);
  assert.deepEqual(keys(incidentsOf(60_000, 60_000)), ['syscalls.errorsPerSecond']);
});

test('the busiest calls are evidence of every anomaly, where they are known of this moment', () => {
  const [incident] = incidentsOf(600_000, 0);
  assert.ok(incident !== undefined && watched !== undefined);
  const processor = createStreamProcessor();
  const parts = { write: { callsPerSecond: 300_000, errorsPerSecond: 0 }, read: { callsPerSecond: 299_000 } };
  processor.accept(metricEvent('syscalls', { values: { callsPerSecond: 6e5 }, parts }, 1e9, 'syscall'), 0);
  const at = (atMs: number) => anomalyOf(incident, watched, { id: 1, atMs, steadyMs: 0 }, processor);
  const { evidence, sentence } = at(1e6 + 5000);
  assert.deepEqual(evidence.syscalls, { write: 300_000, read: 299_000 });
  assert.match(sentence, /^The number of system calls changed suddenly to .* \/s; usual of late is .* \/s\.$/);
  assert.equal(at(1e6 + 60_000).evidence.syscalls, null);
});
