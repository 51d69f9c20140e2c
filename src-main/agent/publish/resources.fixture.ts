// For tests of what is shown of resources: a program under memory pressure that has given up two steps, on battery, with a history of three
// hours. What leaves: a view and its series, of fixed values.
import {
  RESOURCE_SERIES,
  type Figure,
  type GovernorStep,
  type ResourceSeries,
  type ResourceView,
} from '../../../src-preload/contract.ts';

const AT_MS = 1_795_000_000_000;
const MINUTE_MS = 60_000;

const measured = (value: number): Figure => ({ value, reason: null });
const unknown = (reason: string): Figure => ({ value: null, reason });
const costs = (memory: number, cpu: number, written: number, wakeUps: number) => ({
  memoryMiB: measured(memory),
  cpuPercent: measured(cpu),
  writtenBytesPerSecond: measured(written),
  wakeUpsPerSecond: measured(wakeUps),
});

const SHARED = 'The parts of one process share its memory, so it cannot be split.';
const SANDBOXED = 'The kernel shows this of a sandboxed process to nobody but root.';
const part = (cpu: number) => ({
  memoryMiB: unknown(SHARED),
  cpuPercent: measured(cpu),
  writtenBytesPerSecond: unknown('The kernel counts this by process.'),
  wakeUpsPerSecond: unknown('The kernel counts this by process.'),
});

const step = (
  ladder: GovernorStep['ladder'],
  number: number,
  name: string,
  costs: string,
  relieves: GovernorStep['relieves'],
  since: { readonly sinceMs: number; readonly why: string } | null = null,
): GovernorStep => ({
  ...{ ladder, number, name, sheds: `${name}.`, costs, relieves },
  ...{ inForce: since !== null, sinceMs: since?.sinceMs ?? null, why: since?.why ?? null },
});

const WHY_1 = 'Processor: 7.4 % of one core over 30 s, the budget is 6 %.';
const WHY_3 = 'Memory: 431 MiB, the budget is 400 MiB.';

export const RESOURCES_FIXTURE: ResourceView = {
  atMs: AT_MS,
  budget: [
    {
      ...{ resource: 'memory', unit: 'MiB', limit: 400, used: 431, judged: 431, state: 'over' },
      sentence: 'Mean of the last 30 s, of all processes.',
    },
    {
      ...{ resource: 'processor', unit: '% of one core', limit: 6, used: 9.1, judged: 5.2, state: 'near' },
      sentence: 'Mean of the last 30 s; the window, which costs only while it is open, is not counted.',
    },
    {
      ...{ resource: 'storage', unit: 'MiB', limit: 1024, used: 21.6, judged: 21.6, state: 'within' },
      sentence: 'Size of the data folder.',
    },
  ],
  governor: {
    standing: [
      {
        ...{ ladder: 'load', step: 3, name: 'Idle models leave memory' },
        ...{ sinceMs: AT_MS - 90_000, why: WHY_3, next: 'If it stays over, the next step follows in 12 s.' },
      },
      {
        ...{ ladder: 'storage', step: 0, name: 'Everything is on', sinceMs: AT_MS - 3 * 60 * MINUTE_MS },
        ...{ why: null, next: null },
      },
    ],
    steps: [
      step('load', 1, 'Judges every 2 s', 'Somebody else is noticed up to a second later.', ['processor'], {
        ...{ sinceMs: AT_MS - 10 * MINUTE_MS, why: WHY_1 },
      }),
      step('load', 2, 'Judges every 5 s', 'Somebody else is noticed up to four seconds later.', ['processor']),
      step('load', 3, 'Idle models leave memory', 'The first score after a pause takes some ms longer.', ['memory'], {
        ...{ sinceMs: AT_MS - 90_000, why: WHY_3 },
      }),
      step('storage', 1, 'Old history goes sooner', 'Details are kept for a shorter time.', ['storage']),
    ],
  },
  pace: { hopSeconds: 2, monitorSeconds: 5, guardSeconds: 1 },
  processes: [
    { pid: 4242, role: 'agent', name: 'Agent', ...costs(92.4, 0.44, 4100, 31) },
    { pid: 4200, role: 'main', name: 'Main process', ...costs(118.2, 0.3, 0, 12) },
    { pid: 4260, role: 'window', name: 'Window', ...costs(131, 3.1, 0, 60) },
    { pid: 4230, role: 'graphics', name: 'Graphics', ...costs(48.1, 0.8, 0, 61) },
    { pid: 4231, role: 'network', name: 'Network service', ...costs(25.2, 0, 0, 0.2) },
    {
      ...{ pid: 4201, role: 'zygote', name: 'Process starter', memoryMiB: measured(16.1), cpuPercent: measured(0) },
      ...{ writtenBytesPerSecond: unknown(SANDBOXED), wakeUpsPerSecond: measured(0) },
    },
  ],
  parts: [
    { part: 'input', name: 'Keyboard, mouse and applications', about: 'Takes in what comes.', ...part(0.05) },
    { part: 'scoring', name: 'Features and models', about: 'Says who is at the keyboard.', ...part(0.12) },
    { part: 'monitor', name: 'Host monitor', about: 'Reads what the machine does.', ...part(0.15) },
    { part: 'guard', name: 'Log guard', about: 'Reads the log of the machine.', ...part(0.02) },
    { part: 'storage', name: 'Storage', about: 'Writes the history down.', ...part(0.04) },
    { part: 'publishing', name: 'Dashboard and API', about: 'Answers whoever looks.', ...part(0.02) },
    { part: 'measuring', name: 'Measuring and governing', about: 'Makes this page.', ...part(0.01) },
    { part: 'rest', name: 'The rest', about: 'What none of them has measured.', ...part(0.03) },
  ].map((one) => ({ ...one, storageMiB: unknown('It stores nothing of its own.') })) as ResourceView['parts'],
  total: costs(431, 4.64, 4100, 164.2),
  storage: {
    parts: [
      { part: 'history', name: 'History and learning', about: 'seclyzer.db', usedMiB: 17.2 },
      { part: 'models', name: 'Models', about: 'models/', usedMiB: 1.1 },
      { part: 'guard', name: 'Log guard', about: 'guard/', usedMiB: 3.2 },
      { part: 'other', name: 'Everything else', about: 'Keys, locks and logs.', usedMiB: 0.1 },
    ],
    forecast: {
      ...{ growthMiBPerDay: 1.4, measuredDays: 9.2, steadyMiB: 50.7, steadyMs: AT_MS + 20.8 * 1440 * MINUTE_MS },
      limitMs: null,
      sentence:
        'Grows by 1.4 MiB a day and stays at about 51 MiB from the 11th of December on: the limit is never reached.',
    },
  },
  power: {
    ...{ source: 'battery', batteryPercent: 64, onBattery: 'slower', slower: true },
    sentence: 'On battery: judges every 2 s and reads the host every 5 s.',
  },
  models: [
    { name: 'Writing', state: 'unloaded', memoryMiB: measured(28.4), reason: 'Nobody has written for 10 s.' },
    {
      ...{ name: 'Log guard', state: 'refused', memoryMiB: measured(4.1) },
      reason: '84 % of the machine’s memory is in use: no model is loaded above 80 %.',
    },
  ],
  measuringCpuPercent: 0.01,
  machine: { memoryTotalMiB: 7936, memoryAvailableMiB: 1270, cgroupLimitMiB: null },
};

const UNITS = ['MiB', '%', 'B/s', '/s', 'MiB', '', ''] as const;
const LEVELS = [300, 2, 4000, 120, 21, 0, 0] as const;

/** Three hours, one point a minute: a wave around a level each, and the steps that were in force. Twenty minutes in the middle are missing. */
export const RESOURCE_HISTORY_FIXTURE: readonly ResourceSeries[] = RESOURCE_SERIES.map((name, i) => {
  const level = LEVELS[i] ?? 0;
  const points = Array.from({ length: 180 }, (_, minute) => {
    const atMs = AT_MS - (180 - minute) * MINUTE_MS;
    const mean = name === 'loadStep' ? (minute > 170 ? 3 : 0) : level * (1 + 0.1 * Math.sin(minute / 9));
    return [atMs, 0.95 * mean, mean, 1.05 * mean] as [number, number, number, number];
  }).filter((_, minute) => minute < 80 || minute >= 100);
  return { name, unit: UNITS[i] ?? '', stepMs: MINUTE_MS, points };
});
