import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOUSE_FEATURES } from '../features/index.ts';
import type { Comparable } from '../compare/comparable.ts';
import type { FeatureRecord } from '../publish/outlets/outlet-record.ts';
import { heldWindows } from './held-windows.ts';

const S = 1e6;
const names = MOUSE_FEATURES.map(({ name }) => name);
const own = (atS: number): FeatureRecord => ({
  ...{ kind: 'features', modality: 'mouse', ts: atS * S, events: 4, raw: 120, fresh: 20, names },
  values: new Float32Array(names.length).fill(1),
});
const other = (atS: number): Comparable => ({
  ...{ kind: 'features', subject: '', by: 'rust', modality: 'mouse', ts: atS * S, words: [] },
  figures: [
    [`mouse.${names[1]}`, 2],
    ['mouse.events', 9],
    ['mouse.unheard-of', 7],
  ],
});

test('the one from elsewhere where it comes in time, else this machine’s own; each window once', () => {
  const told: (readonly [FeatureRecord, string])[] = [];
  const held = heldWindows((record, from) => told.push([record, from]));
  held.local(own(5));
  assert.equal(told.length, 0);
  assert.equal(held.remote(other(5.2)), true);
  held.tick(20 * S);
  assert.equal(told.length, 1);
  const [record, from] = told[0] ?? [];
  assert.deepEqual([from, record?.ts, record?.events], ['remote', 5 * S, 9]);
  assert.deepEqual([...(record?.values ?? [])].slice(0, 3), [NaN, 2, NaN]);

  held.local(own(25));
  held.tick(28.9 * S);
  assert.equal(told.length, 1);
  held.tick(29 * S);
  assert.deepEqual([told.length, told[1]?.[1], told[1]?.[0].values[0]], [2, 'local', 1]);
  assert.equal(held.remote(other(25)), false, 'too late');
  assert.equal(told.length, 2);

  held.local(own(35));
  held.release();
  assert.equal(told[2]?.[1], 'local');
});
