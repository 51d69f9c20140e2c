// Ada is the owner; what she becomes is the same typing with every hold longer, which no recording shows.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { statisticsJson } from './graph-basis.ts';
import { chores } from './chores.ts';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import { graphStream, HOLD, type GraphInstance } from './features/graphs.ts';
import { graphKnowledge, type GraphKnowledge } from './graph-knowledge.ts';
import { storedHeldOut } from './held-out-store.ts';
import { graphCrowd } from './infer/graph-crowd.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import { createRandom } from './learn/random.ts';
import { settingsFor } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const crowd = graphCrowd(prior, 60);

interface Bench {
  readonly knowledge: GraphKnowledge;
  readonly store: Store;
  /** So many lessons of ten keystrokes. @param slower added to the logarithm of every hold. */
  readonly type: (count: number, slower?: number, confirmed?: boolean) => Promise<void>;
}

function bench(enrol?: number, store = openMemoryStore()): Bench {
  const between = chores();
  const knowledge = graphKnowledge({
    ...{ settings: settingsFor({ enrol: { keystroke: enrol } }), store, prior, profile: 1, crowd: () => crowd },
    ...{ random: createRandom(1), people: createRandom(2), chores: between },
  });
  const stream = graphStream();
  const events = inventEvents(typistByName('ada'), createRandom(3), 1_704_704_400_000_000);
  const type: Bench['type'] = async (count, slower = 0, confirmed = true) => {
    let instances: GraphInstance[] = [];
    for (let done = 0; done < count;) {
      const { value: event } = events.next();
      if (event === undefined || event.type !== 'keystroke') continue;
      instances.push(...stream.accept(event));
      if (event.event !== 'press' || stream.strokes() % 10 !== 0) continue;
      const changed = instances.map((one) => (one.type === HOLD ? { ...one, value: one.value + slower } : one));
      knowledge.measure({ keys: 10, instances: changed }, 1, confirmed);
      await between.settled();
      knowledge.learn({ keys: 10, instances: changed }, 1);
      instances = [];
      done += 1;
    }
  };
  return { knowledge, store, type };
}

const recordOf = ({ knowledge, store }: Bench) => {
  knowledge.keep(0);
  return storedHeldOut({ store, modality: 'keystroke', profile: 1 });
};

test('enrolment ends when the held-out error is low, and the version says how low', async () => {
  const made = bench();
  await made.type(49);
  assert.equal(made.knowledge.due(), null, 'never below 500 keystrokes');
  const { have, need } = made.knowledge.standing();
  assert.ok(have === 490 && need >= 500 && need < 1500, `${have} of ${need}`);
  for (let lessons = 0; made.knowledge.due() === null; lessons += 1) {
    assert.ok(lessons < 200, 'at the latest with 2500');
    await made.type(1);
  }
  assert.equal(made.knowledge.due(), 'enrolment');
  await made.knowledge.train(1, 'enrolment');
  const { maturity, versions } = made.knowledge.standing();
  assert.equal(maturity, 'mature');
  const accuracy = versions[0]?.accuracy;
  assert.ok(accuracy !== null && accuracy !== undefined);
  // Stretches of 50 from the 200th keystroke on, ten people each.
  assert.ok(accuracy.genuineTrials >= 6 && accuracy.impostorTrials === 10 * accuracy.genuineTrials);
  assert.equal(accuracy.window, '50 keystrokes');
  assert.ok(accuracy.eer.value < 0.05 && accuracy.eer.high > accuracy.eer.value, JSON.stringify(accuracy.eer));
});

test('progress does not go back', async () => {
  const made = bench();
  let before = 0;
  for (let i = 0; i < 45; i += 1) {
    await made.type(1);
    const { have, need } = made.knowledge.standing();
    assert.ok(have / need >= before - 1e-3, `${have} of ${need} after ${before}`);
    before = have / need;
  }
  assert.ok(before > 0.3);
});

test('a short enrolment makes a young model, which is measured until it is mature', async () => {
  const made = bench(300);
  await made.type(30);
  assert.equal(made.knowledge.due(), 'enrolment');
  await made.knowledge.train(1, 'enrolment');
  const { maturity, have, need, versions } = made.knowledge.standing();
  assert.deepEqual([maturity, have, need, versions[0]?.accuracy], ['young', 300, 300, null]);
  await made.type(40);
  assert.equal(made.knowledge.standing().maturity, 'young', 'a model of 300 keystrokes stays young');
  await made.type(30);
  await made.knowledge.train(2, 'more');
  assert.equal(made.knowledge.standing().maturity, 'mature', '1000 keystrokes and a low error');
});

/** Ada as she is, learned from 800 keystrokes, and how well she then does. */
async function known(): Promise<Bench> {
  const made = bench(800);
  await made.type(80);
  await made.knowledge.train(1, 'enrolment');
  return made;
}

test('an owner who stays as she is has not changed', async () => {
  const made = await known();
  await made.type(35);
  const { level, fallen, relearned } = recordOf(made);
  assert.ok(level !== null && level.mean > 2);
  assert.ok(fallen < 4 && relearned === null, `${fallen}`);
  assert.equal(made.knowledge.due(), null);
});

test('when she has changed for long enough, old times are faded and a model is made of what she is now', async () => {
  const made = await known();
  let lessons = 0;
  for (; recordOf(made).relearned === null; lessons += 5) {
    assert.ok(lessons < 300, 'noticed within 3000 keystrokes');
    await made.type(5, 0.25);
  }
  const faded = recordOf(made);
  assert.deepEqual([faded.windows.length, faded.level, faded.mature], [0, null, true]);
  // Half of what was known until then, and the stretch that brought the last of it.
  const { strokes } = JSON.parse(statisticsJson(made.store.get('keystroke-statistics 1') ?? '')) as { strokes: number };
  assert.ok(Math.abs(strokes - (800 + 10 * lessons) / 2) <= 30, `${strokes} after ${lessons} lessons`);
  assert.equal(made.knowledge.due(), null, 'not before enough was learned');
  await made.type(50, 0.25);
  assert.equal(made.knowledge.due(), 'drift');
  await made.knowledge.train(2, 'drift');
  const [version] = made.knowledge.standing().versions;
  assert.deepEqual([version?.why, made.knowledge.due()], ['drift', null]);
  // Of the new way alone: nine stretches were scored by models of what was left and what came.
  assert.ok((version?.accuracy?.genuineTrials ?? 0) >= 8 && (version?.accuracy?.frr.value ?? 1) < 0.2);
});

test('what is not confirmed, or speaks against her, is no change of hers', async () => {
  const made = await known();
  await made.type(60, 0.25, false);
  assert.equal(recordOf(made).fallen, 0, 'somebody may be trying');
  const other = await known();
  await other.type(60, 1.2);
  const { windows, fallen, relearned } = recordOf(other);
  assert.ok((windows.at(-1)?.genuine ?? 0) < 0, 'holds three times as long');
  assert.deepEqual([fallen < 5, relearned], [true, null]);
});

test('how far it has come survives a restart; going back and forgetting end it', async () => {
  const made = await known();
  await made.type(20, 0.3);
  const before = recordOf(made);
  assert.ok(before.windows.length > 0);
  const again = bench(800, made.store);
  again.knowledge.load();
  assert.deepEqual(recordOf(again), before);
  again.knowledge.goBack(1);
  assert.equal(recordOf(again).fallen, 0);
  again.knowledge.forget();
  assert.deepEqual(recordOf(again).windows, []);
});

test('what is kept is numbers: nothing of what was typed', async () => {
  const made = await known();
  made.knowledge.keep(1);
  const text = made.store.get('keystroke-held-out 1') ?? '';
  assert.match(
    text,
    /^\{"level":\{"mean":[-\d.]+,"sd":[\d.]+\},"fallen":[\d.]+,"mature":true,"relearned":null,"windows":\[\[/,
  );
  assert.doesNotMatch(text.replaceAll(/"(level|mean|sd|fallen|mature|relearned|windows)"/g, ''), /"/);
});
