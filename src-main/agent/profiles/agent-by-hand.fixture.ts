// For tests of learning: the agent with its own pipeline, protection and calls, but with a clock, a desktop session and events that the
// test plays, as fast as it goes.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { checkResult, DEFAULT_USER_SETTINGS, dispatch } from '../../../src-preload/contract.ts';
import type { AgentClient, Decision, Learning } from '../../../src-preload/contract.ts';
import { createAudit } from '../audit.ts';
import { buildPipeline, type Built } from '../build-pipeline.ts';
import { createDrill } from '../drill/drill.ts';
import type { InputEvent } from '../events.ts';
import { hourAtOffset } from '../features/index.ts';
import { createHandlers } from '../handlers.ts';
import { createJournal } from '../journal.ts';
import { createNotices } from '../notices.ts';
import { isSure, type Tick } from '../pipeline.ts';
import { createProtection } from '../protection.ts';
import { SNAPSHOT } from '../publish/agent.fixture.ts';
import type { SessionEvent, SessionParts } from '../session/watch-session.ts';
import { settingsFor } from '../settings.ts';
import { createCipher, KEY_BYTES } from '../store/cipher.ts';
import { openMemoryStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { createLearningDesk } from './learning-desk.ts';
import { createVouching } from './vouching.ts';

export interface AgentByHand extends Pick<Built, 'pipeline' | 'tracks' | 'profiles'> {
  readonly store: Store;
  readonly call: AgentClient['call'];
  readonly learning: () => Promise<Learning>;
  /** Takes the events in, with a tick every second; they begin a second from now. @returns the ticks. */
  readonly play: (events: Iterable<InputEvent>) => Promise<readonly Tick[]>;
  /** Time passes, and nobody does anything. */
  readonly wait: (seconds: number) => Promise<void>;
  /** The screen is locked and unlocked with the password. */
  readonly unlock: () => void;
  readonly audited: readonly string[];
  readonly nowMs: () => number;
}

export interface AgentByHandParts {
  readonly startUs: number;
  readonly enrol: Parameters<typeof settingsFor>[0]['enrol'];
}

/** As long as a tick of the product. */
const HOP_US = 1_000_000;

export async function agentByHand(t: TestContext, { startUs, enrol }: AgentByHandParts): Promise<AgentByHand> {
  const store = openMemoryStore();
  store.set('seed', '1');
  let nowUs = Math.ceil(startUs / HOP_US) * HOP_US;
  const nowMs = (): number => nowUs / 1000;
  const audited: string[] = [];
  const audit = createAudit(store, nowMs, ({ kind, text }) => audited.push(`${kind}: ${text}`));
  const notices = createNotices(nowMs);
  const { pipeline, tracks, profiles, mayLearn } = await buildPipeline({
    options: { modelsDir: path.resolve(import.meta.dirname, '../../../models'), dataDir: tmpdir() },
    settings: settingsFor({ enrol }),
    ...{ store, cipher: createCipher(randomBytes(KEY_BYTES)), hourOf: hourAtOffset(0) },
    unlocksSeen: () => protection.unlocksSeen(),
    mayLearn: () => drill.mayLearn(),
    tell: (level, modality, text) => {
      if (level === 'error') throw new Error(`${modality}: ${text}`);
    },
  });
  const journal = createJournal(pipeline.point(nowMs()));
  const vouching = createVouching({ tracks, inUse: profiles.inUse, mayLearn, isSure });
  const desk = createLearningDesk({
    ...{ store, tracks, profiles, vouching, settled: pipeline.settled, interrupt: pipeline.interrupt, audit, nowMs },
    shown: () => true,
    refusal: () => drill.refusal() ?? protection.refusal(),
    doubt: () => protection.doubt(),
    retrain: pipeline.retrain,
    changed: () => undefined,
  });
  let session: ((event: SessionEvent) => void) | null = null;
  const protection = createProtection({
    ...{ store, pipeline, settings: () => DEFAULT_USER_SETTINGS, audit, notices, nowMs },
    point: () => journal.read().point,
    reauthenticated: () => {
      profiles.reauthenticated(nowUs);
      vouching.reauthenticated();
    },
    moved: journal.add,
    changed: () => undefined,
    notify: () => undefined,
    neverLock: 'this is a test',
    watch: async (parts: SessionParts) => {
      session = (event) => parts.onEvent(event, 'test');
      const able = { available: true, reason: null, fix: null };
      const lock = () => Promise.resolve({ locked: false, reason: 'this is a test', fix: '' } as const);
      return {
        lockAbility: () => able,
        locked: () => false,
        idle: () => false,
        missing: null,
        lock,
        stop: () => Promise.resolve(),
      };
    },
  });
  const drill = createDrill({
    ...{ nowMs, audit, pipeline, accepting: protection.accepting },
    snapshot: () => ({ ...SNAPSHOT, ...journal.read().point }),
    normal: () => DEFAULT_USER_SETTINGS.thresholds.normal,
    changed: () => undefined,
  });
  await new Promise((resolve) => setImmediate(resolve));
  t.after(() => protection.stop());
  const handlers = createHandlers({
    ...{ store, pipeline, journal, protection, drill, learning: desk, audit, nowMs },
    snapshot: () => notInTest(),
    influx: { rejected: notInTest },
    guard: {
      ...{ incidents: notInTest, incident: notInTest, alerts: notInTest },
      ...{ acknowledge: notInTest, status: notInTest },
    },
    host: { view: notInTest, series: notInTest, anomalies: notInTest, anomaly: notInTest, look: notInTest },
    settings: { view: notInTest, change: notInTest, setAbilities: notInTest, tell: notInTest },
    log: { verify: notInTest },
    data: { kept: notInTest, remove: notInTest, exports: { piece: notInTest, file: notInTest, pieces: notInTest } },
    resources: { view: notInTest, look: notInTest, history: notInTest },
  });
  const call: AgentClient['call'] = async (name, ...[arg]) =>
    checkResult(name, await dispatch(handlers, name, arg ?? null));

  const tick = async (): Promise<Tick> => {
    nowUs += HOP_US;
    const one = await pipeline.tick(nowUs);
    await pipeline.settled();
    journal.add(one);
    drill.tick(one);
    protection.tick(one);
    desk.tick(one);
    return one;
  };
  return {
    ...{ pipeline, tracks, profiles, store, call, audited, nowMs },
    learning: () => call('learning'),
    play: async (events) => {
      const ticks: Tick[] = [];
      let shiftUs: number | null = null;
      for (const event of events) {
        shiftUs ??= nowUs + HOP_US - event.ts;
        const ts = event.ts + shiftUs;
        while (ts >= nowUs + HOP_US) ticks.push(await tick());
        if (!protection.accepting()) continue;
        drill.accept({ ...event, ts });
        pipeline.accept({ ...event, ts });
      }
      ticks.push(await tick());
      return ticks;
    },
    wait: async (seconds) => {
      for (let i = 0; i < seconds; i += 1) await tick();
    },
    unlock: () => {
      session?.('locked');
      nowUs += HOP_US;
      session?.('unlocked');
    },
  };
}

const notInTest = (): never => {
  throw new Error('this part of the agent is not in this test');
};

export const decisionsOf = (ticks: readonly Tick[]): readonly Decision['to'][] =>
  ticks.flatMap(({ decision }) => decision?.to ?? []);
