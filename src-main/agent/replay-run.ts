// Recordings in, one tick after the other out, as fast as it goes: the live pipeline on the recordings' own clock. The same
// recordings, seed and models give the same scores, so a result can be checked by running it again.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AgentOptions } from '../../src-preload/contract.ts';
import { buildPipeline } from './build-pipeline.ts';
import { inSequence } from './collect/in-sequence.ts';
import { hourAtOffset } from './features/index.ts';
import type { Pipeline, Tick } from './pipeline.ts';
import type { Tap } from './publish/outlets/tap.ts';
import { settingsFor } from './settings.ts';
import { damageSentence, openSealed } from './open-data.ts';
import { createCipher, KEY_BYTES, type Cipher } from './store/cipher.ts';
import { lockData } from './store/data-lock.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

export interface ReplayPlace {
  /** Models and enrolment are kept here; without it everything is learned anew and forgotten. */
  readonly dataDir?: string;
  readonly modelsDir: string;
  readonly enrol: AgentOptions['enrol'];
  /** Is given every event and every tick, for whoever listens to it. */
  readonly tap?: Tap;
}

export interface ReplaySummary {
  readonly events: number;
  /** How many lines were refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** What went wrong besides: a damaged database set aside, a model refused, a training that failed. */
  readonly problems: readonly string[];
}

/** A pause longer than a window and a bit says nothing more: its ticks are skipped. */
const LONGEST_SILENCE_US = 60_000_000;
const REPLAY_SEED = '1';

/**
 * @param files in this order; one that begins before the last one ended is moved to two seconds after that end. `-` is standard input.
 * @param onTick what it answers is waited for, so that a slow reader slows the replay and nothing piles up.
 * @throws Error for a file that is missing or unreadable, AlreadyRunning when another agent uses `dataDir`.
 */
export async function replayFiles(
  files: readonly string[],
  place: ReplayPlace,
  onTick: (tick: Tick) => unknown,
): Promise<ReplaySummary> {
  const lock = place.dataDir === undefined ? null : lockData(place.dataDir);
  const dataDir = place.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'seclyzer-replay-')));
  try {
    const kept = lock === null ? forgotten() : await openKept(dataDir);
    try {
      return await replayInto(kept, files, { ...place, dataDir }, onTick);
    } finally {
      kept.store.close();
    }
  } finally {
    lock?.release();
    if (lock === null) await rm(dataDir, { recursive: true, force: true });
  }
}

interface Kept {
  readonly store: Store;
  readonly cipher: Cipher;
  readonly problems: string[];
}

async function openKept(dataDir: string): Promise<Kept> {
  const { store, cipher, opening } = await openSealed(dataDir, null);
  return { store, cipher, problems: opening.kind === 'recovered' ? [damageSentence(opening)] : [] };
}

function forgotten(): Kept {
  const store = openMemoryStore();
  store.set('seed', REPLAY_SEED);
  return { store, cipher: createCipher(randomBytes(KEY_BYTES)), problems: [] };
}

async function replayInto(
  { store, cipher, problems }: Kept,
  files: readonly string[],
  place: ReplayPlace & { readonly dataDir: string },
  onTick: (tick: Tick) => unknown,
): Promise<ReplaySummary> {
  const settings = settingsFor(place);
  const { pipeline, tracks } = await buildPipeline({
    options: place,
    settings,
    store,
    cipher,
    hourOf: hourAtOffset(0),
    tell: (level, _, text) => (level === 'error' ? problems.push(text) : undefined),
  });
  const refused = new Map<string, number>();
  const clock = replayClock(pipeline, store, settings.hopUs, onTick, place.tap);
  let events = 0;
  for await (const item of inSequence(files)) {
    if ('refused' in item) {
      refused.set(item.refused, (refused.get(item.refused) ?? 0) + 1);
      continue;
    }
    const { event } = item;
    await clock.advance(event.ts);
    pipeline.accept(event);
    place.tap?.accept(event);
    events += 1;
  }
  await clock.finish();
  for (const track of tracks) await track.release();
  return { events, refused: Object.fromEntries(refused), problems: [...new Set(problems)] };
}

interface ReplayClock {
  /** Ticks for all the time before an event. */
  readonly advance: (tsUs: number) => Promise<void>;
  readonly finish: () => Promise<void>;
}

function replayClock(
  pipeline: Pipeline,
  store: Store,
  hopUs: number,
  onTick: (tick: Tick) => unknown,
  tap?: Tap,
): ReplayClock {
  let nextUs: number | null = null;
  let lastUs = 0;
  const tick = async (atUs: number): Promise<void> => {
    const said = await pipeline.tick(atUs);
    tap?.tick(said, atUs);
    await onTick(said);
    await pipeline.settled();
    store.flush();
  };
  const advance = async (tsUs: number): Promise<void> => {
    nextUs ??= Math.ceil(tsUs / hopUs) * hopUs;
    const silentFromUs = lastUs + LONGEST_SILENCE_US;
    while (nextUs < tsUs) {
      await tick(nextUs);
      nextUs += hopUs;
      if (nextUs > silentFromUs && nextUs < tsUs) nextUs = Math.ceil(tsUs / hopUs) * hopUs;
    }
    lastUs = tsUs;
  };
  return {
    advance,
    finish: async () => {
      if (nextUs !== null) await tick(nextUs);
    },
  };
}
