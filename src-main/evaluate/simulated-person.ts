// What a person has typed and moved in, what a collector would have written about it out: the agent's own windows, cut by the agent's own tap. And
// the models that a scorer would have learned from that.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InputEvent } from '../agent/events.ts';
import { createTap } from '../agent/publish/outlets/tap.ts';
import type { Entry } from '../agent/roles/entry.ts';
import { createHopEntries } from '../agent/roles/hop-entries.ts';
import { sealLesson } from '../agent/roles/lesson.ts';
import type { PackedModel } from '../agent/roles/packed-model.ts';
import { isVector, type Priors } from '../agent/roles/priors.ts';
import { prepareEntry } from '../agent/roles/score-entry.ts';
import { newSubject, type CentralModality } from '../agent/roles/subject-state.ts';
import { trainSubject } from '../agent/roles/train-subject.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { Cipher } from '../agent/store/cipher.ts';
import type { Tick } from '../agent/pipeline.ts';
import type { SoakPerson } from './soak-people.ts';

export interface SimulatedPerson {
  /** One after the other, five seconds apart where there was no pause; without a host or a user yet. */
  readonly entries: readonly Entry[];
  /** null where too little was done to learn from. */
  readonly models: Readonly<Record<CentralModality, PackedModel | null>>;
}

/** Whole hops of five seconds. */
const START_US = 1_700_000_000e6;
const HOP_US = 5e6;
const POINT = { atMs: 0, trust: null, low: null, high: null, state: 'LEARNING' } as const;
const TICK: Tick = { point: POINT, decision: null, scores: new Map() };

export async function simulatePerson(
  { typing, mouse }: SoakPerson,
  cipher: Cipher,
  priors: Priors,
): Promise<SimulatedPerson> {
  const entries = await entriesOf([...fromStart(typing), ...fromStart(mouse)].toSorted((a, b) => a.ts - b.ts));
  return {
    entries,
    models: {
      keystroke: await modelOf('keystroke', entries, cipher, priors),
      mouse: await modelOf('mouse', entries, cipher, priors),
      app: null,
    },
  };
}

/** Both hands begin at once. */
export const fromStart = (events: readonly InputEvent[]): InputEvent[] =>
  events.map((event) => ({ ...event, ts: event.ts - (events[0]?.ts ?? 0) + START_US + 1 }));

export async function entriesOf(events: readonly InputEvent[]): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const tap = createTap();
  const emit = (one: Entry): void => void entries.push(one);
  const end = tap.listen(createHopEntries({ host: '', user: '', id: '', hourOf: () => 9, emit }));
  let endUs = START_US + HOP_US;
  for (const event of events) {
    for (; event.ts > endUs; endUs += HOP_US) {
      tap.tick(TICK, endUs);
      await nextTurn();
    }
    tap.accept(event);
  }
  tap.tick(TICK, endUs);
  await nextTurn();
  end();
  return entries;
}

async function modelOf(
  modality: CentralModality,
  entries: readonly Entry[],
  cipher: Cipher,
  priors: Priors,
): Promise<PackedModel | null> {
  if (!isVector(modality)) return null;
  const nobody = newSubject(DEFAULT_SETTINGS);
  const sealed = entries.flatMap((entry) =>
    prepareEntry(nobody, entry, DEFAULT_SETTINGS)
      .windows.filter(({ window }) => window.modality === modality)
      .map((used) => sealLesson(cipher, 'anybody', { modality, ts: entry.ts, used })),
  );
  const order = { partition: 0, subject: 'anybody', modality, version: 1 };
  const parts = { cipher, priors, settings: DEFAULT_SETTINGS, pause: () => Promise.resolve(), nowMs: () => 0 };
  // One whose recording is too short is scored by what else there is of him.
  return await trainSubject(order, sealed, parts).catch((error: unknown) => {
    if (error instanceof Error) return null;
    throw error;
  });
}
