// `seclyzer logs` as somebody types it: what is printed, as JSON and for people, and what is said where there is nothing to read.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cliWithHome } from './cli.fixture.ts';

const { dir, cli } = cliWithHome();
const ATTACKER = '203.0.113.66';
const DATA = ['--data', path.join(dir, 'data')];

/** Twenty guesses, three seconds apart, and one line that is nothing. */
function guessing(): string {
  const lines = Array.from({ length: 20 }, (_, n) => {
    const at = new Date(Date.UTC(2026, 1, 2, 9) + 3000 * n).toISOString();
    return `${at} h sshd[${n + 1}]: Failed password for root from ${ATTACKER} port ${40_000 + n} ssh2`;
  });
  const file = path.join(dir, 'auth.log');
  writeFileSync(file, `${[...lines, 'what is this'].join('\n')}\n`);
  return file;
}

test('scan --json has what the format promises', async () => {
  const { code, out } = await cli('logs', 'scan', guessing(), '--json', ...DATA);
  assert.equal(code, 0);
  const { lines, parsed, unparsed, events, vectors, alerts } = JSON.parse(out);
  assert.deepEqual([lines, parsed, unparsed, events], [21, 20, 1, 20]);
  assert.ok(vectors >= 1);
  assert.equal(alerts.length, 1);
  const [{ time, risk, score, technique, tactic, subject, explanation, count }] = alerts;
  // The twentieth came 57 seconds after the first.
  assert.deepEqual(
    [time, risk, technique, tactic, subject, count],
    ['2026-02-02T09:00:57.000Z', 'HIGH', 'T1110.001', 'Credential Access', `address ${ATTACKER}`, 20],
  );
  assert.ok(score >= 0.8 && score < 0.9);
  assert.equal(explanation, `20 failed logins for root from ${ATTACKER} within 5 minutes.`);
});

test('one of a thing is told as one', async () => {
  const scan = await cli('logs', 'scan', guessing(), ...DATA);
  assert.match(scan.out, /^One incident$/m);
  assert.match(scan.out, /incident 1, 1 alert:/);
  const demo = await cli('logs', 'demo', 'brute-force');
  assert.deepEqual([demo.code, demo.out.split('\n')[1]?.includes(', 1 alert. As it should be.')], [0, true]);
});

test('what can not be read is said, with exit code 1; misuse with 2', async () => {
  const none = path.join(dir, 'none.log');
  const missing = await cli('logs', 'scan', none, ...DATA);
  assert.deepEqual([missing.code, missing.err.trim()], [1, `There is no file ${none}.`]);
  const folder = await cli('logs', 'scan', dir, ...DATA);
  assert.deepEqual([folder.code, folder.err.trim()], [1, `${dir} is a folder; name the log files in it.`]);
  const unlabelled = await cli('evaluate', 'logs', '--data', dir);
  assert.equal(unlabelled.code, 1);
  assert.match(unlabelled.err, /^There is no auth\.log with labels\.json in /);
  assert.equal((await cli('logs', 'scan')).code, 2);
  assert.equal((await cli('logs', 'demo', 'nothing')).code, 2);
  assert.equal((await cli('logs', 'explain', 'hello')).code, 1);
});
