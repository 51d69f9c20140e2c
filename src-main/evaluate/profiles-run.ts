// One owner's profiles, his later recordings and other people's in; out: what the whole product does with them when each profile was
// learned as the user would have it learned.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { buildPipeline, type Built } from '../agent/build-pipeline.ts';
import type { InputEvent } from '../agent/events.ts';
import { hourAtOffset } from '../agent/features/index.ts';
import { forgetTrust } from '../agent/fuse/trust-memory.ts';
import { settingsFor } from '../agent/settings.ts';
import { createCipher, KEY_BYTES } from '../agent/store/cipher.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';
import type { Store } from '../agent/store/store.ts';
import { play } from './chain-play.ts';
import { countAlarms, firstAlarm, productRule } from './chain-rule.ts';
import { countUse, usedUntil } from './chain-use.ts';

type Recordings = readonly (readonly InputEvent[])[];

export interface ProfilesTask {
  /** Of each profile, the owner's own first. */
  readonly enrol: readonly Recordings[];
  /** Sittings of the owner's, with a pause between them. */
  readonly genuine: readonly Recordings[];
  readonly impostors: readonly Recordings[];
}

export interface ProfilesRun {
  readonly falseAlarms: number;
  readonly genuineKeys: number;
  /** While the owner worked, 0-100. */
  readonly lowestTrust: number;
  /** Keystrokes of each impostor until the alarm; null where there was none. */
  readonly takeovers: readonly (number | null)[];
}

const NEVER_BY_ITSELF = 1_000_000;
const PAUSE_US = 15_000_000;
const DAY_US = 86_400e6;
const BEFORE_TAKEOVER_US = 120_000_000;

export async function runProfiles(
  modelsDir: string,
  { enrol, genuine, impostors }: ProfilesTask,
): Promise<ProfilesRun> {
  const store = openMemoryStore();
  store.set('seed', '1');
  const cipher = createCipher(randomBytes(KEY_BYTES));
  const build = (into: Store): Promise<Built> =>
    buildPipeline({
      options: { modelsDir, dataDir: tmpdir() },
      settings: settingsFor({ enrol: { keystroke: NEVER_BY_ITSELF, mouse: NEVER_BY_ITSELF, app: NEVER_BY_ITSELF } }),
      ...{ store: into, cipher, hourOf: hourAtOffset(0) },
      tell: (level, modality, text) => {
        if (level === 'error') throw new Error(`${modality}: ${text}`);
      },
    });
  const later = await learn(await build(store), store, enrol);
  const owner = joined(genuine, later + DAY_US, PAUSE_US);
  // What happens in one run must not be learned from before the next.
  const nothing = (): void => undefined;
  const kept: Store = { ...store, addWindow: nothing, addModel: nothing, set: nothing };
  const afresh = (): Promise<Built> => {
    forgetTrust(store);
    return build(kept);
  };
  const takeovers: (number | null)[] = [];
  for (const impostor of impostors) {
    const built = await afresh();
    const before = usedUntil(owner, BEFORE_TAKEOVER_US);
    const fromUs = (before.at(-1)?.ts ?? 0) + PAUSE_US;
    const stream = joined([impostor], fromUs, PAUSE_US);
    const alarm = firstAlarm(productRule(built.pipeline), fromUs);
    await play(built, kept, [...before, ...stream], alarm.see);
    const alarmUs = alarm.alarmUs();
    takeovers.push(alarmUs === null ? null : countUse(stream, 'keystroke', alarmUs).actions);
  }
  const built = await afresh();
  const alarms = countAlarms(productRule(built.pipeline));
  let lowestTrust = 100;
  await play(built, kept, owner, (tick) => {
    alarms.see(tick);
    lowestTrust = Math.min(lowestTrust, tick.point.trust ?? 100);
  });
  store.close();
  const genuineKeys = countUse(owner, 'keystroke').actions;
  return { falseAlarms: alarms.count(), genuineKeys, lowestTrust, takeovers };
}

/** Each profile is added and then taught; @returns when the last was. */
async function learn(built: Built, store: Store, enrol: readonly Recordings[]): Promise<number> {
  const typing = built.tracks.find(({ modality }) => modality === 'keystroke');
  let endUs = 0;
  for (const [i, recordings] of enrol.entries()) {
    const profile = i === 0 ? 1 : built.profiles.add(`profile ${i + 1}`, endUs / 1000);
    const events = joined([recordings], endUs === 0 ? (recordings[0]?.[0]?.ts ?? 0) : endUs + DAY_US, PAUSE_US);
    built.pipeline.interrupt();
    await play(built, store, events, () => undefined);
    endUs = events.at(-1)?.ts ?? endUs;
    await typing?.train(Math.round(endUs / 1000), { why: 'enrolment', profile });
  }
  for (const track of built.tracks) await track.release();
  return endUs;
}

/** One after the other, from a moment on. */
function joined(parts: readonly Recordings[], fromUs: number, pauseUs: number): InputEvent[] {
  const out: InputEvent[] = [];
  let nextUs = fromUs;
  for (const recording of parts.flat()) {
    const shiftUs = nextUs - (recording[0]?.ts ?? 0);
    for (const event of recording) out.push({ ...event, ts: event.ts + shiftUs });
    nextUs = (out.at(-1)?.ts ?? nextUs) + pauseUs;
  }
  return out;
}
