// The channels against a reference that was written and measured apart from this program, on a recorded series.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MINUTES } from './constants.ts';
import { createMetricChannels } from './metric-channels.ts';
import { METRIC_FEATURES } from './metric-features.ts';

const shared = fileURLToPath(new URL('../../../../../shared', import.meta.url));
const oracle = `${shared}/facts/anomaly-reference.mjs`;
const series = ['realAWSCloudwatch/ec2_disk_write_bytes_c0d644.csv', 'artificialWithAnomaly/art_daily_flatmiddle.csv'];
const found = existsSync(oracle) && existsSync(`${shared}/recordings/nab`);
const skip = found ? false : 'the reference is not beside the repository (../shared/facts, ../shared/recordings/nab)';

interface Reference {
  /** dev, lvl, ppm, rel, if. */
  readonly push: (x: number) => { readonly channels: readonly number[] };
}

for (const name of series)
  test(`${name}: jump, level, context and shape`, { skip }, async () => {
    const { Recif } = (await import(pathToFileURL(oracle).href)) as { Recif: new () => Reference };
    const reference = new Recif();
    // The reference has a window of 256.
    const channels = createMetricChannels({ ...MINUTES, window: 256 }, 0, null);
    const row = new Float32Array(METRIC_FEATURES);
    const values = readFileSync(`${shared}/recordings/nab/data/${name}`, 'utf8').trim().split('\n').slice(1);
    let compared = 0;
    for (const [i, line] of values.entries()) {
      const x = Number(line.split(',')[1]);
      const expected = reference.push(x).channels;
      const { jump, level, context, shape } = channels.push(x, row, 0);
      channels.observe(x);
      for (const [k, mine] of [jump, level, context, shape].entries()) {
        const theirs = expected[k] ?? NaN;
        // It keeps its windows in float32.
        assert.ok(
          Math.abs(mine - theirs) <= 1e-3 * Math.max(1, theirs),
          `row ${i}, channel ${k}: ${mine}, not ${theirs}`,
        );
        if (theirs > 0) compared += 1;
      }
    }
    assert.ok(compared > 2000, String(compared));
  });
