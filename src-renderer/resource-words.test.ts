import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BudgetLine, GovernorStep } from '../src-preload/contract.ts';
import {
  budgetSentence,
  budgetSign,
  costText,
  judgedText,
  machineText,
  paceSentence,
  powerText,
  stepText,
  unknownColumns,
} from './resource-words.ts';

test('a cost has as many decimals as its size asks for, and what is not nothing is never written as nothing', () => {
  const percent = (value: number | null) => costText(value, '%');
  assert.deepEqual([0, 0.004, 0.0051, 0.42, 3.1, 9.99, 12.34, 99.9, 99.96, 100, 160.4].map(percent), [
    '0 %',
    '< 0.01 %',
    '0.01 %',
    '0.42 %',
    '3.10 %',
    '9.99 %',
    '12.3 %',
    '99.9 %',
    '100 %',
    '100 %',
    '160 %',
  ]);
  const memory = [0.02, 0.4, 9.94, 9.96, 84.2, 431.4, 2048].map((value) => costText(value, 'MiB'));
  assert.deepEqual(memory, ['< 0.1 MiB', '0.4 MiB', '9.9 MiB', '10 MiB', '84 MiB', '431 MiB', '2 GiB']);
  assert.deepEqual(
    [0, 0.2, 31.4, 1640].map((value) => costText(value, '/s')),
    ['0 /s', '0.2 /s', '31 /s', '1,640 /s'],
  );
  assert.deepEqual(
    [0, 4100, 1_230_000].map((value) => costText(value, 'B/s')),
    ['0 B/s', '4.1 kB/s', '1.23 MB/s'],
  );
  assert.equal(percent(null), '—');
});

const line = (resource: BudgetLine['resource'], state: BudgetLine['state']): BudgetLine => ({
  ...{ resource, state, unit: 'MiB', limit: 400, used: 100, judged: 100, sentence: '' },
});
const step = (ladder: GovernorStep['ladder'], number: number, inForce: boolean): GovernorStep => ({
  ...{ ladder, number, inForce, name: '', sheds: '', costs: '', relieves: [], sinceMs: null, why: null },
});
const said = (budget: readonly BudgetLine[], steps: readonly GovernorStep[]): string =>
  budgetSentence({ budget: [...budget], governor: { standing: [], steps: [...steps] } });

test('how the budget stands, in a sentence or two', () => {
  const all = [line('memory', 'within'), line('processor', 'within'), line('storage', 'within')];
  assert.equal(said(all, [step('load', 1, false)]), 'Within the budget. Everything is on.');
  assert.equal(
    said([line('memory', 'near'), line('processor', 'near'), line('storage', 'within')], []),
    'Within the budget, close to it: memory and CPU. Everything is on.',
  );
  assert.equal(
    said(
      [line('memory', 'over'), line('processor', 'over'), line('storage', 'over')],
      [step('load', 1, true), step('load', 2, true), step('storage', 1, false)],
    ),
    'Over the budget: memory, CPU and storage. 2 things are given up.',
  );
  // Nobody knows yet what giving it up has saved; what is known to be over is said.
  const early = { ...line('processor', 'within'), judged: null };
  assert.equal(
    said([line('memory', 'near'), early], [step('load', 1, true)]),
    'Measuring against the budget. One thing is given up.',
  );
  assert.equal(said([line('memory', 'over'), early], []), 'Over the budget: memory. Everything is on.');
  // The steps stay for a while after the budget is kept again.
  assert.equal(said(all, [step('load', 1, true)]), 'Within the budget. One thing is given up.');
});

test('how a promise stands, and that it is measured still', () => {
  assert.equal(budgetSign(line('memory', 'near')).word, 'Near');
  assert.equal(budgetSign({ ...line('memory', 'within'), judged: null }).word, 'Measuring');
});

test('a step of how many, by its own ladder', () => {
  const steps = [step('load', 1, true), step('load', 2, true), step('load', 3, false), step('storage', 1, false)];
  const standing = { name: '', sinceMs: 0, why: null, next: null };
  assert.equal(stepText({ ...standing, ladder: 'load', step: 2 }, steps), 'Step 2 of 3');
  assert.equal(stepText({ ...standing, ladder: 'storage', step: 0 }, steps), 'Step 0 of 1');
});

test('why figures are missing, each reason once with its columns', () => {
  const missing = (reason: string) => ({ value: null, reason });
  const lines = unknownColumns([
    { title: 'Memory', figures: [missing('It is shared.'), missing('It is shared.')] },
    { title: 'CPU', figures: [{ value: 0, reason: null }, missing('Only root may ask.')] },
    { title: 'Wake-ups', figures: [missing('Only root may ask.')] },
  ]);
  assert.deepEqual(lines, ['— Memory: It is shared.', '— CPU and wake-ups: Only root may ask.']);
});

test('what counts, and that it is too early to say', () => {
  assert.equal(judgedText({ judged: 5.21, unit: '% of one core' }), 'Counts as 5.2 % of one core.');
  assert.equal(judgedText({ judged: null, unit: 'MiB' }), 'Counts as —: it is too early to say.');
});

test('the pace, the battery and the memory of the machine', () => {
  assert.equal(
    paceSentence({ hopSeconds: 2, monitorSeconds: 5, guardSeconds: 1 }),
    'You are judged every 2 s, this machine is read every 5 s, the log is read every second.',
  );
  assert.equal(
    paceSentence({ hopSeconds: 0.5, monitorSeconds: null, guardSeconds: null }),
    'You are judged every 0.5 s, the host monitor is off, the log guard is off.',
  );
  assert.equal(powerText({ batteryPercent: 64.9, sentence: 'On battery.' }), 'On battery. The battery is 64 % full.');
  assert.equal(powerText({ batteryPercent: null, sentence: 'On the mains.' }), 'On the mains.');
  const machine = { memoryTotalMiB: 7936, memoryAvailableMiB: 640, cgroupLimitMiB: null };
  assert.equal(machineText(machine), '640 MiB of 7.75 GiB are free on this machine.');
  assert.equal(
    machineText({ ...machine, cgroupLimitMiB: 512 }),
    '640 MiB of 7.75 GiB are free on this machine; this program may have 512 MiB.',
  );
  assert.equal(machineText({ ...machine, memoryTotalMiB: null }), 'How much memory is free here is not known.');
});
