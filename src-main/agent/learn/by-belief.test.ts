import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byBelief } from './by-belief.ts';
import { smallGraphPrior } from './graph-prior.fixture.ts';
import { graphPriorOf } from './graph-prior.ts';

const holdOf = (graph: string, group: string) => ({ type: 0, graph, group, kind: Number(group) });

test('what is known of a graph is worked out once, also of one that is asked for late', () => {
  const prior = graphPriorOf(smallGraphPrior);
  const beliefs = ['3', '4', '5', '6'].map((group) => prior.belief(holdOf('not listed', group)));
  assert.deepEqual(
    beliefs.map(({ place }) => place),
    [0, 1, 2, 3],
  );
  let made = 0;
  const nameOf = byBelief(({ name }) => ({ name, made: ++made }));
  const last = beliefs.at(-1);
  assert.ok(last !== undefined);
  assert.deepEqual(nameOf(last), { name: '6', made: 1 });
  for (const belief of beliefs) assert.equal(nameOf(belief).name, belief.name);
  assert.equal(nameOf(last), nameOf(last));
  assert.equal(made, 4);
});

test('a graph of another prior is not taken for the one that has its place here', () => {
  const [prior, other] = [graphPriorOf(smallGraphPrior), graphPriorOf(smallGraphPrior)];
  const nameOf = byBelief(({ name }) => name);
  assert.equal(nameOf(prior.belief(holdOf('not listed', '3'))), '3');
  assert.equal(nameOf(other.belief(holdOf('not listed', '4'))), '4');
  assert.equal(nameOf(prior.belief(holdOf('not listed', '3'))), '3');
});
