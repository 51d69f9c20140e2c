// collect -> bus -> features -> infer -> fuse -> decide -> act -> store -> publish: the agent's stages put together.
import { DEFAULT_USER_SETTINGS, type Modality } from '../../src-preload/contract.ts';
import { createAgentView } from './agent-view.ts';
import type { Agent, AgentStart } from './agent.ts';
import { createAudit } from './audit.ts';
import { folderBytes } from './budget/folder-size.ts';
import { buildPipeline } from './build-pipeline.ts';
import { mouseLearnedThrough } from './collect/learned-through.ts';
import { createDrill } from './drill/drill.ts';
import { createCompanions } from './companions.ts';
import { createHandlers } from './handlers.ts';
import { createInjectedAlarm } from './injected-alarm.ts';
import { createIntake } from './intake.ts';
import { createJournal } from './journal.ts';
import type { Notices } from './notices.ts';
import type { Data } from './open-data.ts';
import { isSure, type Tick } from './pipeline.ts';
import { createProtection } from './protection.ts';
import { createLearningDesk } from './profiles/learning-desk.ts';
import { createVouching } from './profiles/vouching.ts';
import { onceASecond, whenChanged } from './publish/once-a-second.ts';
import { createPublisher } from './publish/publisher.ts';
import { budgetOf, decisionOf, settingsFor } from './settings.ts';
import { createSettingsDesk } from './settings-desk.ts';
import { keepWatching } from './session/keep-watching.ts';
import { openSettings } from './settings-file.ts';
import { NOT_LIVE, SCRIPTED, UNSEEN } from './start-words.ts';
import { recordStart, recordStop } from './run-record.ts';
import { chooseSource, startSources } from './sources.ts';
import { startTicker } from './ticker.ts';
import { messageOf } from './thrown.ts';
import { createWriteDown } from './write-down.ts';

/** Hours that are over are rolled up, and old rows thrown away, this often. */
const PRUNE_EVERY_US = 3600e6;
const BYTES_PER_MIB = 2 ** 20;

/** Takes `data` over: closed when the agent is stopped. On a rejection it is still open. */
export async function buildAgent(
  { store, cipher, key, close }: Data,
  start: AgentStart,
  notices: Notices,
): Promise<Agent> {
  const { options, version, onStatus, onNotification, onSettings, otherPids = [] } = start;
  const writeDown = createWriteDown(store, notices.about);
  const file = await openSettings(options.settingsFile, notices.add, Date.now);
  const user = file.current;
  const settings = settingsFor(options, user());
  const watched = (modality: Modality): boolean => user().modalities[modality];
  /** What is off until somebody wants it is not spoken of before. */
  const shown = (modality: Modality): boolean => watched(modality) || DEFAULT_USER_SETTINGS.modalities[modality];
  const live = options.source.kind === 'live';
  const { collectors, clock, takeInput } = chooseSource(options.source, {
    ...{ dataDir: options.dataDir, driver: user().input.driver, learned: mouseLearnedThrough(store) },
  });
  const nowMs = (): number => clock.nowUs() / 1000;
  const { pipeline, tracks, profiles, mayLearn, abandonTraining } = await buildPipeline({
    options,
    settings,
    decision: () => decisionOf(user()),
    watched,
    unlocksSeen: () => protection.unlocksSeen(),
    mayLearn: () => drill.mayLearn(),
    store,
    cipher,
    hourOf: localHour,
    tell: (level, _, text) => notices.add(level, text),
  });
  const journal = createJournal(pipeline.point(nowMs()));

  /** Until everything stands there is nothing to show; the session may speak up before. */
  let complete = false;
  const { view, snapshot } = createAgentView({
    ...{ version, source: options.source.kind, nowMs, journal, notices },
    intake: () => intake,
    protection: () => protection.view(),
    desktopIdle: () => protection.idle(),
    tracks: () => tracks.filter(({ modality }) => shown(modality)),
    missing: (modality) => sources.missing(modality),
    through: (modality) => sources.through(modality),
    usage: { dataDir: options.dataDir, limits: () => budgetOf(user()), pids: () => otherPids },
  });
  const publisher = createPublisher(snapshot, () => performance.now());
  const audit = createAudit(store, nowMs, publisher.audit);
  const vouching = createVouching({ tracks, inUse: profiles.inUse, mayLearn, isSure });
  const learning = createLearningDesk({
    ...{ store, tracks, profiles, vouching, shown, audit, nowMs },
    ...{ settled: pipeline.settled, interrupt: pipeline.interrupt },
    refusal: () => drill.refusal() ?? protection.refusal(),
    doubt: () => protection.doubt(),
    retrain: pipeline.retrain,
    changed: () => learned.touch(),
  });
  const once = { isWatched: publisher.isWatched, nowMs: () => performance.now() };
  const learned = onceASecond({ work: whenChanged(learning.view, publisher.learning), ...once });
  /** Measuring what it costs costs more than the rest of a tick, so that waits until somebody looks. */
  const tell = (): void => {
    if (!complete) return;
    drill.look();
    publisher.touch();
    if (onStatus === undefined) return;
    const { state, trust, sentence, paused, locking } = view(null);
    onStatus({ state, trust, sentence, paused, locking });
  };
  const take = (tick: Tick): void => {
    journal.add(tick);
    if (tick.decision !== null) publisher.decision(tick.decision);
    publisher.trustPoint(tick.point);
    drill.tick(tick);
  };
  const protection = createProtection({
    ...{ store, pipeline, settings: user, audit, notices, nowMs },
    point: () => journal.read().point,
    reauthenticated: () => {
      profiles.reauthenticated(clock.nowUs());
      vouching.reauthenticated();
    },
    moved: take,
    changed: tell,
    notify: (notification) => onNotification?.(notification),
    neverLock: options.host === 'browser' ? UNSEEN : live ? null : NOT_LIVE,
    watch: options.source.kind === 'replay' ? null : keepWatching,
  });
  const drill = createDrill({
    ...{ snapshot, nowMs, audit, pipeline, accepting: protection.accepting },
    normal: () => user().thresholds.normal,
    changed: () => drilled.touch(),
  });
  const drilled = onceASecond({ work: whenChanged(drill.view, publisher.drill), ...once });
  const injected = createInjectedAlarm({
    expected: options.inputIsScripted || !live,
    ...{ audit, notices, notify: protection.announce },
    interrupt: () => {
      pipeline.interrupt();
      vouching.spoil();
    },
  });
  const intake = createIntake({
    accept: (event) => {
      // Keys may come for what is written alone.
      if (watched(event.type)) injected.accept(event);
      drill.accept(event);
      pipeline.accept(event);
    },
    nowUs: clock.nowUs,
    drained: publisher.touch,
    onLost: (error) => notices.add('error', `An event was lost: ${messageOf(error)}`),
  });
  const sources = await startSources(collectors, {
    publish: (event) => {
      if (protection.accepting()) intake.publish(event);
    },
    refuse: intake.refuse,
    suspect: injected.report,
    // What a replay and an invented typist are, the source of the snapshot says.
    ...(live ? { noted: (source, note) => notices.about(`source ${source}`, 'info', note) } : {}),
    changed: publisher.touch,
    wanted: watched,
  });
  const { monitor, guard, host, api, ...companions } = createCompanions({
    ...{ options, settings: user, store, cipher, notices },
    ...{ notify: protection.announce, incident: publisher.incident, host: publisher.host, flush: writeDown.flush },
    told: { version, snapshot, subscribe: publisher.subscribe, takeInput, nowMs },
  });
  const desk = createSettingsDesk({
    ...{ file, key, audit, host: options.host, dataDir: options.dataDir },
    usedMiB: () => folderBytes(options.dataDir) / BYTES_PER_MIB,
    ...{ lockAbility: protection.lockAbility, api: api.view },
    apply: async () => {
      // What a modality that is turned off has seen last must not wait in memory until it is turned on again.
      pipeline.interrupt();
      await sources.apply();
      await companions.apply();
      onSettings?.(user());
      tell();
    },
    changed: publisher.settings,
  });
  complete = true;
  writeDown.upkeep(Date.now(), user().retention.historyDays);
  recordStart(store, audit);
  if (options.inputIsScripted) notices.add('warning', SCRIPTED);
  tell();
  onSettings?.(user());
  void companions.apply();

  const onTick = async (nowUs: number): Promise<void> => {
    intake.drain();
    injected.tick(nowUs);
    const tick = await pipeline.tick(nowUs);
    take(tick);
    protection.tick(tick);
    learning.tick(tick);
    tell();
    // Last, so that a full disk stops nothing but the writing; what could not be written waits for the next tick.
    writeDown.flush();
    // By the wall clock: that of a replay may be years away.
    if (nowUs % PRUNE_EVERY_US < settings.hopUs) writeDown.upkeep(Date.now(), user().retention.historyDays);
  };
  const ticker = startTicker(settings.hopUs, clock, onTick, (error) => notices.add('error', messageOf(error)));

  const stop = async (): Promise<void> => {
    drill.stop();
    recordStop(store, audit);
    // First, for whoever stops it may not wait for the rest.
    writeDown.flush();
    await protection.stop();
    await sources.stop();
    await companions.stop();
    intake.stop();
    await ticker.stop();
    for (const waiting of [learned, drilled, publisher]) waiting.stop();
    abandonTraining();
    await pipeline.settled();
    for (const track of tracks) await track.release();
    close();
  };
  return {
    handlers: createHandlers({
      ...{ snapshot, store, pipeline, journal, protection, drill, settings: desk, learning, guard, host, audit, nowMs },
    }),
    subscribe: publisher.subscribe,
    setAbilities: desk.setAbilities,
    ...{ session: protection.session, monitor },
    notice: (about, level, text) => {
      notices.about(about, level, text);
      publisher.touch();
    },
    ...{ pid: process.pid, stop },
  };
}

const localHour = (tsUs: number): number => new Date(tsUs / 1000).getHours();
