// What the page Resources shows: what the program costs, part by part, against the budget; what the governor has given up for it, and why;
// where storage is going; and all of it over time. Memory is in MiB (PSS), processor time in per cent of one core, disk in bytes a second.
import * as v from 'valibot';
import { atMs, count, text } from './views.ts';

const positive = v.pipe(v.number(), v.minValue(0));

/** A number that was measured, or why there is none. Exactly one of the two is null. */
const figure = v.object({ value: v.nullable(positive), reason: v.nullable(text) });
export type Figure = v.InferOutput<typeof figure>;

const costs = {
  /** Proportional set size, MiB: a page that several processes share counts in parts, so that a sum counts nothing twice. */
  memoryMiB: figure,
  /** Of one core: 100 is one core, all of the time. */
  cpuPercent: figure,
  /** That reached the storage layer, not the page cache alone. */
  writtenBytesPerSecond: figure,
  /** How often a second it began to run after it had waited of its own accord (voluntary context switches): what keeps a processor from sleep. */
  wakeUpsPerSecond: figure,
} as const;

/** What a process is for; `window` is one page's renderer, `helper` whatever the program has started besides. */
export const PROCESS_ROLES = ['agent', 'main', 'window', 'graphics', 'network', 'zygote', 'helper'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

const processCosts = v.object({
  pid: count,
  role: v.picklist(PROCESS_ROLES),
  /** In plain words: `Agent`, `Main process`. */
  name: text,
  ...costs,
});
export type ProcessCosts = v.InferOutput<typeof processCosts>;

export const AGENT_PARTS = [
  'input',
  'scoring',
  'monitor',
  'guard',
  'storage',
  'publishing',
  'measuring',
  'rest',
] as const;
export type AgentPart = (typeof AGENT_PARTS)[number];

/** Of the agent's process; the parts add up to it where they can be told apart. */
const partCosts = v.object({
  part: v.picklist(AGENT_PARTS),
  /** In plain words: `Host monitor`. */
  name: text,
  /** What belongs to it, in a sentence. */
  about: text,
  ...costs,
  /** Of storage, MiB, that is the part's own. */
  storageMiB: figure,
});
export type PartCosts = v.InferOutput<typeof partCosts>;

export const RESOURCES = ['memory', 'processor', 'storage'] as const;
export type Resource = (typeof RESOURCES)[number];

/** One promise of the budget, against what holds now. */
const budgetLine = v.object({
  resource: v.picklist(RESOURCES),
  /** `MiB`, or `% of one core`. */
  unit: text,
  /** From the settings. */
  limit: positive,
  /** Of the whole program, at this moment. */
  used: positive,
  /** What the governor compares with the limit: a mean over some time, without what only a window that is looked at costs. null: too early. */
  judged: v.nullable(positive),
  /** within: there is room. near: above 80 % of it. over: above it, and the governor gives something up. */
  state: v.picklist(['within', 'near', 'over']),
  /** What `judged` is, in a sentence. */
  sentence: text,
});
export type BudgetLine = v.InferOutput<typeof budgetLine>;

/** `load`: processor time and memory. `storage`: disk space. Each has steps of its own, 1 the mildest; 0 is everything on. */
export const LADDERS = ['load', 'storage'] as const;
export type Ladder = (typeof LADDERS)[number];

/** What can be given up, whether or not it is. */
const governorStep = v.object({
  ladder: v.picklist(LADDERS),
  number: v.pipe(count, v.minValue(1)),
  /** `Judges every 2 s`. */
  name: text,
  /** What is done less, or not at all. */
  sheds: text,
  /** What the user loses by it. */
  costs: text,
  relieves: v.array(v.picklist(RESOURCES)),
  inForce: v.boolean(),
  /** Since when it is in force, and the measurement that caused it; null where it is not. */
  sinceMs: v.nullable(atMs),
  why: v.nullable(text),
});
export type GovernorStep = v.InferOutput<typeof governorStep>;

/** Where a ladder stands. */
const standing = v.object({
  ladder: v.picklist(LADDERS),
  /** Of the severest step in force; 0: everything is on. */
  step: count,
  /** `Everything is on`, or the name of that step. */
  name: text,
  /** Of the last change; at the start, the start. */
  sinceMs: atMs,
  /** The measurement that caused the last change; null before the first. */
  why: v.nullable(text),
  /** What happens next and when, in a sentence; null where nothing is about to. */
  next: v.nullable(text),
});
export type GovernorStanding = v.InferOutput<typeof standing>;

const storagePart = v.object({
  part: v.picklist(['history', 'models', 'guard', 'other']),
  name: text,
  /** What lies there, in a sentence. */
  about: text,
  usedMiB: positive,
});
export type StoragePart = v.InferOutput<typeof storagePart>;

const storageForecast = v.object({
  /** MiB that a day adds, from the history that is kept; null where it is too short for that. May be negative. */
  growthMiBPerDay: v.nullable(v.number()),
  /** The days of history that the growth was measured over. */
  measuredDays: positive,
  /** Once as old a history is kept as the settings allow, it stays at about this. */
  steadyMiB: v.nullable(positive),
  steadyMs: v.nullable(atMs),
  /** When the limit is reached; null where it never is, or nobody knows. */
  limitMs: v.nullable(atMs),
  sentence: text,
});
export type StorageForecast = v.InferOutput<typeof storageForecast>;

const power = v.object({
  source: v.picklist(['mains', 'battery', 'unknown']),
  /** Of the machine's own batteries together, 0-100; null where there are none. */
  batteryPercent: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  onBattery: v.picklist(['slower', 'same']),
  /** Whether something runs slower because of it at this moment. */
  slower: v.boolean(),
  /** What it changes, in a sentence. */
  sentence: text,
});
export type PowerView = v.InferOutput<typeof power>;

const modelResidency = v.object({
  /** In plain words: `Writing`, `Log guard`. */
  name: text,
  state: v.picklist(['loaded', 'unloaded', 'refused', 'none']),
  /** What it added when it was loaded last. */
  memoryMiB: figure,
  /** Why it is not loaded, or must not be. */
  reason: v.nullable(text),
});
export type ModelResidency = v.InferOutput<typeof modelResidency>;

export const resourceView = v.object({
  atMs,
  /** In order of RESOURCES. */
  budget: v.array(budgetLine),
  governor: v.object({
    /** In order of LADDERS. */
    standing: v.array(standing),
    /** All that there are, by ladder and rising severity. */
    steps: v.array(governorStep),
  }),
  /** The pace at this moment, from settings, steps and power together, seconds. `monitorSeconds` null: the host monitor is off. */
  pace: v.object({ hopSeconds: positive, monitorSeconds: v.nullable(positive), guardSeconds: v.nullable(positive) }),
  processes: v.array(processCosts),
  /** In order of AGENT_PARTS. */
  parts: v.array(partCosts),
  total: v.object(costs),
  storage: v.object({ parts: v.array(storagePart), forecast: storageForecast }),
  power,
  models: v.array(modelResidency),
  /** Of one core, what measuring and governing all this takes; in `measuring` as well. */
  measuringCpuPercent: positive,
  /** What is known of the machine: MiB that programs may still have, and what a control group lets this one have. */
  machine: v.object({
    memoryTotalMiB: v.nullable(positive),
    memoryAvailableMiB: v.nullable(positive),
    cgroupLimitMiB: v.nullable(positive),
  }),
});
export type ResourceView = v.InferOutput<typeof resourceView>;

/** What is kept of it over time. */
export const RESOURCE_SERIES = ['memory', 'cpu', 'written', 'wakeUps', 'storage', 'loadStep', 'storageStep'] as const;
export type ResourceSeriesName = (typeof RESOURCE_SERIES)[number];

const resourceSeries = v.object({
  name: v.picklist(RESOURCE_SERIES),
  /** `MiB`, `%`, `B/s`, `/s`; empty for a step. */
  unit: text,
  /** How much time a point stands for; 0: each is one reading. */
  stepMs: positive,
  /** Beginning of its time, then least, mean and greatest; oldest first, 300 at most. A time without readings has no point. */
  points: v.array(v.tuple([atMs, v.number(), v.number(), v.number()])),
});
export type ResourceSeries = v.InferOutput<typeof resourceSeries>;

/** What goes in and out of its calls. */
export const resourceCalls = {
  history: v.object({
    minutes: v.pipe(v.number(), v.minValue(1), v.maxValue(525_600)),
    toMs: v.optional(atMs),
  }),
  /** In order of RESOURCE_SERIES; one that was never kept has no points. */
  historyResult: v.array(resourceSeries),
} as const;
