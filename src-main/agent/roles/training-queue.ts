// Wishes for models in, trainings one after the other out, each a few milliseconds at a time so that entries go on being scored meanwhile.
import type { Made, Wish } from './partition-work.ts';
import { readLessons, trainSubject, type TrainParts } from './train-subject.ts';
import type { RedisCalls } from './redis-calls.ts';
import { TrainingAbandoned } from '../trainings.ts';
import { messageOf } from '../thrown.ts';

export interface TrainingQueue {
  /** Once each, however often it is wished for. */
  readonly wish: (wish: Wish) => void;
  /** Those that have ended since the last call. */
  readonly take: () => readonly Made[];
  readonly view: () => {
    readonly waiting: number;
    readonly trained: number;
    readonly failed: number;
    readonly failure: string | null;
  };
  /** What is under way ends at its next pause. */
  readonly stop: () => Promise<void>;
}

export interface QueueParts extends TrainParts {
  readonly calls: RedisCalls;
  /** Whether the partition is ours. */
  readonly holds: (partition: number) => boolean;
}

const nameOf = ({ subject, modality, version }: Wish): string => `${subject} ${modality} ${version}`;

export function createTrainingQueue(parts: QueueParts): TrainingQueue {
  const waiting = new Map<string, Wish>();
  let made: Made[] = [];
  let counts = { trained: 0, failed: 0 };
  let failure: string | null = null;
  let ended = false;
  let running: Promise<void> | null = null;

  async function train(wish: Wish): Promise<void> {
    const pause = async (): Promise<void> => {
      await parts.pause();
      if (ended || !parts.holds(wish.partition)) throw new TrainingAbandoned('The partition is not ours any more.');
    };
    const sealed = await readLessons(parts.calls, wish).catch(() => null);
    // Without a connection it is wished for again, with the next entry.
    if (sealed === null) return;
    try {
      const model = await trainSubject(wish, sealed, { ...parts, pause });
      made.push({ ...wish, model });
      counts = { ...counts, trained: counts.trained + 1 };
    } catch (error) {
      // Whoever has the partition now sees that a model is wanted.
      if (error instanceof TrainingAbandoned) return;
      made.push({ ...wish, model: null });
      counts = { ...counts, failed: counts.failed + 1 };
      failure = messageOf(error);
    }
  }
  async function work(): Promise<void> {
    for (const [name, wish] of waiting) {
      if (!ended && parts.holds(wish.partition)) await train(wish);
      waiting.delete(name);
    }
  }
  return {
    wish: (wish) => {
      if (ended || made.some((one) => nameOf(one) === nameOf(wish))) return;
      waiting.set(nameOf(wish), waiting.get(nameOf(wish)) ?? wish);
      running ??= work().finally(() => (running = null));
    },
    take: () => {
      const taken = made;
      made = [];
      return taken;
    },
    view: () => ({ waiting: waiting.size, ...counts, failure }),
    stop: async () => {
      ended = true;
      await running;
    },
  };
}
