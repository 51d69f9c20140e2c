// One person's recordings of typing in, what the product learns and measures of them out, as it does it: a few keystrokes at a time,
// each measured before it is learned. Nobody else is ever taken for him, and no enrolment ends.
import type { InputEvent } from '../agent/events.ts';
import { chores } from '../agent/chores.ts';
import { graphStream } from '../agent/features/graphs.ts';
import { graphKnowledge } from '../agent/graph-knowledge.ts';
import { storedStatistics } from '../agent/graph-model.ts';
import { storedHeldOut } from '../agent/held-out-store.ts';
import type { GraphCrowd } from '../agent/infer/graph-crowd.ts';
import type { GraphPrior } from '../agent/learn/graph-prior.ts';
import type { GraphStatistics } from '../agent/learn/graph-statistics.ts';
import type { HeldOutWindow } from '../agent/learn/held-out-accuracy.ts';
import { createRandom } from '../agent/learn/random.ts';
import { settingsFor } from '../agent/settings.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';

export interface LearnedTyping {
  readonly keys: number;
  readonly windows: readonly HeldOutWindow[];
  readonly statistics: GraphStatistics;
}

export interface LearnTypingTask {
  readonly prior: GraphPrior;
  readonly crowd: GraphCrowd;
  readonly recordings: readonly (readonly InputEvent[])[];
  /** Instead of what the product assumes of invented people. */
  readonly leastUnlike?: number;
  /** Told each time that so many keystrokes more are known, and at the end. */
  readonly everyKeys: number;
  readonly told: (learned: LearnedTyping) => void;
}

/** A tick's worth. */
const LESSON_KEYS = 10;
const SITTING_GAP_US = 3_600_000_000;
const NEVER = 1_000_000;
const PROFILE = 1;

export async function learnTyping(task: LearnTypingTask): Promise<void> {
  const { prior, crowd, leastUnlike } = task;
  const store = openMemoryStore();
  const between = chores();
  const knowledge = graphKnowledge({
    ...{ settings: settingsFor({ enrol: { keystroke: NEVER } }), store, prior, profile: PROFILE },
    ...{ random: createRandom(1), people: createRandom(2), crowd: () => crowd, chores: between },
    ...(leastUnlike === undefined ? {} : { leastUnlike }),
  });
  let keys = 0;
  let toldKeys = 0;
  const tell = (): void => {
    knowledge.keep(0);
    const statistics = storedStatistics({ store, prior, profile: PROFILE });
    const { windows } = storedHeldOut({ store, modality: 'keystroke', profile: PROFILE });
    if (statistics !== null) task.told({ keys, windows, statistics });
    toldKeys = keys;
  };
  for (const { sitting, ...lesson } of lessonsOf(task.recordings)) {
    knowledge.measure(lesson, sitting, true);
    await between.settled();
    if (keys >= toldKeys + task.everyKeys) tell();
    knowledge.learn(lesson, sitting);
    keys += lesson.keys;
  }
  tell();
  store.close();
}

function* lessonsOf(recordings: LearnTypingTask['recordings']) {
  const stream = graphStream();
  let [sitting, lastUs] = [0, Number.NEGATIVE_INFINITY];
  for (const events of recordings) {
    stream.cut();
    if ((events[0]?.ts ?? 0) - lastUs > SITTING_GAP_US) sitting += 1;
    lastUs = events.at(-1)?.ts ?? lastUs;
    let [before, instances] = [stream.strokes(), [] as ReturnType<typeof stream.accept>[number][]];
    for (const event of events) {
      if (event.type !== 'keystroke') continue;
      instances.push(...stream.accept(event));
      if (stream.strokes() - before < LESSON_KEYS) continue;
      yield { sitting, keys: stream.strokes() - before, instances };
      [before, instances] = [stream.strokes(), []];
    }
    if (stream.strokes() > before) yield { sitting, keys: stream.strokes() - before, instances };
  }
}
