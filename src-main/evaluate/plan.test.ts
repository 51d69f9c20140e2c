import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { impostorLists, planTrials, shuffled, type Mode } from './plan.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const enrol = Object.fromEntries(IDS.map((id) => [id, [`${id}/1`]]));
const plan = (mode: Mode, leaveOut: boolean) => planTrials({ enrol }, { mode, leaveOut, random: createRandom(4) });
const others = (subject: string): string[] => IDS.filter((id) => id !== subject);
const sorted = (...lists: readonly (readonly string[])[]): string[] => lists.flat().toSorted();

test('deployed: everybody once, against everybody else, with nobody in the background', () => {
  const { groups, cases } = plan('deployed', false);
  assert.deepEqual(groups, [{ priorPeople: null }]);
  assert.deepEqual(
    cases.map(({ subject, impostors, background }) => [subject, impostors, background]),
    IDS.map((id) => [id, others(id), []]),
  );
});

test('background: everybody twice, each of the others once in the background and once an impostor', () => {
  const { cases } = plan('background', false);
  assert.equal(cases.length, 14);
  for (const id of IDS) {
    const [first, second, ...more] = cases.filter(({ subject }) => subject === id);
    assert.ok(first !== undefined && second !== undefined && more.length === 0);
    assert.deepEqual(sorted(first.background, first.impostors), others(id));
    assert.deepEqual(first.background, second.impostors);
    assert.deepEqual(first.impostors, second.background);
  }
});

test('left out: nobody is scored, as himself or as an impostor, with a prior that knows him', () => {
  for (const mode of ['deployed', 'background'] as const) {
    const { groups, cases } = plan(mode, true);
    assert.deepEqual(sorted(cases.map(({ subject }) => subject)), IDS);
    for (const { subject, group, impostors, background } of cases) {
      const known = groups[group]?.priorPeople ?? [];
      assert.ok(known.length >= 3 && !known.includes(subject));
      assert.deepEqual(sorted(known, impostors, [subject]), IDS);
      assert.deepEqual(background, mode === 'background' ? known : []);
    }
  }
});

test('three people are too few to be parted', () => {
  const three = { enrol: { a: ['1'], b: ['2'], c: ['3'] } };
  assert.throws(() => planTrials(three, { mode: 'background', leaveOut: false, random: createRandom(1) }), /too few/);
});

test('impostors: all files of one person together, those that were listed, and unknown people each by himself', () => {
  const common = { folder: '', name: '', modality: 'keystroke', enrol } as const;
  const window = { unit: 'keystrokes' as const, sizes: [5], max_gap_s: 5, across_files: false };
  const one = { subject: 'a', group: 0, background: [], impostors: ['b', 'c'] };
  const genuine = { a: ['a/2'], b: ['b/2', 'b/3'], c: [] };
  assert.deepEqual(impostorLists({ ...common, window, genuine, impostor: 'others' }, one), [['b/2', 'b/3']]);
  const impostor: Record<string, [string, string][]> = {
    a: [
      ['c', 'c/7'],
      ['unknown', 'x'],
      ['d', 'd/7'],
      ['unknown', 'y'],
      ['c', 'c/8'],
    ],
  };
  assert.deepEqual(impostorLists({ ...common, window, genuine, impostor }, one), [['c/7', 'c/8'], ['x'], ['y']]);
});

test('shuffling keeps everybody and does not always put the same one first', () => {
  const random = createRandom(9);
  const firsts = new Set<string | undefined>();
  for (let i = 0; i < 100; i += 1) {
    const drawn = shuffled(IDS, random);
    assert.deepEqual(sorted(drawn), IDS);
    firsts.add(drawn[0]);
  }
  assert.equal(firsts.size, 7);
});
