// What is kept as strokes come and go, against the same worked out anew from all strokes so far.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantile, sum } from '../features/distribution.ts';
import { createRandom } from '../learn/random.ts';
import { createRecentStrokes, KEPT_STROKES } from './recent-strokes.ts';

const LENGTHS = [24, 60, 150];

test('windows have the quantiles of their strokes, with holds that are late, unknown or told twice', () => {
  const random = createRandom(3);
  const recent = createRecentStrokes(LENGTHS);
  let all: { intervalMs: number; holdMs: number; rollover: number; atUs: number }[] = [];
  for (let stroke = 0; stroke < 900; stroke += 1) {
    if (stroke === 500) {
      recent.clear();
      all = [];
    }
    const row = { intervalMs: random.int(300), holdMs: NaN, rollover: 0, atUs: stroke * 1000 };
    recent.press({ change: 'press', stroke, atUs: row.atUs, intervalMs: row.intervalMs, differs: true });
    all.push(row);
    const ago = random.int(8) === 0 ? 25 : random.int(20);
    const held = ago < 20 ? all.at(-1 - ago) : undefined;
    const [holdMs, rollover] = [random.int(150), random.int(2) === 1];
    recent.release({ change: 'release', stroke: stroke - ago, differs: true, holdMs, rollover });
    if (held !== undefined) Object.assign(held, { holdMs, rollover: Number(rollover) });

    assert.equal(recent.count(), all.length);
    assert.equal(recent.timeUs(0), stroke * 1000);
    for (const [i, strokes] of LENGTHS.entries()) {
      if (all.length < strokes) continue;
      const last = all.slice(-strokes);
      const intervals = Float64Array.from(last, (one) => one.intervalMs);
      const holds = Float64Array.from(last, (one) => one.holdMs).filter((ms) => !Number.isNaN(ms));
      assert.equal(recent.totalMs(strokes), sum(intervals));
      assert.equal(
        recent.overlapping(strokes),
        last.reduce((count, one) => count + one.rollover, 0),
      );
      const window = recent.windows[i];
      assert.equal(window?.holdsMs.count(), holds.length);
      for (const share of [0.1, 0.5, 0.95]) {
        assert.equal(window.intervalsMs.quantile(share), quantile(intervals, share));
        assert.ok(Object.is(window.holdsMs.quantile(share), quantile(holds, share)), `${strokes} at ${stroke}`);
      }
    }
  }
});

test('a window is no shorter than what a release may come late, and no longer than what is kept', () => {
  assert.throws(() => createRecentStrokes([24, KEPT_STROKES + 1]), RangeError);
  assert.throws(() => createRecentStrokes([19]), RangeError);
});
