// The page Resources in words: costs with their units, how the budget stands, steps of the governor. In: what the agent tells. Out: signs and sentences.
import type {
  BudgetLine,
  Figure,
  GovernorStanding,
  GovernorStep,
  Ladder,
  ModelResidency,
  PowerView,
  Resource,
  ResourceView,
} from '../src-preload/contract.ts';
import { measure, UNKNOWN } from './format.ts';
import { readingText } from './reading.ts';
import type { Sign } from './words.ts';

export const RESOURCE_TITLES = {
  memory: 'Memory',
  processor: 'CPU',
  storage: 'Storage',
} satisfies Record<Resource, string>;

const BUDGET_SIGNS = {
  within: { word: 'Within', shape: 'check', tone: 'good' },
  near: { word: 'Near', shape: 'half', tone: 'watch' },
  over: { word: 'Over', shape: 'triangle', tone: 'alarm' },
} satisfies Record<BudgetLine['state'], Sign>;
const MEASURING: Sign = { word: 'Measuring', shape: 'open', tone: 'quiet' };

/** At the start, and after each thing that was given up, it is too early to say. */
export const budgetSign = ({ judged, state }: Pick<BudgetLine, 'judged' | 'state'>): Sign =>
  judged === null ? MEASURING : BUDGET_SIGNS[state];

export const LADDER_TITLES = {
  load: 'For memory and CPU',
  storage: 'For storage',
} satisfies Record<Ladder, string>;

export const RESIDENCY_SIGNS = {
  loaded: { word: 'Loaded', shape: 'dot', tone: 'accent' },
  unloaded: { word: 'Not loaded', shape: 'open', tone: 'quiet' },
  refused: { word: 'Kept out', shape: 'slash', tone: 'watch' },
  none: { word: 'No model yet', shape: 'ring', tone: 'quiet' },
} satisfies Record<ModelResidency['state'], Sign>;

const fixed = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** By the number of decimals. */
const WRITTEN = [0, 1, 2].map(fixed);

/** The finest figure that is written, by unit; what is smaller and not nothing is said to be less than that. */
const FINEST = { '%': 2, MiB: 1, '/s': 1 } as const;

const isFine = (unit: string): unit is keyof typeof FINEST => Object.hasOwn(FINEST, unit);

/**
 * `0.42 %`, `84 MiB`, `1.2 kB/s`; `—` where it is not known. A size has always as many decimals, so that a figure does not change its width
 * with every second.
 */
export function costText(value: number | null, unit: string): string {
  if (value === null || !isFine(unit) || value >= 1000) return readingText(value, unit);
  if (value === 0) return `0 ${unit}`;
  const finest = FINEST[unit];
  if (value < 10 ** -finest / 2) return `< ${WRITTEN[finest]?.format(10 ** -finest)} ${unit}`;
  // One fewer from ten on, and another from a hundred; what would be written as ten is ten.
  const digits = [finest, finest - 1].find((many) => Number(value.toFixed(many)) < 10 ** (finest - many + 1)) ?? 0;
  return `${WRITTEN[digits]?.format(value)} ${unit}`;
}

const lowered = (title: string): string => (title === 'CPU' ? title : title.toLowerCase());
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `memory`, `memory and CPU`, `memory, CPU and storage`. */
function enumerated(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

interface Titled {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Why figures of a table are missing, each reason once, with the columns that it is said of: `— Disk writes, wake-ups: the kernel …`. */
export function unknownColumns(columns: readonly Titled[]): readonly string[] {
  const titles = new Map<string, Set<string>>();
  for (const { title, figures } of columns)
    for (const { value, reason } of figures) {
      if (value !== null || reason === null) continue;
      titles.set(reason, (titles.get(reason) ?? new Set()).add(title));
    }
  return Array.from(titles, ([reason, of]) => `${UNKNOWN} ${capital(enumerated([...of].map(lowered)))}: ${reason}`);
}

const inSentence = (resource: Resource): string => lowered(RESOURCE_TITLES[resource]);

const named = (budget: readonly BudgetLine[], state: BudgetLine['state']): string =>
  enumerated(budget.filter((line) => line.state === state).map(({ resource }) => inSentence(resource)));

/** How all of it stands, in a few words. */
export function budgetSentence({ budget, governor }: Pick<ResourceView, 'budget' | 'governor'>): string {
  const [over, near] = [named(budget, 'over'), named(budget, 'near')];
  const inForce = governor.steps.filter(({ inForce }) => inForce).length;
  const given =
    inForce === 0 ? 'Everything is on.' : inForce === 1 ? 'One thing is given up.' : `${inForce} things are given up.`;
  if (over !== '') return `Over the budget: ${over}. ${given}`;
  if (budget.some(({ judged }) => judged === null)) return `Measuring against the budget. ${given}`;
  if (near !== '') return `Within the budget, close to it: ${near}. ${given}`;
  return `Within the budget. ${given}`;
}

/** `Step 2 of 5`; of a ladder where nothing is given up `Step 0 of 5`. */
export function stepText({ ladder, step }: GovernorStanding, steps: readonly GovernorStep[]): string {
  return `Step ${step} of ${steps.filter((one) => one.ladder === ladder).length}`;
}

export const standingSign = ({ step }: GovernorStanding): Sign =>
  step === 0
    ? { word: 'Everything is on', shape: 'check', tone: 'good' }
    : { word: 'Something is given up', shape: 'half', tone: 'watch' };

/** Of a ladder that has never moved. */
export const UNMOVED = 'Nothing had to be given up since the start.';

/** What belongs to the pace at this moment. */
export function paceSentence({ hopSeconds, monitorSeconds, guardSeconds }: ResourceView['pace']): string {
  const every = (seconds: number): string => (seconds === 1 ? 'every second' : `every ${costSeconds(seconds)} s`);
  const host = monitorSeconds === null ? 'the host monitor is off' : `this machine is read ${every(monitorSeconds)}`;
  const log = guardSeconds === null ? 'the log guard is off' : `the log is read ${every(guardSeconds)}`;
  return `You are judged ${every(hopSeconds)}, ${host}, ${log}.`;
}

const SECONDS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const costSeconds = (seconds: number): string => SECONDS.format(seconds);

/** What the governor compares with the limit. */
export const judgedText = ({ judged, unit }: Pick<BudgetLine, 'judged' | 'unit'>): string =>
  judged === null ? `Counts as ${UNKNOWN}: it is too early to say.` : `Counts as ${measure(judged)} ${unit}.`;

/** How full the battery is, where there is one, and what that changes. */
export const powerText = ({ batteryPercent, sentence }: Pick<PowerView, 'batteryPercent' | 'sentence'>): string =>
  batteryPercent === null ? sentence : `${sentence} The battery is ${Math.floor(batteryPercent)} % full.`;

/** How much memory there is to load models into. */
export function machineText({ memoryTotalMiB, memoryAvailableMiB, cgroupLimitMiB }: ResourceView['machine']): string {
  if (memoryTotalMiB === null || memoryAvailableMiB === null) return 'How much memory is free here is not known.';
  const free = `${costText(memoryAvailableMiB, 'MiB')} of ${costText(memoryTotalMiB, 'MiB')} are free on this machine`;
  return cgroupLimitMiB === null ? `${free}.` : `${free}; this program may have ${costText(cgroupLimitMiB, 'MiB')}.`;
}
