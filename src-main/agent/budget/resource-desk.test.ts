// The governor with its edges, over a meter that answers what the test says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkPush,
  DEFAULT_USER_SETTINGS,
  type Notification,
  type ResourceView,
  type State,
  type UserSettings,
} from '../../../src-preload/contract.ts';
import { createModelDoor } from '../infer/model-gate.ts';
import { createNotices } from '../notices.ts';
import { openMemoryStore } from '../store/open-store.ts';
import { createPartTimes } from './part-times.ts';
import { createGovernor, type Changed } from './resource-desk.ts';
import type { Usage } from './usage-meter.ts';

const START_MS = Date.UTC(2026, 10, 21, 8);

interface Machine {
  memoryMiB: number;
  cpuPercent: number;
  storageMiB: number;
  availableMiB: number;
  power: Usage['power']['source'];
}

function staged() {
  const machine: Machine = { memoryMiB: 90, cpuPercent: 1, storageMiB: 20, availableMiB: 4000, power: 'mains' };
  let [nowMs, measuredMs] = [0, -Infinity];
  let [settings, state]: [UserSettings, State] = [DEFAULT_USER_SETTINGS, 'NORMAL'];
  const audited: string[] = [];
  const changes: Changed[] = [];
  const notified: Notification[] = [];
  const pushed: ResourceView[] = [];
  const store = openMemoryStore();
  const notices = createNotices(() => nowMs);
  const door = createModelDoor();
  const usage = (): Usage => ({
    ...{ atMs: nowMs, memoryMiB: machine.memoryMiB, cpuPercent: machine.cpuPercent, storageMiB: machine.storageMiB },
    ...{ governedCpuPercent: machine.cpuPercent, writtenBytesPerSecond: 10, wakeUpsPerSecond: 30 },
    processes: [
      {
        ...{ pid: 7, role: 'agent', memoryMiB: machine.memoryMiB },
        rates: { cpuSeconds: machine.cpuPercent / 100, writtenBytes: null, wakeUps: 30 },
      },
    ],
    storage: [{ part: 'history', name: 'History', about: 'All.', usedMiB: machine.storageMiB }],
    machine: { totalMiB: 8000, availableMiB: machine.availableMiB, cgroupLimitMiB: null, cgroupUsedMiB: null },
    power: { source: machine.power, batteryPercent: machine.power === 'unknown' ? null : 64 },
  });
  const governor = createGovernor({
    meter: {
      measure: () => {
        if (nowMs - measuredMs < 5000) return null;
        measuredMs = nowMs;
        return usage();
      },
    },
    ...{ times: createPartTimes(() => nowMs), door, store, notices },
    ...{ user: () => settings, state: () => state },
    monitor: () => ({ stats: () => ({ running: true, cpuPercent: 0.3 }) as never }),
    audit: (kind, text) => audited.push(`${kind}: ${text}`),
    notify: (notification) => notified.push(notification),
    push: (view) => pushed.push(view),
    changed: (what) => changes.push(what),
    ...{ nowMs: () => nowMs, wallMs: () => START_MS + nowMs },
  });
  return {
    ...{ machine, governor, audited, changes, notified, pushed, store, notices, door },
    set: (change: Partial<UserSettings>) => (settings = { ...settings, ...change }),
    be: (next: State) => (state = next),
    /** Ticks a second apart. */
    go: (seconds: number) => {
      for (let i = 0; i < seconds; i += 1) {
        nowMs += 1000;
        governor.tick();
      }
    },
  };
}

test('over the budget: the step is in force, audited with its measurement, on the dashboard, and taken back', () => {
  const { machine, governor, audited, changes, notices, go } = staged();
  machine.cpuPercent = 7.4;
  go(30);
  assert.equal(governor.economy().hops, 2);
  const given = 'Processor: 7.4 % of one core, mean of 30 s; the budget is 6.0 % of one core.';
  assert.deepEqual(audited, [`budget: Given up to stay within the budget: Judges every 2 s. ${given}`]);
  assert.deepEqual(changes, [{ modalities: false, keeping: false }]);
  assert.match(
    notices.list()[0]?.text ?? '',
    /^To stay within its budget SecLyzer has given something up: Judges every 2 s\./,
  );
  const view = governor.view();
  const [standing] = view.governor.standing;
  assert.deepEqual([standing?.step, standing?.name, standing?.sinceMs], [1, 'Judges every 2 s', START_MS + 30_000]);
  assert.equal(view.governor.steps[0]?.why, given);
  assert.deepEqual(
    view.governor.steps.filter(({ inForce }) => inForce).map(({ name }) => name),
    ['Judges every 2 s'],
  );
  assert.equal(view.pace.hopSeconds, 2);
  assert.equal(standing?.next, 'If processor stays over its budget, “Judges every 5 s” follows in 30 s.');
  machine.cpuPercent = 1;
  go(120);
  assert.equal(governor.economy().hops, 1);
  assert.match(audited[1] ?? '', /^budget: There is room again: “Judges every 2 s” has ended\. Processor: 1\.0 % /);
  assert.deepEqual(notices.list(), []);
  assert.equal(governor.view().governor.standing[0]?.name, 'Everything is on');
});

test('what crosses to the page keeps the contract; it is pushed while somebody looks, and then no more', () => {
  const { governor, pushed, go } = staged();
  go(20);
  assert.deepEqual(pushed, []);
  governor.look();
  go(10);
  assert.equal(pushed.length, 2);
  for (const data of pushed) assert.deepEqual(checkPush({ push: 'resources', data }).data, data);
  go(60);
  assert.equal(pushed.length, 2, 'a look is good for fifteen seconds');
});

test('keyboard and mouse go last, the user is told at once, and never while somebody else may be there', () => {
  const { machine, governor, notified, be, go } = staged();
  be('RESTRICTED');
  machine.cpuPercent = 50;
  go(900);
  assert.equal(notified.length, 0);
  assert.deepEqual([...governor.economy().modalitiesOff], ['app']);
  assert.equal(
    governor.view().governor.standing[0]?.next,
    'Nothing more is given up while it is not sure that this is the owner.',
  );
  be('NORMAL');
  go(90);
  assert.deepEqual(
    notified.map(({ title, urgency }) => `${title} ${urgency}`),
    ['The log guard is off critical', 'The mouse is not watched critical', 'The keyboard is not watched critical'],
  );
  assert.deepEqual([...governor.economy().modalitiesOff].toSorted(), ['app', 'keystroke', 'mouse']);
});

test('on battery it works slower from the next measurement on, and says so; the settings can have it otherwise', () => {
  const { machine, governor, audited, set, go } = staged();
  machine.power = 'battery';
  go(5);
  assert.deepEqual([governor.economy().hops, governor.economy().monitorSeconds], [2, 5]);
  assert.deepEqual(audited, [
    'budget: On battery: judges every 2 s, and reads the machine every 5 s, as the settings have it.',
  ]);
  const { power } = governor.view();
  assert.deepEqual([power.source, power.slower, power.batteryPercent], ['battery', true, 64]);
  set({ budget: { ...DEFAULT_USER_SETTINGS.budget, onBattery: 'same' } });
  go(1);
  assert.equal(governor.economy().hops, 1, 'with the next tick');
  set({ budget: DEFAULT_USER_SETTINGS.budget });
  go(1);
  machine.power = 'mains';
  go(5);
  assert.equal(governor.economy().hops, 1);
  assert.equal(audited.at(-1), 'budget: No longer on battery: judges every 1 s.');
});

test('memory of the machine above 80 %: models wait, and the page and a notice say why', () => {
  const { machine, governor, door, notices, go } = staged();
  const session = {
    name: 'linguistic-bayes',
    loaded: () => false,
    release: () => Promise.resolve(),
    rest: () => undefined,
  };
  door.enter(session);
  go(5);
  assert.deepEqual(
    governor.view().models.map(({ name, state }) => [name, state]),
    [['Writing', 'unloaded']],
  );
  machine.availableMiB = 1200;
  go(5);
  const why = '85 % of the memory of this machine is in use, and above 80 % no model is loaded.';
  assert.throws(() => door.mustAllow('linguistic-bayes'), {
    message: `The model linguistic-bayes waits for memory: ${why}`,
  });
  assert.deepEqual(
    governor.view().models.map(({ state, reason }) => [state, reason]),
    [['refused', why]],
  );
  assert.equal(notices.list()[0]?.text, `Models wait for memory: ${why}`);
  machine.availableMiB = 4000;
  go(5);
  assert.doesNotThrow(() => door.mustAllow('linguistic-bayes'));
  assert.deepEqual(notices.list(), []);
});

test('what it costs is written down four times a minute, with the steps, and read back', () => {
  const { machine, governor, go } = staged();
  go(60);
  machine.cpuPercent = 9;
  go(60);
  const [memory, cpu, , , storage, load] = governor.history(5);
  assert.deepEqual([memory?.name, memory?.unit, cpu?.unit, load?.unit], ['memory', 'MiB', '%', '']);
  // Rows at 5, 20, 35 ... 110 s.
  assert.deepEqual(memory?.points.at(-1), [START_MS + 110_000, 90, 90, 90]);
  assert.equal(memory?.points.length, 8);
  assert.deepEqual(
    storage?.points.map(([, , mean]) => mean),
    Array(8).fill(20),
  );
  // From 60 s on 9 %: the mean of 30 s is over 6 % at 80 s, (2 x 1 + 4 x 9) / 6, and again 30 s later. A step is no mean of steps.
  assert.deepEqual(
    load?.points.map(([, least, , greatest]) => [least, greatest]),
    [...Array.from({ length: 5 }, () => [0, 0]), [1, 1], [1, 1], [2, 2]],
  );
  assert.deepEqual(cpu?.points.map(([, least, , greatest]) => [least, greatest]).at(-1), [9, 9]);
});

test('figures that are not written down any more leave a gap; the steps of storage shorten what is kept', () => {
  const { machine, governor, changes, go } = staged();
  machine.storageMiB = 2000;
  go(30);
  assert.deepEqual(changes, [{ modalities: false, keeping: true }]);
  assert.equal(governor.economy().keeping.eventMinutes, 10);
  go(1800);
  assert.equal(governor.economy().figures, false);
  const before = governor.history(60).at(0)?.points.length;
  go(300);
  assert.equal(governor.history(60).at(0)?.points.length, before);
  assert.equal(governor.view().storage.forecast.sentence, 'The limit is reached.');
});
