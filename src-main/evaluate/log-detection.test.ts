// Figures of a log whose attacks are known, counted by hand; and what is planned for a recording is labelled as it is planned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { logWriter } from '../agent/guard/demo/log-writer.ts';
import { guardConfig } from '../agent/guard/profile.ts';
import { createRandom } from '../agent/learn/random.ts';
import { ATTACKS } from './log-attacks.ts';
import { planDays } from './log-days.ts';
import { detectIn } from './log-detection.ts';

const START_MS = Date.UTC(2026, 1, 2);
const DAY_MS = 86_400_000;
const CONFIG = guardConfig(DEFAULT_USER_SETTINGS.guard);
const GUESSER = '203.0.113.5';
const NOBODY = '203.0.113.200';

test('one attack found, one missed, one alert about somebody else', async () => {
  const log = logWriter(START_MS, createRandom(1));
  log.login('alice', '198.51.100.1', 'publickey');
  log.wait(2 * 86_400);
  const fromMs = log.atMs();
  // Twenty failures in a minute are HIGH.
  for (let n = 0; n < 20; n += 1) {
    log.failed('root', GUESSER, true);
    log.wait(3);
  }
  const toMs = log.atMs();
  log.wait(3600);
  // Nobody has labelled this one: six names from one address are MEDIUM.
  for (let n = 0; n < 6; n += 1) log.failed(`name${n}`, NOBODY);
  log.wait(3600);
  const quietMs = log.atMs();
  log.failed('bob', '203.0.113.9', true);
  const labels = {
    ...{ fromMs: START_MS, toMs: START_MS + 4 * DAY_MS, quietToMs: START_MS + DAY_MS },
    attacks: [
      { name: 'guessing', fromMs, toMs, expects: ['T1110.001'], addresses: [GUESSER] },
      { name: 'one try', fromMs: quietMs, toMs: quietMs, expects: ['T1110.001'], addresses: ['203.0.113.9'] },
    ],
  };
  const found = await detectIn(log.lines(), labels, CONFIG);
  assert.deepEqual(
    found.attacks.map(({ risk, rightTechnique }) => [risk, rightTechnique]),
    [
      ['HIGH', true],
      [null, false],
    ],
  );
  // Of two alerts one is right; in four days one is false. HIGH and worse: the right one alone.
  assert.deepEqual(
    found.levels.map(({ risk, alerts, precision, recall, falseADay }) => [risk, alerts, precision, recall, falseADay]),
    [
      ['LOW', 2, 0.5, 0.5, 0.25],
      ['MEDIUM', 2, 0.5, 0.5, 0.25],
      ['HIGH', 1, 1, 0.5, 0],
      ['CRITICAL', 0, null, 0, 0],
    ],
  );
  assert.deepEqual([found.quietDays, found.quietAlerts, found.quietWorst], [1, 0, null]);
  assert.equal(found.falseAlerts.length, 1);
  assert.match(found.falseAlerts[0]?.explanation ?? '', /203\.0\.113\.200/);
  assert.equal(found.unparsed, 0);
});

test('who is told of while another attack is under way is not taken for it', async () => {
  const log = logWriter(START_MS, createRandom(1));
  // Six names in an interval that is labelled as the guessing of another address.
  for (let n = 0; n < 6; n += 1) log.failed(`name${n}`, NOBODY);
  const labels = {
    ...{ fromMs: START_MS, toMs: START_MS + DAY_MS, quietToMs: START_MS },
    attacks: [{ name: 'guessing', fromMs: START_MS, toMs: log.atMs(), expects: ['T1110.001'], addresses: [GUESSER] }],
  };
  const { levels, attacks } = await detectIn(log.lines(), labels, CONFIG);
  assert.deepEqual([levels[0]?.alerts, levels[0]?.precision, attacks[0]?.risk], [1, 0, null]);
});

test('every kind of attack has its day, after the quiet ones', () => {
  const plan = planDays(START_MS, 3, 2, createRandom(1));
  assert.deepEqual(
    plan.attacks.map(({ name }) => name),
    [...ATTACKS, ...ATTACKS].map(({ name }) => name),
  );
  assert.equal(plan.toMs, START_MS + (3 + 2 * ATTACKS.length) * DAY_MS);
  assert.ok(plan.attacks.every(({ fromMs, toMs }) => fromMs >= plan.quietToMs && toMs >= fromMs && toMs <= plan.toMs));
  assert.ok(plan.steps.every(({ atMs }, i) => atMs >= (plan.steps[i - 1]?.atMs ?? 0)));
  // No two of them come from one address.
  const addresses = plan.attacks.flatMap((attack) => attack.addresses);
  assert.equal(new Set(addresses).size, addresses.length);
});
