// `seclyzer compare` and `seclyzer replay --outputs` as a user runs them.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { recorded } from '../agent/collect/recorded.fixture.ts';
import type { Comparison } from '../agent/compare/comparer.ts';
import { cliWithHome } from './cli.fixture.ts';

const { dir, cli } = cliWithHome();
const at = (name: string): string => join(dir, name);
const ENROL = ['--enrol-keystrokes', '200'];

test('this version is like what it wrote; one figure that was altered is found; exit codes 0, 1, 2', async () => {
  const recording = await recorded(dir, 'ada', 1, 2, 1_701_423_840_000_000);
  const written = await cli('replay', recording, '--outputs', at('a.jsonl.gz'), ...ENROL);
  assert.equal(written.code, 0, written.err);
  const lines = gunzipSync(await readFile(at('a.jsonl.gz')))
    .toString()
    .trim()
    .split('\n');
  const kinds = new Set(lines.map((line) => (JSON.parse(line) as { type: string }).type));
  assert.deepEqual([...kinds].toSorted(), ['app_transition', 'features', 'score', 'state_change']);
  assert.ok(!lines.some((line) => line.includes('"key"')));

  const same = await cli('compare', 'local', at('a.jsonl.gz'), '--recording', recording, ...ENROL, '--json');
  assert.equal(same.code, 0, same.err);
  const found = JSON.parse(same.out) as Comparison;
  const pairs = Object.values(found.records).reduce((sum, one) => sum + one.pairs, 0);
  assert.deepEqual([found.within, pairs], [true, lines.length]);
  // Nine digits of a number of 32 bits.
  assert.ok(found.figures.every(({ maxRel }) => maxRel < 5e-9));

  const place = lines.findLastIndex((line) => line.includes('"modality":"mouse"'));
  const altered = (lines[place] as string).replace(/"events":(\d+)/, (_, events) => `"events":${Number(events) + 3}`);
  await writeFile(at('b.jsonl'), lines.with(place, altered).join('\n'));
  const other = await cli('compare', at('a.jsonl.gz'), at('b.jsonl'));
  assert.equal(other.code, 1, other.err);
  assert.match(other.out, /^mouse\.events +\d+ +0 +0 +3 /m);
  assert.match(other.out, /Outside: 1 of \d+ figures \(0\.\d+ %\) are outside their tolerance\.$/m);

  const misused = await cli('compare', at('a.jsonl.gz'), recording);
  assert.deepEqual([misused.code, misused.out], [2, '']);
  assert.match(misused.err, /holds input events: name it with --recording, and compare local/);
});
