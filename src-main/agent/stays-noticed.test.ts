// The whole pipeline on invented typists: Ada is known, and Grace goes on typing after she was noticed.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { keepProfile } from '../evaluate/bench-profile.ts';
import { ada, grace, inventEvents, type TypistProfile } from './collect/synthetic.ts';
import { createRandom } from './learn/random.ts';

const kept = keepProfile(path.resolve(import.meta.dirname, '../../models'));
after(kept.remove);
const MINUTE_US = 60e6;

/** Trust, 0-100, at each second of so many minutes of work. */
async function trustWhile(typist: TypistProfile, seed: number, minutes: number): Promise<readonly number[]> {
  const { pipeline: build, settings, endUs } = await kept.get();
  const { pipeline } = await build();
  pipeline.reauthenticated(endUs / 1000);
  const trust: number[] = [];
  let nextUs = endUs + settings.hopUs;
  for (const event of inventEvents(typist, createRandom(seed), endUs + 1e6)) {
    if (event.ts > endUs + minutes * MINUTE_US) break;
    for (; event.ts > nextUs; nextUs += settings.hopUs) trust.push((await pipeline.tick(nextUs)).point.trust ?? 100);
    pipeline.accept(event);
  }
  return trust;
}

for (const seed of [5, 6, 7])
  test(`somebody else is noticed, and is never again taken for the owner while she types on (${seed})`, async () => {
    const trust = await trustWhile(grace, seed, 10);
    const noticed = trust.findIndex((now) => now < 35);
    assert.ok(noticed >= 0 && noticed < 60, `noticed after ${noticed} s`);
    assert.ok(trust.length > 500);
    assert.ok(Math.max(...trust.slice(noticed)) < 50);
  });

test('the owner is trusted all along', async () => {
  assert.ok(Math.min(...(await trustWhile(ada, 5, 10))) > 70);
});
