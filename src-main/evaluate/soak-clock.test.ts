// Life at ten times the speed, in a process of its own: against the clock of the kernel, which nothing makes faster.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lifeMs } from './soak-clock.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

test('an hour after the beginning, ten hours of life are over', () => {
  assert.equal(lifeMs({ fromMs: 1_000_000, speed: 10 }, 1_000_000), 1_000_000);
  assert.equal(lifeMs({ fromMs: 1_000_000, speed: 10 }, 1_000_000 + 3_600_000), 1_000_000 + 36_000_000);
});

interface Answer {
  readonly spent: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly isDate: boolean;
  readonly text: string;
  readonly now: number;
  readonly utc: number;
}

test('every clock and timer of the process goes ten times as fast', () => {
  const fromMs = Date.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', file('soak-inside.ts'), file('soak-clock.fixture.ts')],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        SECLYZER_SOAK: JSON.stringify({ life: { fromMs, speed: 10 }, reportFile: '/nonexistent/report' }),
      },
    },
  );
  const endMs = Date.now();
  assert.equal(status, 0, stderr);
  const { spent, isDate, text, now, utc } = JSON.parse(stdout) as Answer;
  assert.deepEqual(Object.keys(spent), ['timeout', 'promise', 'promisified', 'interval']);
  for (const [timer, { wall = 0, ...clocks }] of Object.entries(spent)) {
    // A second of life is 100 ms of the wall; a busy machine may be late, but not early.
    assert.ok(wall >= 99 && wall < 900, `${timer}: ${wall} ms`);
    for (const [clock, ms] of Object.entries(clocks))
      // Some clocks tell whole milliseconds, that of the machine hundredths of a second, which is a tenth of life.
      assert.ok(Math.abs(ms - 10 * wall) < 150, `${timer}, ${clock}: ${ms} ms of life in ${wall} ms`);
  }
  assert.ok(now >= fromMs && now <= lifeMs({ fromMs, speed: 10 }, endMs));
  assert.deepEqual([isDate, text, utc], [true, '1970-01-02T00:00:00.000Z', 946_684_800_000]);
});
