import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { inventEvents, typistByName } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { liveThrough } from './drift-life.ts';
import { learnedAnew, typistOf } from './drifting-typing.ts';

const modelsDir = path.resolve(import.meta.dirname, '../../models');
const prior = await loadGraphPrior(modelsDir);

function typed(name: string, count: number): InputEvent[] {
  const typist = typistByName(name);
  const events: InputEvent[] = [];
  for (const event of inventEvents(typist, createRandom(1), 1_700_000_000_000_000)) {
    if (event.type === 'keystroke') events.push(event);
    if (events.length === 2 * count) break;
  }
  return events;
}

test('a day as the owner has no alarm, and whoever takes over is noticed', async () => {
  const [ada, grace] = [typed('ada', 300), typed('grace', 300)];
  const known = learnedAnew(prior, typistOf(prior, [ada]), ada, 1200);
  assert.ok(known.strokes >= 1200 && known.strokes < 1500, `${known.strokes}`);
  const day = { typed: ada, tests: {} };
  const life = { modelsDir, prior, known, followDrift: true, endsWithAlarm: false };
  const { ends, noticedKeys } = await liveThrough({ ...life, days: [day], takeover: grace });
  assert.deepEqual(ends, [{ alarms: 0, scores: {}, driftVersions: 0 }]);
  assert.ok(noticedKeys !== null && noticedKeys > 5 && noticedKeys < 200, `${noticedKeys}`);
});
