// What is known of an owner and his days after it in; out, how well the product still knows him each day. He works through the whole
// pipeline, which may learn from it; what he is tested on is never played, so that nothing of it is learned.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { buildPipeline, type Built } from '../agent/build-pipeline.ts';
import type { InputEvent } from '../agent/events.ts';
import { hourAtOffset } from '../agent/features/index.ts';
import { keepStatistics, loadProfile, typingVersions } from '../agent/graph-model.ts';
import { graphRatio, graphScore, ownerSums } from '../agent/infer/graph-score.ts';
import { ownerModel } from '../agent/infer/owner-model.ts';
import type { GraphPrior } from '../agent/learn/graph-prior.ts';
import type { GraphStatistics } from '../agent/learn/graph-statistics.ts';
import { settingsFor } from '../agent/settings.ts';
import { createCipher, KEY_BYTES } from '../agent/store/cipher.ts';
import { openMemoryStore } from '../agent/store/open-store.ts';
import { QUARANTINE_MS } from '../agent/track.ts';
import { play } from './chain-play.ts';
import { firstAlarm, isAlarm, productRule } from './chain-rule.ts';
import type { PreparedGraphs } from './detect-graphs.ts';

export interface Life {
  readonly modelsDir: string;
  readonly prior: GraphPrior;
  /** What the first model is made of. */
  readonly known: GraphStatistics;
  readonly days: readonly Day[];
  /** As in graph-track.ts. */
  readonly followDrift: boolean;
  /** Whether the first alarm is the end; else the owner proves with the password who he is, and works on. */
  readonly endsWithAlarm: boolean;
  /** Somebody else's, who sits down after the last day's unlocking; none where it does not matter. */
  readonly takeover?: readonly InputEvent[];
}

export interface Lived {
  readonly ends: readonly DayEnd[];
  /** Keystrokes of the takeover until its first alarm; null where there was none. */
  readonly noticedKeys: number | null;
}

export interface Day {
  readonly typed: readonly InputEvent[];
  /** Windows to score at the end of the day, by name. */
  readonly tests: Readonly<Record<string, readonly PreparedGraphs[]>>;
}

export interface DayEnd {
  readonly alarms: number;
  /** Ratios of the windows, by the model in use. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  /** Versions that were made because the owner had changed, until then. */
  readonly driftVersions: number;
}

const NEVER = 1_000_000;
const DAY_US = 86_400_000_000;
const PROFILE = 1;
const HOP_US = settingsFor({ enrol: {} }).hopUs;
const STAYS_US = QUARANTINE_MS * 1000 + 10_000_000;

export async function liveThrough(life: Life): Promise<Lived> {
  const store = openMemoryStore();
  store.set('seed', '1');
  const place = { store, prior: life.prior, profile: PROFILE };
  keepStatistics(place, life.known);
  const built = await buildPipeline({
    options: { modelsDir: life.modelsDir, dataDir: tmpdir() },
    settings: settingsFor({ enrol: { keystroke: NEVER, mouse: NEVER, app: NEVER } }),
    ...{ store, cipher: createCipher(randomBytes(KEY_BYTES)), hourOf: hourAtOffset(0), followDrift: life.followDrift },
    tell: (level, modality, text) => {
      if (level === 'error') throw new Error(`${modality}: ${text}`);
    },
  });
  const driftVersions = new Set<number>();
  try {
    const startUs = life.days[0]?.typed[0]?.ts ?? 0;
    await track(built).train(startUs / 1000, { why: 'enrolment' });
    const ends: DayEnd[] = [];
    for (const [i, { typed, tests }] of life.days.entries()) {
      const alarms = await work(built, store, movedTo(typed, startUs + (i + 1) * DAY_US), life.endsWithAlarm);
      for (const { version, why } of typingVersions(place)) if (why === 'drift') driftVersions.add(version);
      const profile = loadProfile(place);
      if (profile === null) throw new Error('there is no model to score by');
      const owner = ownerModel(life.prior, profile);
      const scoreOf = ({ graphs, crowd, keys }: PreparedGraphs): number => {
        const raw = graphScore(owner, ownerSums(owner.sitting(), graphs), crowd, keys);
        return raw === null ? 0 : graphRatio(life.prior.file.calibration, raw, keys);
      };
      const scores = Object.fromEntries(Object.entries(tests).map(([name, windows]) => [name, windows.map(scoreOf)]));
      ends.push({ alarms, scores, driftVersions: driftVersions.size });
      if (alarms > 0 && life.endsWithAlarm) break;
    }
    const takeover = movedTo(life.takeover ?? [], startUs + (life.days.length + 1) * DAY_US);
    return { ends, noticedKeys: await noticed(built, store, takeover) };
  } finally {
    for (const { release } of built.tracks) await release();
    store.close();
  }
}

function track({ tracks }: Built) {
  const found = tracks.find(({ modality }) => modality === 'keystroke');
  if (found === undefined) throw new Error('the pipeline has no typing');
  return found;
}

/** One sitting, which begins with the password. @returns the alarms. */
async function work(
  built: Built,
  store: Parameters<typeof play>[1],
  events: readonly InputEvent[],
  endsWithAlarm: boolean,
): Promise<number> {
  const { pipeline } = built;
  pipeline.reauthenticated((events[0]?.ts ?? 0) / 1000);
  let alarms = 0;
  await play(built, store, events, ({ point }) => {
    if (!isAlarm(point.state) || (alarms > 0 && endsWithAlarm)) return;
    alarms += 1;
    if (!endsWithAlarm) pipeline.reauthenticated(point.atMs);
  });
  // He stays for a while: what was typed last waits before it is learned.
  const endUs = Math.ceil((events.at(-1)?.ts ?? 0) / HOP_US) * HOP_US;
  for (let nowUs = endUs + HOP_US; nowUs <= endUs + STAYS_US; nowUs += HOP_US) await pipeline.tick(nowUs);
  await pipeline.settled();
  pipeline.interrupt();
  return alarms;
}

async function noticed(
  built: Built,
  store: Parameters<typeof play>[1],
  events: readonly InputEvent[],
): Promise<number | null> {
  const fromUs = events[0]?.ts ?? 0;
  built.pipeline.reauthenticated(fromUs / 1000);
  const alarm = firstAlarm(productRule(built.pipeline), fromUs);
  await play(built, store, events, alarm.see);
  const atUs = alarm.alarmUs();
  return atUs === null ? null : events.filter((event) => isPress(event) && event.ts <= atUs).length;
}

const isPress = (event: InputEvent): boolean => event.type === 'keystroke' && event.event === 'press';

function movedTo(events: readonly InputEvent[], startUs: number): readonly InputEvent[] {
  const byUs = startUs - (events[0]?.ts ?? 0);
  return events.map((event) => ({ ...event, ts: event.ts + byUs }));
}
