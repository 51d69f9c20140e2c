import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../agent/learn/random.ts';
import { testFolder } from '../agent/store/test-folder.ts';
import { runNab } from './nab.ts';
import { anomalyScores, rawScores } from './nab-detector.ts';
import { parseSeries, readNab } from './nab-files.ts';

const recorded = fileURLToPath(new URL('../../../shared/recordings/nab', import.meta.url));
const skip = existsSync(recorded) ? false : 'the benchmark is not beside the repository (../shared/recordings/nab)';

/** Noise with one spike in a window, a point every five minutes. */
function inventSeries(): string {
  const random = createRandom(1);
  const lines = Array.from({ length: 1000 }, (_, i) => {
    const time = new Date(Date.UTC(2024, 0, 1) + i * 300_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${time},${i === 700 ? 30 : random.normal()}`;
  });
  return ['timestamp,value', ...lines, ''].join('\n');
}
/** Rows 680 to 740. */
const WINDOW = [['2024-01-03 08:40:00.000000', '2024-01-03 13:40:00.000000']] as const;

test('a folder in, results in the layout of the benchmark and a report out', async (t) => {
  const folder = testFolder(t);
  mkdirSync(join(folder, 'data', 'made'), { recursive: true });
  mkdirSync(join(folder, 'labels'));
  writeFileSync(join(folder, 'data', 'made', 'spike.csv'), inventSeries());
  writeFileSync(join(folder, 'labels', 'combined_windows.json'), JSON.stringify({ 'made/spike.csv': WINDOW }));
  const report = await runNab({ dataDir: folder, outDir: join(folder, 'out'), progress: () => undefined });
  assert.deepEqual([report.files, report.points, report.windows], [1, 1000, 1]);
  assert.equal(report.fixed.standard.windowsFound, 1);
  const rows = readFileSync(join(folder, 'out', 'seclyzer', 'made', 'seclyzer_spike.csv'), 'utf8')
    .trim()
    .split('\n');
  assert.equal(rows[0], 'timestamp,value,anomaly_score,label');
  assert.equal(rows.length, 1001);
  const [time, value, score, label] = (rows[701] ?? '').split(',');
  assert.deepEqual([time, value, label], ['2024-01-03 10:20:00', '30', '1']);
  assert.ok(Number(score) > 0.9 && Number(score) < 1);
  assert.equal(rows.slice(1).filter((row) => row.endsWith(',1')).length, 61);
});

test('nothing looks ahead: the first half alone has the same scores', () => {
  const whole = parseSeries('made', inventSeries(), []);
  const half = { ...whole, timestamps: whole.timestamps.slice(0, 650), values: whole.values.slice(0, 650) };
  assert.deepEqual(anomalyScores(rawScores(half)), anomalyScores(rawScores(whole)).slice(0, 650));
});

test('a malformed file is named', () => {
  assert.throws(() => parseSeries('a.csv', 'time,value\n', []), /a\.csv does not begin with timestamp,value/);
  assert.throws(
    () => parseSeries('a.csv', 'timestamp,value\n2024-01-01 00:00:00,x\n', []),
    /a\.csv, line 2: no number/,
  );
  assert.throws(() => parseSeries('a.csv', 'timestamp,value\n', [['2024', '2025']]), /a\.csv has no row of 2024/);
});

test('on three recorded files every window is noticed', { skip }, async () => {
  const all = await readNab(recorded);
  for (const name of ['ec2_cpu_utilization_24ae8d', 'rds_cpu_utilization_e47b3b', 'elb_request_count_8c0756']) {
    const series = all.find((one) => one.name.includes(name));
    assert.ok(series !== undefined);
    const scores = anomalyScores(rawScores(series));
    for (const [first, last] of series.windows)
      assert.ok(
        scores.slice(first, last + 1).some((score) => score >= 0.5),
        `${name}, rows ${first} to ${last}`,
      );
  }
});
