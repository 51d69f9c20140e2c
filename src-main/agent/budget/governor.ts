// Measurements of what the program costs enter, with the limits of the budget; what is to be given up, or taken up again, leaves, one step at a
// time, with the measurement that caused it. Pure: the state is a value, the time is passed in.
//
// Something is given up when the mean of half a minute is over its limit and the newest measurement is as well: a burst of some seconds changes
// nothing. It comes back when the mean of two minutes leaves a fifth of the limit free, the severest first. After each change the measuring
// begins anew, for what came before says nothing of what holds now. What has to be given up again soon after it came back comes back later
// the next time: a budget that is met only without it must not make it come and go.
import { LADDERS, type Ladder, type Resource } from '../../../src-preload/contract.ts';
import { STEPS, type Step, type StepId } from './steps.ts';

export type Amounts = Readonly<Record<Resource, number>>;

/** MiB, per cent of one core, MiB; null where it could not be measured. */
export type Measured = { readonly [K in Resource]: number | null };

export interface Sample {
  /** Of a clock that never goes back. */
  readonly atMs: number;
  readonly used: Measured;
}

export interface Held {
  readonly id: StepId;
  readonly atMs: number;
  readonly because: Resource;
  /** Mean that was over the limit. */
  readonly mean: number;
  readonly limit: number;
}

export interface GovernorState {
  /** Oldest first; those since the last change of either ladder are looked at. */
  readonly samples: readonly Sample[];
  /** In the order in which they were given up. */
  readonly held: readonly Held[];
  readonly changedMs: Readonly<Record<Ladder, number>>;
  /** When each last came back, and how much patience the next time takes. */
  readonly returned: ReadonlyMap<StepId, { readonly atMs: number; readonly times: number }>;
}

export interface GovernorInput {
  readonly sample: Sample;
  readonly limits: Amounts;
  /** Whether giving it up would change anything: what the user has turned off can't be given up. */
  readonly applies: (step: Step) => boolean;
  /** Not while somebody else may be at the keyboard: then no step is taken that weakens the protection. */
  readonly mayWeaken: boolean;
}

export interface GovernorChange {
  readonly step: Step;
  /**
   * back: there has been room for long enough. fits: the budget was raised, and what was measured when it was given up leaves room in it.
   * needless: the settings or the battery have it so anyway.
   */
  readonly kind: 'given-up' | 'back' | 'fits' | 'needless';
  readonly because: Resource;
  /** That led to it. */
  readonly mean: number;
  readonly limit: number;
}

const S = 1000;
export const PATIENCE = {
  /** Over its limit for so long, on average, and something is given up. */
  downMs: 30 * S,
  /** With room for so long, and something comes back. */
  upMs: 120 * S,
  /** Freed pages go back to the disk with the hourly upkeep that a step brings forward: before that there is nothing to see. */
  storageDownMs: 10 * 60 * S,
  /** Given up again within this time after it came back: it came back too early. */
  relapseMs: 10 * 60 * S,
  /** And takes so many times as long, at most. */
  mostTimes: 16,
} as const;
/** Of the limit: what is to be free before something comes back, and from where on the page says that it is near. */
export const ROOM = 0.8;
/** A measurement every 5 s: a longer silence is a machine that slept, and what lies before it says nothing. */
const GAP_MS = 30 * S;
/** Of the shortest time that is judged, so much must have been seen: one measurement is no mean. */
const SEEN = 0.8;

export const startGovernor = (atMs: number): GovernorState => ({
  samples: [],
  held: [],
  changedMs: { load: atMs, storage: atMs },
  returned: new Map(),
});

const ladderOf = (resource: Resource): Ladder => (resource === 'storage' ? 'storage' : 'load');
const isHeld = ({ held }: GovernorState, { id }: Step): boolean => held.some((one) => one.id === id);

/** Of the last `overMs`, as far as it lies behind the last change; null where that is too little. Storage is a level: its newest. */
export function meanOf(state: GovernorState, resource: Resource, overMs: number): number | null {
  const newest = state.samples.at(-1);
  if (newest === undefined) return null;
  if (resource === 'storage') return newest.used.storage;
  const fromMs = Math.max(newest.atMs - overMs, state.changedMs[ladderOf(resource)]);
  const seen = state.samples.filter(({ atMs, used }) => atMs > fromMs && used[resource] !== null);
  const first = seen[0]?.atMs ?? newest.atMs;
  if (newest.atMs - first < SEEN * Math.min(overMs, PATIENCE.downMs)) return null;
  return seen.reduce((sum, { used }) => sum + (used[resource] ?? 0), 0) / seen.length;
}

/** Takes one measurement in; at most one step of each ladder changes. */
export function govern(
  before: GovernorState,
  input: GovernorInput,
): { readonly state: GovernorState; readonly changes: readonly GovernorChange[] } {
  let state = withSample(before, input.sample);
  const changes: GovernorChange[] = [];
  for (const ladder of LADDERS) {
    const change = giveUp(state, ladder, input) ?? takeBack(state, ladder, input);
    if (change === null) continue;
    state = changed(state, change, input.sample.atMs);
    changes.push(change);
  }
  return { state, changes };
}

function withSample(before: GovernorState, sample: Sample): GovernorState {
  const last = before.samples.at(-1);
  if (last !== undefined && sample.atMs - last.atMs > GAP_MS)
    return { ...before, samples: [sample], changedMs: { load: sample.atMs, storage: sample.atMs } };
  const samples = [...before.samples, sample].filter(({ atMs }) => atMs >= sample.atMs - PATIENCE.upMs);
  return { ...before, samples };
}

function giveUp(state: GovernorState, ladder: Ladder, input: GovernorInput): GovernorChange | null {
  for (const because of RESOURCES_OF[ladder]) {
    if (!isOver(state, because, input)) continue;
    const step = nextStep(state, because, input);
    if (step === null) continue;
    const mean = meanOf(state, because, PATIENCE.downMs);
    if (mean === null) continue;
    return { step, kind: 'given-up', because, mean, limit: input.limits[because] };
  }
  return null;
}

/** Whether something that relieves it is due now. */
function isOver(state: GovernorState, resource: Resource, { sample, limits }: GovernorInput): boolean {
  const mean = meanOf(state, resource, PATIENCE.downMs);
  const now = sample.used[resource];
  if (mean === null || now === null || mean <= limits[resource] || now <= limits[resource]) return false;
  return sample.atMs - state.changedMs[ladderOf(resource)] >= downAfterMs(state, resource);
}

const RESOURCES_OF = { load: ['memory', 'processor'], storage: ['storage'] } as const satisfies Record<
  Ladder,
  readonly Resource[]
>;

/** How long it must be over before something is given up. */
export const downAfterMs = ({ held }: GovernorState, resource: Resource): number =>
  resource === 'storage' && held.some(({ because }) => because === 'storage')
    ? PATIENCE.storageDownMs
    : PATIENCE.downMs;

/** The mildest step that is not taken yet and relieves it; null where there is none, or it must not be taken now. */
export function nextStep(
  state: GovernorState,
  resource: Resource,
  { applies, mayWeaken }: Pick<GovernorInput, 'applies' | 'mayWeaken'>,
): Step | null {
  const next = STEPS.find((step) => step.relieves.includes(resource) && !isHeld(state, step) && applies(step));
  return next === undefined || (next.weakens && !mayWeaken) ? null : next;
}

function takeBack(
  state: GovernorState,
  ladder: Ladder,
  { sample, limits, applies }: GovernorInput,
): GovernorChange | null {
  const taken = STEPS.filter((step) => step.ladder === ladder && isHeld(state, step)).toReversed();
  const heldOf = ({ id }: Step): Held | undefined => state.held.find((one) => one.id === id);
  // What the user has turned off meanwhile is not given up by anybody any more; and with a larger budget what led to it is within it.
  const needless = taken.find((step) => !applies(step));
  const fitting = taken.find((step) => fits(heldOf(step), limits));
  const roomy = taken.find((step) => step.relieves.every((resource) => hasRoom(state, resource, limits[resource])));
  const due = roomy !== undefined && isDue(state, roomy, sample.atMs) ? roomy : undefined;
  const step = needless ?? fitting ?? due;
  const cause = step === undefined ? undefined : heldOf(step);
  if (step === undefined || cause === undefined) return null;
  const { because } = cause;
  const limit = limits[because];
  if (step === needless || step === fitting)
    return { step, kind: step === needless ? 'needless' : 'fits', because, mean: cause.mean, limit };
  const mean = meanOf(state, because, PATIENCE.upMs);
  return mean === null ? null : { step, kind: 'back', because, mean, limit };
}

/** Whether the limits were raised so far since that what was measured then would leave room. */
const fits = (held: Held | undefined, limits: Amounts): boolean =>
  held !== undefined && limits[held.because] > held.limit && held.mean <= ROOM * limits[held.because];

function hasRoom(state: GovernorState, resource: Resource, limit: number): boolean {
  const mean = meanOf(state, resource, PATIENCE.upMs);
  const now = state.samples.at(-1)?.used[resource] ?? null;
  return mean !== null && now !== null && mean <= ROOM * limit && now <= limit;
}

const isDue = (state: GovernorState, step: Step, nowMs: number): boolean =>
  nowMs - state.changedMs[step.ladder] >= backAfterMs(state, step.id);

/** How long there must be room before it comes back. */
export const backAfterMs = ({ returned }: GovernorState, id: StepId): number =>
  PATIENCE.upMs * (returned.get(id)?.times ?? 1);

function changed(state: GovernorState, change: GovernorChange, atMs: number): GovernorState {
  const { step, kind, because, mean, limit } = change;
  const returned = new Map(state.returned);
  const last = returned.get(step.id);
  if (kind !== 'given-up') returned.set(step.id, { atMs, times: last?.times ?? 1 });
  else if (last !== undefined) {
    const relapsed = atMs - last.atMs <= PATIENCE.relapseMs * last.times;
    returned.set(step.id, { ...last, times: relapsed ? Math.min(PATIENCE.mostTimes, 2 * last.times) : 1 });
  }
  const others = state.held.filter(({ id }) => id !== step.id);
  const held = kind !== 'given-up' ? others : [...others, { id: step.id, atMs, because, mean, limit }];
  return { ...state, held, returned, changedMs: { ...state.changedMs, [step.ladder]: atMs } };
}
