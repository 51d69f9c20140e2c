// Changes of the governor and its state enter; the sentences leave that the audit log, the notices and the page say of them. Pure.
import type { GovernorStanding, Ladder, Resource } from '../../../src-preload/contract.ts';
import {
  backAfterMs,
  downAfterMs,
  meanOf,
  nextStep,
  PATIENCE,
  ROOM,
  type Amounts,
  type GovernorChange,
  type GovernorInput,
  type GovernorState,
} from './governor.ts';
import { STEPS, type Step } from './steps.ts';

const EVERYTHING_ON = 'Everything is on';

const WORDS = { memory: 'Memory', processor: 'Processor', storage: 'Storage' } as const satisfies Record<
  Resource,
  string
>;
const UNITS = { memory: 'MiB', processor: '% of one core', storage: 'MiB' } as const satisfies Record<Resource, string>;
export const unitOf = (resource: Resource): string => UNITS[resource];

const amount = (resource: Resource, value: number): string => {
  const digits = resource === 'processor' || value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[resource]}`;
};

/** The measurement: `Processor: 7.4 % of one core, mean of 30 s; the budget is 6 % of one core.` */
export function measurementOf(resource: Resource, mean: number, limit: number, overMs: number): string {
  const over = resource === 'storage' ? '' : `, mean of ${overMs / 1000} s`;
  return `${WORDS[resource]}: ${amount(resource, mean)}${over}; the budget is ${amount(resource, limit)}.`;
}

/** What the audit log keeps, with why. */
export function changeSentence({ step, kind, because, mean, limit }: GovernorChange): string {
  const ended = `“${step.name}” has ended.`;
  switch (kind) {
    case 'given-up':
      return `Given up to stay within the budget: ${step.name}. ${measurementOf(because, mean, limit, PATIENCE.downMs)}`;
    case 'back':
      return `There is room again: ${ended} ${measurementOf(because, mean, limit, PATIENCE.upMs)}`;
    case 'fits':
      return `The budget is larger: ${ended} When it was given up: ${measurementOf(because, mean, limit, PATIENCE.downMs)}`;
    case 'needless':
      return `Not needed any more: ${ended} The settings, or the battery, have it so anyway.`;
  }
}

/** What the user is told while something is given up; null with everything on. */
export function noticeOf(held: readonly Step[]): string | null {
  const severest = severestOf(held);
  if (severest === undefined) return null;
  const names = held.map(({ name }) => name).join('. ');
  return `To stay within its budget SecLyzer has given something up: ${names}. ${severest.costs} It comes back when there is room; the budget is under Settings.`;
}

const severestOf = (held: readonly Step[]): Step | undefined =>
  held.toSorted((a, b) => Number(a.weakens) - Number(b.weakens) || a.number - b.number).at(-1);

/** What happens to a ladder next, and when; null where nothing is about to. */
export function nextOf(
  state: GovernorState,
  ladder: Ladder,
  input: Pick<GovernorInput, 'applies' | 'mayWeaken'> & { readonly limits: Amounts; readonly nowMs: number },
): string | null {
  const sinceMs = input.nowMs - state.changedMs[ladder];
  const seconds = (ms: number): string => `${Math.max(0, Math.ceil(ms / 1000))} s`;
  const newest = state.samples.at(-1)?.used;
  for (const resource of ladder === 'storage' ? (['storage'] as const) : (['memory', 'processor'] as const)) {
    const now = newest?.[resource] ?? null;
    if (now === null || now <= input.limits[resource]) continue;
    const next = nextStep(state, resource, input);
    if (next !== null)
      return `If ${WORDS[resource].toLowerCase()} stays over its budget, “${next.name}” follows in ${seconds(downAfterMs(state, resource) - sinceMs)}.`;
    if (!input.mayWeaken && nextStep(state, resource, { ...input, mayWeaken: true }) !== null)
      return 'Nothing more is given up while it is not sure that this is the owner.';
    return 'It is over its budget, and there is nothing left to give up that would help.';
  }
  const back = STEPS.findLast(
    (step) =>
      step.ladder === ladder &&
      state.held.some(({ id }) => id === step.id) &&
      step.relieves.every((resource) => {
        const mean = meanOf(state, resource, PATIENCE.upMs);
        return mean !== null && mean <= ROOM * input.limits[resource];
      }),
  );
  if (back === undefined) return null;
  return `If there is as much room as now, “${back.name}” ends in ${seconds(backAfterMs(state, back.id) - sinceMs)}.`;
}

/** Where a ladder stands. */
export function standingOf(
  state: GovernorState,
  ladder: Ladder,
  last: { readonly atMs: number; readonly why: string | null },
  next: string | null,
): GovernorStanding {
  const held = STEPS.filter((step) => step.ladder === ladder && state.held.some(({ id }) => id === step.id));
  const severest = held.at(-1);
  return {
    ...{ ladder, step: severest?.number ?? 0, name: severest?.name ?? EVERYTHING_ON },
    ...{ sinceMs: last.atMs, why: last.why, next },
  };
}
