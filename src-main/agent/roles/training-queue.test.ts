import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '../settings.ts';
import type { EntrySwitch } from './entry.ts';
import { sealLesson } from './lesson.ts';
import type { Wish } from './partition-work.ts';
import { loadPriors } from './priors.ts';
import { FLEET_CIPHER } from './redis-calls.fixture.ts';
import { learnedAfter } from './train-subject.ts';
import { createTrainingQueue } from './training-queue.ts';

const wish = (partition: number, subject: string): Wish => ({ partition, subject, modality: 'app', version: 1 });

test('one after the other, once each; what is not ours any more is passed over and holds up nothing', async () => {
  const ours = new Set([1]);
  const asked: string[] = [];
  let isAway = false;
  const switched: EntrySwitch = { from: 'code', to: 'mail', dwellMs: 900, hour: 9 };
  const queue = createTrainingQueue({
    calls: {
      send: async (args) => {
        const subject = String(args[1]).split(':')[3] ?? '';
        asked.push(subject);
        if (isAway) throw new Error('the connection is gone');
        return subject === 'ada' ? [sealLesson(FLEET_CIPHER, 'ada', { modality: 'app', ts: 5, switched })] : [];
      },
    },
    ...{ cipher: FLEET_CIPHER, priors: await loadPriors(path.resolve(import.meta.dirname, '../../../models')) },
    ...{ settings: DEFAULT_SETTINGS, pause: () => Promise.resolve(), nowMs: () => 0 },
    holds: (partition) => ours.has(partition),
  });
  const settled = async (): Promise<void> => {
    while (queue.view().waiting > 0) await nextTurn();
    await nextTurn();
  };
  queue.wish(wish(2, 'of-another'));
  await settled();
  for (const subject of ['ada', 'ada', 'grace']) queue.wish(wish(1, subject));
  await settled();
  queue.wish(wish(1, 'ada'));
  assert.deepEqual(asked, ['ada', 'grace']);
  const made = queue.take();
  assert.deepEqual(
    made.map(({ subject, model }) => [subject, model?.chain?.transitions ?? null]),
    [
      ['ada', 1],
      ['grace', null],
    ],
  );
  assert.deepEqual(queue.view(), {
    waiting: 0,
    trained: 1,
    failed: 1,
    failure: 'no application switches to learn from',
  });
  // Without a connection there is neither a model nor a failure: it is wished for again.
  isAway = true;
  queue.wish(wish(1, 'grace'));
  await settled();
  assert.deepEqual([queue.take(), queue.view().failed], [[], 1]);
  await queue.stop();
});

test('a model is made anew when half as much again is known, and tried again after a failure with a fifth more', () => {
  const before = { windows: 60, events: 1000, need: 500, version: 2 };
  assert.deepEqual(learnedAfter(before, 3), { windows: 60, events: 1000, need: 1500, version: 3 });
  assert.deepEqual(learnedAfter(before, null), { windows: 60, events: 1000, need: 1200, version: 2 });
});
