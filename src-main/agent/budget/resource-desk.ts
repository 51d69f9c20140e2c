// The governor at work: measurements enter with each tick; how the agent is to work leaves, each change of it with a line in the audit log and a
// notice, and what the dashboard, the API and the commands show of it all.
import { isDeepStrictEqual } from 'node:util';
import type {
  Budget,
  Ladder,
  Notification,
  ResourceSeries,
  ResourceView,
  State,
  UserSettings,
} from '../../../src-preload/contract.ts';
import type { Audit } from '../audit.ts';
import { guardConfig } from '../guard/profile.ts';
import type { ModelDoor } from '../infer/model-gate.ts';
import type { Monitor } from '../monitor/monitor.ts';
import type { Notices } from '../notices.ts';
import type { Store } from '../store/store.ts';
import { partsOf } from './agent-parts.ts';
import { changeSentence, noticeOf } from './budget-words.ts';
import { economyOf, type Economy } from './economy.ts';
import { govern, startGovernor, type Amounts, type GovernorChange, type GovernorInput } from './governor.ts';
import { modelRefusal } from './model-rule.ts';
import { createOwnHistory } from './own-history.ts';
import type { PartTimes } from './part-times.ts';
import { resourceViewOf } from './resource-view.ts';
import { STEPS, type Step, type StepId } from './steps.ts';
import { forecastStorage } from './storage-forecast.ts';
import { budgetOf, type Usage, type UsageMeter } from './usage-meter.ts';

export interface ResourceDesk {
  readonly view: () => ResourceView;
  /** Somebody looks: for a while every measurement is pushed. */
  readonly look: () => void;
  /** Of the minutes up to a moment, by default the present. */
  readonly history: (minutes: number, toMs?: number) => ResourceSeries[];
}

export interface Governor extends ResourceDesk {
  /** Measures where it is time, and changes what is due. */
  readonly tick: () => void;
  /** How the agent is to work at this moment. */
  readonly economy: () => Economy;
  /** What the snapshot shows. */
  readonly budget: () => Budget;
}

export interface GovernorParts {
  readonly meter: UsageMeter;
  readonly times: PartTimes;
  readonly door: ModelDoor;
  readonly store: Pick<Store, 'addRow' | 'readSeries'>;
  readonly user: () => UserSettings;
  /** Of trust: who may be at the keyboard. */
  readonly state: () => State;
  readonly monitor: () => Pick<Monitor, 'stats'>;
  readonly audit: Audit;
  readonly notices: Pick<Notices, 'about'>;
  readonly notify: (notification: Notification) => void;
  readonly push: (view: ResourceView) => void;
  /** The economy is another one now: what of it that is not just asked for. */
  readonly changed: (what: Changed) => void;
  /** Of a clock that never goes back; and of the one on the wall. */
  readonly nowMs: () => number;
  readonly wallMs: () => number;
}

export interface Changed {
  /** Some are watched again, or no more. */
  readonly modalities: boolean;
  readonly keeping: boolean;
}

/** A page that was closed says nothing, so a look ends by itself. */
const LOOK_MS = 15_000;
const CERTAIN: ReadonlySet<State> = new Set<State>(['LEARNING', 'NORMAL']);

export function createGovernor(parts: GovernorParts): Governor {
  const { meter, times, door, user, audit, notices, nowMs, wallMs } = parts;
  let state = startGovernor(nowMs());
  let usage = firstOf(meter);
  let economy = economyOf([], usage.power.source, user().budget.onBattery);
  let timed: Parameters<typeof partsOf>[0]['timed'] = null;
  let spent = { atMs: nowMs(), of: times.spent() };
  let lookedMs = -Infinity;
  let exactMs = nowMs();
  let lastChange: Record<Ladder, { readonly atMs: number; readonly why: string | null }> = {
    load: { atMs: wallMs(), why: null },
    storage: { atMs: wallMs(), why: null },
  };
  const history = createOwnHistory(parts.store, () => economy.figures);

  const limits = (): Amounts => {
    const { memoryMiB, cpuPercent, storageMiB } = user().budget;
    return { memory: memoryMiB, processor: cpuPercent, storage: storageMiB };
  };
  const rules = (): Pick<GovernorInput, 'applies' | 'mayWeaken'> => ({
    applies: ({ id }) => APPLIES[id]?.(user(), economyOf([], usage.power.source, user().budget.onBattery)) ?? true,
    mayWeaken: CERTAIN.has(parts.state()),
  });
  const held = (): readonly Step[] => STEPS.filter(({ id }) => state.held.some((one) => one.id === id));
  const stepOf = (ladder: Ladder): number =>
    held()
      .filter((step) => step.ladder === ladder)
      .at(-1)?.number ?? 0;

  function measure(now: Usage): void {
    const { memoryMiB, governedCpuPercent, storageMiB } = now;
    usage = now;
    const sinceMs = now.atMs - spent.atMs;
    const of = times.spent();
    timed = perCent(spent.of, of, sinceMs);
    spent = { atMs: now.atMs, of };
    const used = { memory: memoryMiB, processor: governedCpuPercent, storage: storageMiB };
    const next = govern(state, { sample: { atMs: now.atMs, used }, limits: limits(), ...rules() });
    state = next.state;
    for (const change of next.changes) tell(change);
    settle();
    keepModels();
    history.add(wallMs(), {
      ...{ memoryMiB, cpuPercent: now.cpuPercent ?? NaN, storageMiB },
      ...{ writtenBytesPerSecond: now.writtenBytesPerSecond ?? NaN, wakeUpsPerSecond: now.wakeUpsPerSecond ?? NaN },
      ...{ loadStep: stepOf('load'), storageStep: stepOf('storage') },
    });
  }
  function tell(change: GovernorChange): void {
    const why = changeSentence(change);
    lastChange = { ...lastChange, [change.step.ladder]: { atMs: wallMs(), why } };
    audit('budget', why);
    notices.about('budget', 'warning', noticeOf(held()));
    if (!change.step.weakens) return;
    const body = change.kind === 'given-up' ? change.step.costs : 'It is on again.';
    parts.notify({
      title: change.kind === 'given-up' ? change.step.name : `No more: ${change.step.name}`,
      body,
      urgency: 'critical',
      link: '#/now',
    });
  }
  /** Puts what holds now into effect, whatever it was that has changed: a step, the power supply or the settings. */
  function settle(): void {
    const { source } = usage.power;
    const now = economyOf(
      state.held.map(({ id }) => id),
      source,
      user().budget.onBattery,
    );
    if (isDeepStrictEqual(now, economy)) return;
    const before = economy;
    economy = now;
    if (now.slowerOnBattery !== before.slowerOnBattery) audit('budget', batterySentence(now, source));
    parts.changed({
      modalities: !isDeepStrictEqual(before.modalitiesOff, now.modalitiesOff),
      keeping: !isDeepStrictEqual(before.keeping, now.keeping),
    });
  }
  function keepModels(): void {
    const { machine, memoryMiB: ownMiB } = usage;
    const before = door.refusal();
    const now = modelRefusal(before !== null, { machine, ownMiB, budgetMiB: limits().memory });
    // In the words of the moment when memory became short: a share that changes all the time is no news.
    door.set(now === null ? null : (before ?? now), economy.modelIdleMs);
    const waits = door.models().length === 0 ? null : door.refusal();
    notices.about('models', 'warning', waits === null ? null : `Models wait for memory: ${waits}`);
  }
  const view = (): ResourceView => {
    const { monitor, guard, budget, retention } = user();
    const { running, cpuPercent } = parts.monitor().stats();
    const { storageMiB: usedMiB } = usage;
    return resourceViewOf({
      ...{ wallMs: wallMs(), nowMs: nowMs(), usage, state, rules: rules(), limits: limits(), economy },
      ...{ onBattery: budget.onBattery, lastChange, models: door.models(), refusal: door.refusal() },
      pace: {
        hopSeconds: economy.hops,
        monitorSeconds:
          monitor.enabled && !economy.monitorOff ? Math.max(monitor.intervalSeconds, economy.monitorSeconds) : null,
        guardSeconds:
          guard.enabled && !economy.guardOff ? Math.max(guardConfig(guard).pollMs, economy.guardMs) / 1000 : null,
      },
      parts: partsOf({
        agentCpuPercent: agentCpuPercentOf(usage),
        ...{ timed, monitorCpuPercent: running ? cpuPercent : null, storage: usage.storage },
      }),
      forecast: forecastStorage({
        ...{ nowMs: wallMs(), usedMiB, limitMiB: budget.storageMiB, historyDays: retention.historyDays },
        points: history.storage(retention.historyDays + 1, wallMs()),
      }),
    });
  };

  return {
    tick: () =>
      times.time('measuring', () => {
        const watched = nowMs() - lookedMs < LOOK_MS;
        // All anew costs some milliseconds a process: in between what is cheap is enough.
        const exact = watched && nowMs() - exactMs >= LOOK_MS;
        if (exact) exactMs = nowMs();
        const now = meter.measure(exact);
        if (now === null) return settle();
        measure(now);
        if (watched) parts.push(view());
      }),
    view,
    look: () => {
      lookedMs = nowMs();
    },
    history: (minutes, toMs = wallMs()) => history.series(minutes, toMs),
    economy: () => economy,
    budget: () => budgetOf(usage, user().budget),
  };
}

/** Where giving it up would change nothing, by the settings or because the battery has it so anyway. */
const APPLIES: Readonly<Partial<Record<StepId, (user: UserSettings, battery: Economy) => boolean>>> = {
  'hop-2s': (_, { hops }) => hops < 2,
  'monitor-5s': ({ monitor }, { monitorSeconds }) =>
    monitor.enabled && Math.max(monitor.intervalSeconds, monitorSeconds) < 5,
  'writing-off': ({ modalities }) => modalities.linguistic,
  'apps-off': ({ modalities }) => modalities.app,
  'monitor-off': ({ monitor }) => monitor.enabled,
  'guard-off': ({ guard }) => guard.enabled,
  'mouse-off': ({ modalities }) => modalities.mouse,
  'keyboard-off': ({ modalities }) => modalities.keystroke,
};

function firstOf(meter: UsageMeter): Usage {
  const first = meter.measure(true);
  if (first === null) throw new Error('the first measurement is always due');
  return first;
}

function perCent<K extends string>(
  before: Readonly<Record<K, number>>,
  after: Readonly<Record<K, number>>,
  overMs: number,
): Readonly<Record<K, number>> {
  const shares = (Object.keys(after) as K[]).map((key) => [key, (100 * (after[key] - before[key])) / overMs] as const);
  return Object.fromEntries(shares) as Record<K, number>;
}

function agentCpuPercentOf({ processes }: Usage): number | null {
  const seconds = processes.find(({ role }) => role === 'agent')?.rates.cpuSeconds ?? null;
  return seconds === null ? null : 100 * seconds;
}

const batterySentence = ({ slowerOnBattery, hops, monitorSeconds }: Economy, source: string): string =>
  slowerOnBattery
    ? `On battery: judges every ${hops} s, and reads the machine every ${monitorSeconds} s, as the settings have it.`
    : `${source === 'battery' ? 'The settings ask for no less on battery' : 'No longer on battery'}: judges every ${hops} s.`;
