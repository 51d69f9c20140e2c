import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS, RISKS, type Incident } from '../../../src-preload/contract.ts';
import { createCipher } from '../store/cipher.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { playScenario, SCENARIOS } from './demo/scenarios.ts';
import { startGuard, type Guard } from './guard.ts';

const HOUR_MS = 3_600_000;

/** A guard that has read a break-in, and passwords guessed by somebody else afterwards. */
async function attacked(t: TestContext): Promise<{ readonly start: () => Guard; readonly told: Incident[] }> {
  const folder = testFolder(t);
  const log = path.join(folder, 'auth.log');
  const nowMs = Date.now();
  const lines = ['break-in', 'sudo-guessing'].flatMap((name, i) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    assert.ok(scenario);
    return playScenario(scenario, nowMs - (5 - 2 * i) * 24 * HOUR_MS, 1);
  });
  writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
  const told: Incident[] = [];
  const start = (): Guard => {
    const guard = startGuard({
      ...{ dataDir: folder, cipher: createCipher(testKey()), logs: [log], nowMs: () => nowMs },
      settings: () => DEFAULT_USER_SETTINGS.guard,
      notify: () => undefined,
      notice: (about, level, text) => assert.equal(text, null, `${about}: ${level}`),
    });
    guard.subscribe((incident) => told.push(incident));
    return guard;
  };
  return { start, told };
}

test('incidents by time and by risk, lines only where they are asked for', async (t) => {
  const { start } = await attacked(t);
  const guard = start();
  await guard.poll();
  const byTime = guard.incidents(500);
  assert.ok(byTime.length >= 2, `${byTime.length} incidents`);
  assert.deepEqual(
    byTime.map(({ lastMs }) => lastMs),
    byTime.map(({ lastMs }) => lastMs).toSorted((a, b) => b - a),
  );
  const byRisk = guard.incidents(500, undefined, undefined, 'risk');
  const ranks = byRisk.map(({ risk }) => RISKS.indexOf(risk));
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => b - a),
  );
  assert.deepEqual(new Set(byRisk.map(({ id }) => id)), new Set(byTime.map(({ id }) => id)));
  // The break-in is the older one, and the worse.
  const [worst] = guard.incidents(1, undefined, undefined, 'risk');
  assert.equal(worst?.risk, 'CRITICAL');
  assert.notEqual(worst?.id, byTime[0]?.id);
  assert.deepEqual(
    ['T1110.001', 'T1136.001', 'T1070.002'].filter((id) => !worst?.techniques.some((one) => one.id === id)),
    [],
  );
  const without = guard.incident(worst?.id ?? 0, false);
  assert.deepEqual(without.lines, []);
  const withLines = guard.incident(worst?.id ?? 0, true);
  assert.ok(withLines.lines.length > 5);
  assert.equal(without.lineCount, withLines.lines.length);
  assert.ok(guard.status().linesLastMinute > 100);
  await guard.stop();
});

test('an acknowledgement is told, kept, and can be taken back, before and after a restart', async (t) => {
  const { start, told } = await attacked(t);
  const guard = start();
  await guard.poll();
  const [worst] = guard.incidents(1, undefined, undefined, 'risk');
  const id = worst?.id ?? 0;
  const open = guard.status().open.CRITICAL;
  assert.notEqual(guard.acknowledge(id, true).acknowledgedMs, null);
  assert.notEqual(told.at(-1)?.acknowledgedMs, null);
  assert.equal(guard.status().open.CRITICAL, open - 1);
  assert.equal(guard.acknowledge(id, false).acknowledgedMs, null);
  assert.equal(told.at(-1)?.acknowledgedMs, null);
  assert.equal(guard.status().open.CRITICAL, open);
  guard.acknowledge(id, true);
  await guard.stop();
  const again = start();
  assert.notEqual(again.incident(id, false).incident.acknowledgedMs, null);
  assert.equal(again.acknowledge(id, false).acknowledgedMs, null);
  assert.throws(() => again.acknowledge(999, true), /There is no incident 999/);
  await again.stop();
});
