// A person that the agent knows: synthetic work through the real pipeline until every modality has its model, in a data
// folder of its own. What leaves is what the other figures are measured with.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { buildPipeline, type BuildParts, type Built } from '../agent/build-pipeline.ts';
import { hourAtOffset } from '../agent/features/index.ts';
import { openSealed } from '../agent/open-data.ts';
import { settingsFor, type Settings } from '../agent/settings.ts';
import type { Cipher } from '../agent/store/cipher.ts';
import type { Store } from '../agent/store/store.ts';
import { adaAtWork, START_US } from './bench-stream.ts';
import { isAlarm } from './chain-rule.ts';

export interface Profile {
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly settings: Settings;
  readonly store: Store;
  readonly cipher: Cipher;
  /** The hop at which the learned work ends. */
  readonly endUs: number;
  /** Another pipeline on the same models, as after a restart. Its sessions are released with the profile. */
  readonly pipeline: () => Promise<Built>;
}

/** Application switches are rare: the usual enrolment for typing and mouse, a short one for them. */
export const ENROL = { app: 20 } as const;
const SEED = 1;
/** A day of work; enrolment needs a few hours of it. */
const GIVE_UP_AFTER_US = 86_400e6;

export interface KeptProfile {
  readonly get: () => Promise<Profile>;
  /** Removes what `get` made. */
  readonly remove: () => Promise<void>;
}

/** Made once, when first needed. */
export function keepProfile(modelsDir: string, scorers: Scorers = 'best'): KeptProfile {
  const built: Built[] = [];
  let making: Promise<Profile> | null = null;
  return {
    get: () => (making ??= makeProfile(modelsDir, built, scorers)),
    remove: async () => {
      const profile = await making?.catch(() => null);
      for (const { tracks } of built) for (const track of tracks) await track.release();
      if (profile === null || profile === undefined) return;
      profile.store.close();
      await rm(profile.dataDir, { recursive: true, force: true });
    },
  };
}

type Scorers = NonNullable<BuildParts['scorers']>;

async function makeProfile(modelsDir: string, built: Built[], scorers: Scorers): Promise<Profile> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-bench-'));
  const { store, cipher } = await openSealed(dataDir, null);
  store.set('seed', String(SEED));
  const settings = settingsFor({ enrol: ENROL });
  const failures: string[] = [];
  const pipeline = async (): Promise<Built> => {
    const one = await buildPipeline({
      options: { dataDir, modelsDir },
      scorers,
      settings,
      store,
      cipher,
      hourOf: hourAtOffset(0),
      // Thrown here, it would be lost in the training that failed.
      tell: (level, modality, text) => void (level === 'error' && failures.push(`${modality}: ${text}`)),
    });
    built.push(one);
    return one;
  };
  const endUs = await enrol(await pipeline(), { store, settings, failures });
  return { dataDir, modelsDir, settings, store, cipher, endUs, pipeline };
}

export interface Enrolment {
  readonly store: Pick<Store, 'flush'>;
  readonly settings: Settings;
  /** What went wrong so far. */
  readonly failures: readonly string[];
}

/** @returns the hop at which the last model was there. @throws Error that says what went wrong, or what was not learned. */
export async function enrol(
  { pipeline, tracks }: Pick<Built, 'pipeline' | 'tracks'>,
  { store, settings, failures }: Enrolment,
): Promise<number> {
  const watched = tracks.filter(({ modality }) => DEFAULT_USER_SETTINGS.modalities[modality]);
  const { hopUs } = settings;
  let nextUs = START_US + hopUs;
  for (const event of adaAtWork(SEED)) {
    for (; event.ts > nextUs; nextUs += hopUs) {
      const { point } = await pipeline.tick(nextUs);
      await pipeline.settled();
      store.flush();
      if (failures.length > 0) throw new Error(`the synthetic typist was not learned: ${failures.join('; ')}`);
      // The first model, of few keystrokes, may take the owner for another one. Then nothing is learned until the screen is unlocked.
      if (isAlarm(point.state)) pipeline.reauthenticated(point.atMs);
    }
    if (watched.every((track) => track.trained())) return nextUs;
    if (event.ts > START_US + GIVE_UP_AFTER_US) break;
    pipeline.accept(event);
  }
  const missing = watched
    .filter((track) => !track.trained())
    .map(({ modality, view }) => `${modality} (${view(nextUs).reason ?? 'still learning'})`);
  throw new Error(`the synthetic typist was not learned within a day of work: ${missing.join(', ')}`);
}
