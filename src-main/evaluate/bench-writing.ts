// What it costs to watch writing where the user wants it: the synthetic typist's keys at 1,000 a second in, keys a second that the track
// takes and the time of one score out.
import type { InputEvent } from '../agent/events.ts';
import { loadLinguisticPrior } from '../agent/learn/linguistic-prior.ts';
import { loadLinguisticModel, storedStretches, type LinguisticModelParts } from '../agent/linguistic-model.ts';
import { linguisticTrack } from '../agent/linguistic-track.ts';
import { settingsFor, type Settings } from '../agent/settings.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';
import type { Track } from '../agent/track.ts';
import type { Figure } from './bench-figure.ts';
import { adaAtWork, START_US, take, withoutPauses } from './bench-stream.ts';
import { cycled, timeEachMs } from './bench-timing.ts';

const STROKES_A_SECOND = 1000;
const EVENTS_A_CHUNK = 40_000;
const WARM_UP_CHUNKS = 2;
const CHUNKS = 10;
const SCORES = { warmUp: 500, samples: 2000 };

export function writingFigures(modelsDir: string): readonly Figure[] {
  const rate = { unit: 'strokes/s', better: 'more', statistic: 'median', reference: 1000, goal: 200_000 } as const;
  const score = { unit: 'ms', better: 'less', statistic: 'p95', reference: 6, goal: 0.2 } as const;
  return [
    { ...rate, name: 'rate-writing', measure: () => withWriter(modelsDir, measureRate) },
    { ...score, name: 'model-writing', measure: () => withWriter(modelsDir, measureScore) },
  ];
}

interface Writer {
  readonly track: Track;
  readonly settings: Settings;
  readonly parts: LinguisticModelParts;
  /** Goes on and on. */
  readonly keys: Generator<InputEvent, void>;
}

/** Somebody whose writing is known. */
async function withWriter(modelsDir: string, measure: (writer: Writer) => Promise<readonly number[]>) {
  const settings = settingsFor({ enrol: {} });
  const store = openMemoryStore();
  const parts = {
    ...{ store, prior: await loadLinguisticPrior(modelsDir), seed: 1 },
    cap: settings.modalities.linguistic.cap,
  };
  const track = linguisticTrack({ ...parts, settings });
  const keys = densely(withoutPauses(adaAtWork(6), 'keystroke'));
  try {
    await feed(track, take(keys, EVENTS_A_CHUNK), settings.hopUs);
    await track.train(START_US / 1000);
    return await measure({ track, settings, parts, keys });
  } finally {
    await track.release();
    store.close();
  }
}

async function measureRate({ track, settings, keys }: Writer): Promise<readonly number[]> {
  const rates: number[] = [];
  for (let chunk = -WARM_UP_CHUNKS; chunk < CHUNKS; chunk += 1) {
    const events = take(keys, EVENTS_A_CHUNK);
    const startMs = performance.now();
    await feed(track, events, settings.hopUs);
    const tookS = (performance.now() - startMs) / 1000;
    if (chunk >= 0) rates.push(events.filter(isPress).length / tookS);
  }
  return rates;
}

async function measureScore({ parts }: Writer): Promise<readonly number[]> {
  const model = loadLinguisticModel(parts);
  if (model === null) throw new Error('there is no model of writing to score with');
  const stretches = storedStretches(parts.store).map(({ vector }) => vector);
  const tookMs = await timeEachMs((call) => model.score(cycled(stretches, call)), SCORES);
  await model.release();
  return tookMs;
}

const isPress = (event: InputEvent): boolean => event.type === 'keystroke' && event.event === 'press';

/** The same keys at an even pace that no hand keeps up. */
function* densely(events: Iterable<InputEvent>): Generator<InputEvent, void> {
  let ts = START_US;
  for (const event of events) {
    ts += 1e6 / STROKES_A_SECOND / 2;
    yield { ...event, ts };
  }
}

async function feed(track: Track, events: readonly InputEvent[], hopUs: number): Promise<void> {
  let nextUs = (events[0]?.ts ?? 0) + hopUs;
  for (const event of events) {
    for (; event.ts > nextUs; nextUs += hopUs) await track.tick(nextUs, true);
    track.accept(event);
  }
}
