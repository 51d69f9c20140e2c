// collect -> bus -> features -> infer -> fuse -> decide -> act -> store -> publish: the agent's stages put together.
import { createAgentView } from './agent-view.ts';
import type { Agent, AgentStart } from './agent.ts';
import { createAudit } from './audit.ts';
import { buildGovernor } from './budget/build-governor.ts';
import { folderMiB } from './budget/folder-size.ts';
import { buildPipeline } from './build-pipeline.ts';
import { mouseLearnedThrough } from './collect/learned-through.ts';
import { createDrill } from './drill/drill.ts';
import { createCompanions } from './companions.ts';
import { createHandlers } from './handlers.ts';
import { createInjectedAlarm } from './injected-alarm.ts';
import { createIntake } from './intake.ts';
import { createJournal } from './journal.ts';
import { localHour } from './local-hour.ts';
import { createLogWatch } from './log-watch.ts';
import type { Notices } from './notices.ts';
import type { Data } from './open-data.ts';
import { isSure, type Tick } from './pipeline.ts';
import { createDataDesk } from './privacy/data-desk.ts';
import { createProtection } from './protection.ts';
import { createLearningDesk } from './profiles/learning-desk.ts';
import { createVouching } from './profiles/vouching.ts';
import { onceASecond, whenChanged } from './publish/once-a-second.ts';
import { createTap } from './publish/outlets/tap.ts';
import { createPublisher } from './publish/publisher.ts';
import { decisionOf, settingsFor } from './settings.ts';
import { createSettingsDesk } from './settings-desk.ts';
import { keepWatching } from './session/keep-watching.ts';
import { openSettings } from './settings-file.ts';
import { NOT_LIVE, SCRIPTED, UNSEEN } from './start-words.ts';
import { recordStart, rememberSettings } from './run-record.ts';
import { chooseSource, startSources } from './sources.ts';
import { tickStages } from './tick-stages.ts';
import { startTicker } from './ticker.ts';
import { messageOf } from './thrown.ts';
import { createWatching } from './watching.ts';
import { windDown } from './wind-down.ts';
import { createUpkeep, createWriteDown, timedWriteDown } from './write-down.ts';

const MS_PER_DAY = 86_400_000;

/** Takes `data` over: closed when the agent is stopped. On a rejection it is still open. */
export async function buildAgent(
  { store, cipher, key, close }: Data,
  start: AgentStart,
  notices: Notices,
): Promise<Agent> {
  const { options, version, onStatus, onNotification, onSettings, otherPids = [] } = start;
  const file = await openSettings(options.settingsFile, notices.add, Date.now);
  const user = file.current;
  const settings = settingsFor(options, user());
  const { governor, times, door, endMeasuring } = buildGovernor(options.dataDir, otherPids, {
    ...{ store, user, notices, monitor: () => companions.monitor },
    state: () => journal.read().point.state,
    audit: (kind, text) => audit(kind, text),
    notify: (notification) => protection.announce(notification),
    push: (view) => publisher.resources(view),
    changed: ({ modalities, keeping }) => {
      // What has been seen last must not wait in memory until it is watched again.
      if (modalities) pipeline.interrupt();
      if (keeping) upkeep.now();
      void apply();
    },
  });
  const { economy } = governor;
  const writeDown = timedWriteDown(createWriteDown(store, notices.about), times);
  const upkeep = createUpkeep(
    writeDown,
    () => [user().retention, economy().keeping],
    (atMs) => companions.monitor.forget(-Infinity, atMs - user().retention.machineDays * MS_PER_DAY),
  );
  const { watched, shown, whyNot } = createWatching(user, economy);
  const live = options.source.kind === 'live';
  const { collectors, clock, takeInput, fromRedis } = chooseSource(options.source, {
    ...{ dataDir: options.dataDir, driver: user().input.driver, learned: mouseLearnedThrough(store) },
  });
  const nowMs = (): number => clock.nowUs() / 1000;
  const { pipeline, tracks, profiles, mayLearn, abandonTraining } = await buildPipeline({
    ...{ options, settings, version, watched, gate: door, store, cipher, hourOf: localHour },
    remote: () => companions.remote,
    decision: () => decisionOf(user()),
    unlocksSeen: () => protection.unlocksSeen(),
    mayLearn: () => drill.mayLearn(),
    mayTrain: () => economy().mayTrain,
    tell: (level, _, text) => notices.add(level, text),
    onDueTraining: (sentence) => audit('training', sentence),
  });
  const journal = createJournal(pipeline.point(nowMs()));

  /** Until everything stands there is nothing to show; the session may speak up before. */
  let complete = false;
  const { view, snapshot } = createAgentView({
    ...{ version, source: options.source.kind, nowMs, journal, notices },
    ...{ intake: () => intake, protection: () => protection.view(), desktopIdle: () => protection.idle() },
    tracks: () => tracks.filter(({ modality }) => shown(modality)),
    missing: (modality) => sources.missing(modality),
    budget: governor.budget,
    through: (modality) => sources.through(modality),
  });
  const steadyMs = (): number => performance.now();
  const publisher = createPublisher(() => times.time('publishing', snapshot), steadyMs);
  const tap = createTap();
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
  const once = { isWatched: publisher.isWatched, nowMs: steadyMs };
  const learned = onceASecond({ work: whenChanged(learning.view, publisher.learning), ...once });
  /** What it costs is not for the tray. */
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
    accept: (event) =>
      times.time('input', () => {
        // Keys may come for what is written alone.
        if (watched(event.type)) {
          injected.accept(event);
          tap.accept(event);
        }
        drill.accept(event);
        pipeline.accept(event);
      }),
    nowUs: clock.nowUs,
    drained: publisher.touch,
    onLost: (error) => notices.add('error', `An event was lost: ${messageOf(error)}`),
  });
  const sources = await startSources(collectors, {
    publish: (event) => {
      if (live ? protection.takes(event.ts) : protection.accepting()) intake.publish(event);
    },
    refuse: intake.refuse,
    suspect: injected.report,
    // What a replay and an invented typist are, the source of the snapshot says.
    ...(live ? { noted: (source, note) => notices.about(`source ${source}`, 'info', note) } : {}),
    changed: publisher.touch,
    wanted: watched,
    whyNot,
  });
  const companions = createCompanions({
    ...{ options, settings: user, store, cipher, notices, tap, economy, gate: door, times, fromRedis },
    ...{ notify: protection.announce, incident: publisher.incident, host: publisher.host },
    told: { version, snapshot, resources: governor, subscribe: publisher.subscribe, takeInput, nowMs },
  });
  async function apply(): Promise<void> {
    await sources.apply();
    await companions.apply();
    tell();
  }
  const log = createLogWatch({ ...{ store, version, nowMs: Date.now, notices }, changed: () => desk.tell() });
  const desk = createSettingsDesk({
    ...{ file, key, audit, host: options.host, dataDir: options.dataDir },
    logSentence: log.sentence,
    usedMiB: () => folderMiB(options.dataDir),
    ...{ lockAbility: protection.lockAbility, ways: companions.ways },
    apply: async () => {
      rememberSettings(store, user());
      // What a modality that is turned off has seen last must not wait in memory until it is turned on again.
      pipeline.interrupt();
      await apply();
      onSettings?.(user());
    },
    changed: publisher.settings,
  });
  const data = createDataDesk({
    ...{ dataDir: options.dataDir, version, store, cipher, settings: user, pipeline, tracks, ...companions },
    ...{ drill, protection, journal, learning, audit, nowMs, changed: publisher.touch },
  });
  complete = true;
  upkeep.now();
  recordStart(store, audit, user());
  if (options.inputIsScripted) notices.add('warning', SCRIPTED);
  tell();
  onSettings?.(user());
  void companions.apply();

  const onTick = tickStages({
    ...{ hopUs: settings.hopUs, times, intake, injected, pipeline, take, tap, protection, learning, governor, tell },
    ...{ writeDown, upkeep },
  });
  const hopUs = (): number => economy().hops * settings.hopUs;
  const ticker = startTicker(hopUs, clock, onTick, (error) => notices.add('error', messageOf(error)));

  const stop = (): Promise<void> =>
    windDown({
      ...{ drill, store, audit, writeDown, protection, sources, companions, intake, ticker, log, abandonTraining },
      ...{ pipeline, tracks, close, endMeasuring, waiting: [learned, drilled, publisher] },
    });
  return {
    handlers: createHandlers({
      ...companions,
      ...{ snapshot, store, pipeline, journal, protection, drill, settings: desk, learning, data, audit, log, nowMs },
      resources: governor,
    }),
    subscribe: publisher.subscribe,
    setAbilities: desk.setAbilities,
    exported: data.exports.pieces,
    ...{ session: protection.session, monitor: companions.monitor, state: () => journal.read().point.state },
    notice: (about, level, text) => {
      notices.about(about, level, text);
      publisher.touch();
    },
    ...{ pid: process.pid, stop },
  };
}
