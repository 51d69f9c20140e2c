// One person's enrolment, his later recordings and other people's in, what the whole product does with them out: the pipeline with
// its ticks, models, calibration, fusion and decision, as a replay runs it, and beside it what a plain average of the same scores would
// do. First somebody takes over after two minutes of his work, each time anew; then he works on.
import { randomBytes } from 'node:crypto';
import { MODALITIES } from '../../src-preload/contract.ts';
import { buildPipeline, type Built } from '../agent/build-pipeline.ts';
import type { InputEvent } from '../agent/events.ts';
import { hourAtOffset } from '../agent/features/index.ts';
import { forgetTrust } from '../agent/fuse/trust-memory.ts';
import { settingsFor } from '../agent/settings.ts';
import { createCipher, KEY_BYTES } from '../agent/store/cipher.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';
import type { Store } from '../agent/store/store.ts';
import { messageOf } from '../agent/thrown.ts';
import { play } from './chain-play.ts';
import { countAlarms, firstAlarm, productRule, type Rule } from './chain-rule.ts';
import { countUse, usedUntil, type Use } from './chain-use.ts';
import type { Detector } from './detector.ts';
import { plainAverageRule } from './plain-average.ts';
import { inSequence } from './recorded-windows.ts';

export interface ChainTask {
  readonly modality: Detector['modality'];
  readonly modelsDir: string;
  /** Of its own, for the models. */
  readonly dataDir: string;
  readonly enrol: readonly (readonly InputEvent[])[];
  readonly genuine: readonly (readonly InputEvent[])[];
  /** Recordings of each impostor. */
  readonly impostors: readonly (readonly (readonly InputEvent[])[])[];
}

export interface Takeover {
  /** Of the impostor, until the alarm; null when there was none while he was there. */
  readonly detected: Use | null;
  /** All that the impostor did. */
  readonly stream: Use;
}

/** What one rule did with the scores of one subject. */
export interface RuleRun {
  readonly genuine: Use;
  readonly falseAlarms: number;
  readonly takeovers: readonly Takeover[];
}

/** The subject could not be learned. */
export interface Failed {
  readonly failure: string;
}

/** What the product did, and what the plain average would have done at the same ticks. */
export type ChainRun = (RuleRun & { readonly plainAverage: RuleRun }) | Failed;

/** Nothing is trained before all of the enrolment was seen. */
const NEVER_BY_ITSELF = 1_000_000;
/** The owner works so long before somebody takes over: trust has settled by then. */
const BEFORE_TAKEOVER_US = 120_000_000;
const TAKEOVER_AFTER_US = 2_000_000;

export async function runChain(task: ChainTask): Promise<ChainRun> {
  const store = openMemoryStore();
  store.set('seed', '1');
  const cipher = createCipher(randomBytes(KEY_BYTES));
  const stages = stagesOf(task, cipher);
  try {
    const failure = await enrol(stages, store, task);
    if (failure !== null) return { failure };
    // What happens at a takeover must not be learned from before the next one.
    const nothing = (): void => undefined;
    const kept: Store = { ...store, addWindow: nothing, addModel: nothing, set: nothing };
    const takeovers: ByRule<Takeover>[] = [];
    for (const impostor of task.impostors) {
      const events = [...inSequence(impostor)];
      if (events.length > 0) takeovers.push(await takeOver(stages, kept, task, events));
    }
    const { genuine, falseAlarms } = await workOn(stages, store, task);
    const runOf = (rule: keyof ByRule<unknown>): RuleRun => ({
      genuine,
      falseAlarms: falseAlarms[rule],
      takeovers: takeovers.map((one) => one[rule]),
    });
    return { ...runOf('product'), plainAverage: runOf('plainAverage') };
  } finally {
    store.close();
  }
}

type Stages = (store: Store) => Promise<Built>;

function stagesOf({ modelsDir, dataDir }: ChainTask, cipher: ReturnType<typeof createCipher>): Stages {
  const enrol = Object.fromEntries(MODALITIES.map((modality) => [modality, NEVER_BY_ITSELF]));
  return (store) =>
    buildPipeline({
      options: { modelsDir, dataDir },
      settings: settingsFor({ enrol }),
      store,
      cipher,
      hourOf: hourAtOffset(0),
      tell: (level, modality, text) => {
        if (level === 'error') throw new Error(`${modality}: ${text}`);
      },
    });
}

/** @returns why there is no model, or null. */
async function enrol(stages: Stages, store: Store, { enrol: recordings, modality }: ChainTask): Promise<string | null> {
  const built = await stages(store);
  await play(built, store, inSequence(recordings), () => undefined);
  const track = built.tracks.find((one) => one.modality === modality);
  if (track === undefined) throw new Error(`the pipeline has no ${modality}`);
  try {
    await track.train(Math.ceil((recordings.at(-1)?.at(-1)?.ts ?? 0) / 1000));
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    await release(built.tracks);
  }
}

const release = async (tracks: Built['tracks']): Promise<void> => {
  for (const track of tracks) await track.release();
};

interface ByRule<T> {
  readonly product: T;
  readonly plainAverage: T;
}

/** What the tracks score does not depend on who is alarmed, so both see one run. */
const rulesFor = ({ pipeline }: Built): ByRule<Rule> => ({
  product: productRule(pipeline),
  plainAverage: plainAverageRule(settingsFor({ enrol: {} })),
});

/** After a false alarm the owner proves who he is and works on. */
async function workOn(stages: Stages, store: Store, { genuine, modality }: ChainTask) {
  const built = await afresh(stages, store);
  const events = [...inSequence(genuine)];
  const rules = rulesFor(built);
  const [product, plainAverage] = [countAlarms(rules.product), countAlarms(rules.plainAverage)];
  await play(built, store, events, (tick) => {
    product.see(tick);
    plainAverage.see(tick);
  });
  await release(built.tracks);
  const falseAlarms: ByRule<number> = { product: product.count(), plainAverage: plainAverage.count() };
  return { genuine: countUse(events, modality), falseAlarms };
}

async function takeOver(
  stages: Stages,
  store: Store,
  { genuine, modality }: ChainTask,
  stream: readonly InputEvent[],
): Promise<ByRule<Takeover>> {
  const built = await afresh(stages, store);
  const before = usedUntil([...inSequence(genuine)], BEFORE_TAKEOVER_US);
  const firstUs = stream[0]?.ts ?? 0;
  const shiftUs = before.length === 0 ? 0 : (before.at(-1)?.ts ?? 0) + TAKEOVER_AFTER_US - firstUs;
  const moved = stream.map((event) => ({ ...event, ts: event.ts + shiftUs }));
  const rules = rulesFor(built);
  const product = firstAlarm(rules.product, firstUs + shiftUs);
  const plainAverage = firstAlarm(rules.plainAverage, firstUs + shiftUs);
  await play(built, store, [...before, ...moved], (tick) => {
    product.see(tick);
    plainAverage.see(tick);
  });
  await release(built.tracks);
  const found = (alarmUs: number | null): Takeover => ({
    detected: alarmUs === null ? null : countUse(moved, modality, alarmUs),
    stream: countUse(moved, modality),
  });
  return { product: found(product.alarmUs()), plainAverage: found(plainAverage.alarmUs()) };
}

async function afresh(stages: Stages, store: Store): Promise<Built> {
  forgetTrust(store);
  return stages(store);
}
