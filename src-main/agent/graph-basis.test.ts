import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { packStatistics, statisticsJson, statisticsText, unpackStatistics } from './graph-basis.ts';
import type { GraphStatistics } from './learn/graph-statistics.ts';

const statistics: GraphStatistics = {
  ...{ strokes: 12, sittings: 2, corrections: { pairs: 11, corrections: 1 } },
  types: [[{ name: 'a', group: '3', kind: 3, count: 70, values: [-2.123456789, -2.1, -1.0000004, 0.25] }], []],
};

test('it comes back as it was, values to a millionth', () => {
  const back = JSON.parse(unpackStatistics(packStatistics('graphs/1', statistics))) as unknown;
  assert.deepEqual(back, {
    table: 'graphs/1',
    ...statistics,
    types: [[{ name: 'a', group: '3', kind: 3, count: 70, values: [-2.123457, -2.1, -1, 0.25] }], []],
  });
});

test('rounding does not add up over the steps', () => {
  const values = Array.from({ length: 64 }, (_, i) => i * 1.4e-6);
  const many = { ...statistics, types: [[{ name: 'a', group: '3', kind: 3, count: 64, values }]] };
  const { types } = JSON.parse(unpackStatistics(packStatistics('graphs/1', many))) as GraphStatistics;
  for (const [i, value] of (types[0]?.[0]?.values ?? []).entries())
    assert.ok(Math.abs(value - i * 1.4e-6) <= 0.5000001e-6, `${i}`);
});

test('bytes that are none of these are an error', () => {
  assert.throws(() => unpackStatistics(Buffer.from('{}')));
  assert.throws(() => unpackStatistics(zstdCompressSync('{"types":3}')));
});

test('as text it is less than a quarter of its JSON, and JSON of before is read as it is', () => {
  // As much as the store keeps of somebody who has typed 30,000 keystrokes: 1500 keys and pairs with up to 64 times each.
  const samples = Array.from({ length: 1500 }, (_, i) => ({
    ...{ name: `a|${i}`, group: '3', kind: 3, count: 64 },
    values: Array.from({ length: 32 }, (__, j) => Math.log(0.1 + ((i * 7919 + j * 104_729) % 997) / 997)).toSorted(
      (a, b) => a - b,
    ),
  }));
  const much = { ...statistics, types: [samples] };
  const json = JSON.stringify({ table: 'graphs/1', ...much });
  const text = statisticsText('graphs/1', much);
  assert.ok(text.length < json.length / 4, `${text.length} characters instead of ${json.length}`);
  assert.equal(statisticsJson(text), unpackStatistics(packStatistics('graphs/1', much)));
  assert.equal(statisticsJson(json), json);
  assert.equal(statisticsJson('null'), 'null');
  assert.throws(() => statisticsJson(`${text.slice(0, 5)}AAAA`));
});
