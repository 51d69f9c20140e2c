// What a longer hop must not change: the same typing, judged every second and every five, comes to the same trust and the same alarms.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { inventEvents } from './collect/synthetic.ts';
import { typistByName } from './collect/typist-profile.ts';
import type { KeystrokeEvent } from './events.ts';
import { graphTrack } from './graph-track.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import { createRandom } from './learn/random.ts';
import { createPipeline, type Pipeline, type Tick } from './pipeline.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';

const HOP_US = DEFAULT_SETTINGS.hopUs;
const START_US = 1_700_000_000_000_000;
const prior = await loadGraphPrior(resolve(import.meta.dirname, '../../models'));

const typing = (name: string, seed: number, fromUs: number): readonly KeystrokeEvent[] => {
  const events: KeystrokeEvent[] = [];
  for (const event of inventEvents(typistByName(name), createRandom(seed), fromUs)) {
    if (event.type === 'keystroke') events.push(event);
    if (events.length === 1500) break;
  }
  return events;
};

/** Ticks of `hops` hops each, on their grid. @returns the ticks. */
async function play(pipeline: Pipeline, events: readonly KeystrokeEvent[], hops: number): Promise<readonly Tick[]> {
  const gridUs = hops * HOP_US;
  const ticks: Tick[] = [];
  let nextUs = (Math.floor((events[0]?.ts ?? 0) / gridUs) + 1) * gridUs;
  for (const event of events) {
    for (; nextUs <= event.ts; nextUs += gridUs) ticks.push(await pipeline.tick(nextUs, hops));
    pipeline.accept(event);
  }
  ticks.push(await pipeline.tick(nextUs, hops));
  await pipeline.settled();
  return ticks;
}

/** Learned Ada's typing, and then Ada and Grace at the same keyboard, at the given hop. */
async function life(hops: number): Promise<readonly Tick[]> {
  const store = openMemoryStore();
  const track = graphTrack({ settings: DEFAULT_SETTINGS, store, prior, seed: 7 });
  const pipeline = createPipeline({
    ...{ settings: DEFAULT_SETTINGS, store, tracks: [track] },
    ...{ decision: () => DEFAULT_SETTINGS.decision, watched: () => true },
    ...{ onFailure: assert.fail, onTrained: () => undefined, reasonFor: () => 'because' },
  });
  await play(pipeline, typing('ada', 3, START_US), 1);
  await pipeline.train(START_US / 1000 + 600_000);
  const ada = await play(pipeline, typing('ada', 4, START_US + 1800e6).slice(0, 300), hops);
  const grace = await play(pipeline, typing('grace', 5, START_US + 3600e6).slice(0, 300), hops);
  return [...ada, ...grace];
}

test('judged every 5 s the trust is the same as every second, and an alarm comes no later than the hop', async () => {
  const [short, long] = [await life(1), await life(5)];
  const alarmsOf = (ticks: readonly Tick[]) => ticks.flatMap(({ decision }) => decision ?? []);
  const trustAt = new Map(short.map(({ point }) => [point.atMs, point.trust ?? NaN]));
  const worst = alarmsOf(short).at(-1);
  assert.equal(worst?.to, 'LOCKDOWN', 'Grace is noticed');
  let most = 0;
  for (const { point } of long) {
    const other = trustAt.get(point.atMs);
    if (other !== undefined) most = Math.max(most, Math.abs((point.trust ?? NaN) - other));
  }
  // Trust drifts a little in the seconds without a key, which a longer tick does not see one by one.
  assert.ok(most < 0.5, `${most} points apart`);
  const late = (alarmsOf(long).at(-1)?.atMs ?? Infinity) - (worst?.atMs ?? 0);
  assert.equal(alarmsOf(long).at(-1)?.to, 'LOCKDOWN');
  assert.ok(late >= 0 && late <= 5000, `${late} ms later`);
});
