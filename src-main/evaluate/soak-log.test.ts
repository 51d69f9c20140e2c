// Lines of an invented server, hour by hour, and what the log guard's own parser makes of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soakLogHour } from './soak-log.ts';

const START_MS = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;
const addresses = (hour: number): ReadonlySet<string> =>
  new Set(soakLogHour(START_MS, hour).flatMap(({ line }) => line.match(/198\.1[89]\.\d+\.\d+/) ?? []));

test('an hour has logins, cron and three attacks, in order of time and in its bounds', () => {
  const lines = soakLogHour(START_MS, 0);
  for (const [i, { atMs, line }] of lines.entries()) {
    assert.ok(atMs >= START_MS && atMs < START_MS + HOUR_MS, line);
    assert.ok(atMs >= (lines[i - 1]?.atMs ?? 0));
    assert.equal(line.slice(0, 24), new Date(atMs).toISOString());
  }
  const text = lines.map(({ line }) => line).join('\n');
  // The first three of the list: 60 failures for root, 24 for other names, 30 of a stolen list; and a slip now and then.
  const failures = text.match(/Failed password for /g)?.length ?? 0;
  assert.ok(failures >= 114 && failures < 130, `${failures}`);
  assert.equal(text.match(/Accepted (publickey|password) for /g)?.length, 29);
  assert.equal(text.match(/run-parts/g)?.length, 1);
  assert.doesNotMatch(text, /203\.0\.113\./);
});

test('attackers come from somewhere else each time', () => {
  const [first, second] = [addresses(0), addresses(1)];
  assert.ok(first.size >= 3 && second.size >= 1);
  assert.deepEqual(
    [...first].filter((address) => second.has(address)),
    [],
  );
});
