// One person's enrolment, his later recordings and other people's in, what the whole product does with them out: the pipeline with
// its ticks, models, calibration, fusion and decision, as a replay runs it. First he works on; then, each time anew, somebody takes
// over after two minutes of his work.
import { randomBytes } from 'node:crypto';
import { buildPipeline, type Built } from '../agent/build-pipeline.ts';
import type { InputEvent } from '../agent/events.ts';
import { hourAtOffset } from '../agent/features/index.ts';
import { forgetTrust } from '../agent/fuse/trust-memory.ts';
import type { Tick } from '../agent/pipeline.ts';
import { settingsFor } from '../agent/settings.ts';
import { createCipher, KEY_BYTES } from '../agent/store/cipher.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';
import type { Store } from '../agent/store/store.ts';
import { messageOf } from '../agent/thrown.ts';
import { countUse, usedUntil, type Use } from './chain-use.ts';
import type { Detector } from './detector.ts';
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

export type ChainRun =
  | {
      readonly genuine: Use;
      readonly falseAlarms: number;
      readonly takeovers: readonly Takeover[];
    }
  | { readonly failure: string };

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
    const takeovers: Takeover[] = [];
    for (const impostor of task.impostors) {
      const events = [...inSequence(impostor)];
      if (events.length > 0) takeovers.push(await takeOver(stages, kept, task, events));
    }
    return { ...(await workOn(stages, store, task)), takeovers };
  } finally {
    store.close();
  }
}

type Stages = (store: Store) => Promise<Built>;

function stagesOf({ modelsDir, dataDir }: ChainTask, cipher: ReturnType<typeof createCipher>): Stages {
  const enrol = { keystroke: NEVER_BY_ITSELF, mouse: NEVER_BY_ITSELF, app: NEVER_BY_ITSELF };
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

const alarmed = ({ point }: Tick): boolean => point.state === 'RESTRICTED' || point.state === 'LOCKDOWN';

/** After a false alarm the owner proves who he is, as he would by unlocking the screen, and works on. */
async function workOn(stages: Stages, store: Store, { genuine, modality }: ChainTask) {
  const built = await afresh(stages, store);
  const events = [...inSequence(genuine)];
  let falseAlarms = 0;
  await play(built, store, events, (tick) => {
    if (!alarmed(tick)) return;
    falseAlarms += 1;
    built.pipeline.reauthenticated(tick.point.atMs);
  });
  await release(built.tracks);
  return { genuine: countUse(events, modality), falseAlarms };
}

async function takeOver(
  stages: Stages,
  store: Store,
  { genuine, modality }: ChainTask,
  stream: readonly InputEvent[],
): Promise<Takeover> {
  const built = await afresh(stages, store);
  const before = usedUntil([...inSequence(genuine)], BEFORE_TAKEOVER_US);
  const firstUs = stream[0]?.ts ?? 0;
  const shiftUs = before.length === 0 ? 0 : (before.at(-1)?.ts ?? 0) + TAKEOVER_AFTER_US - firstUs;
  const moved = stream.map((event) => ({ ...event, ts: event.ts + shiftUs }));
  let alarmUs: number | null = null;
  await play(built, store, [...before, ...moved], (tick) => {
    if (!alarmed(tick) || alarmUs !== null) return;
    const atUs = tick.point.atMs * 1000;
    if (atUs >= firstUs + shiftUs) alarmUs = atUs;
    else built.pipeline.reauthenticated(tick.point.atMs);
  });
  await release(built.tracks);
  return {
    detected: alarmUs === null ? null : countUse(moved, modality, alarmUs),
    stream: countUse(moved, modality),
  };
}

async function afresh(stages: Stages, store: Store): Promise<Built> {
  forgetTrust(store);
  return stages(store);
}

/** A pause longer than a window and a bit says nothing more: its ticks are skipped, as a replay skips them. */
const LONGEST_SILENCE_US = 60_000_000;

async function play(
  { pipeline }: Built,
  store: Store,
  events: Iterable<InputEvent>,
  onTick: (tick: Tick) => void,
): Promise<void> {
  const { hopUs } = settingsFor({ enrol: {} });
  let nextUs: number | null = null;
  let lastUs = 0;
  const tick = async (atUs: number): Promise<void> => {
    onTick(await pipeline.tick(atUs));
    store.flush();
  };
  for (const event of events) {
    nextUs ??= Math.ceil(event.ts / hopUs) * hopUs;
    while (nextUs < event.ts) {
      await tick(nextUs);
      nextUs += hopUs;
      if (nextUs > lastUs + LONGEST_SILENCE_US && nextUs < event.ts) nextUs = Math.ceil(event.ts / hopUs) * hopUs;
    }
    lastUs = event.ts;
    pipeline.accept(event);
  }
  if (nextUs !== null) await tick(nextUs);
}
