import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { judgeSilence, startWatchdog, UNSUSPICIOUS, type InputWitness } from './hook-watchdog.ts';

const everyMs = 10_000;

test('nobody at the machine: never blind', () => {
  let suspicion = UNSUSPICIOUS;
  for (let check = 1; check < 100; check += 1) {
    const verdict = judgeSilence(suspicion, { pointer: '5 5 0', idleMs: check * everyMs, everyMs });
    assert.equal(verdict.blind, false);
    suspicion = verdict.suspicion;
  }
});

test('a pointer that moved unseen is proof', () => {
  const first = judgeSilence(UNSUSPICIOUS, { pointer: '5 5 0', idleMs: 900_000, everyMs });
  assert.equal(first.blind, false);
  assert.equal(judgeSilence(first.suspicion, { pointer: '6 5 0', idleMs: 900_000, everyMs }).blind, true);
});

test('fresh idle time has to recur three times in a row', () => {
  const check = (idleTimes: readonly number[]): readonly boolean[] => {
    let suspicion = UNSUSPICIOUS;
    return idleTimes.map((idleMs) => {
      const verdict = judgeSilence(suspicion, { pointer: '5 5 0', idleMs, everyMs });
      suspicion = verdict.suspicion;
      return verdict.blind;
    });
  };
  assert.deepEqual(check([100, 100, 100]), [false, false, true]);
  // A video player that resets the idle time every 30 s.
  assert.deepEqual(check([100, 10_100, 20_100, 100, 10_100, 20_100]), [false, false, false, false, false, false]);
});

function watched(witness: Partial<InputWitness>, delivered: () => number) {
  const seen: string[] = [];
  let questions = 0;
  const watchdog = startWatchdog({
    witness: {
      pointer: async () => {
        questions += 1;
        return '1 1 0';
      },
      idleMs: async () => 1_000_000,
      ...witness,
    },
    delivered,
    onBlind: () => seen.push('blind'),
    onFailure: (error) => seen.push(String(error)),
    everyMs: 20,
    graceMs: 5,
  });
  return { seen, questions: () => questions, watchdog };
}

test('while events flow the server is asked nothing', async () => {
  let count = 0;
  const flow = setInterval(() => (count += 1), 1);
  const { seen, questions, watchdog } = watched({ idleMs: async () => 0 }, () => (count += 1));
  await sleep(200);
  watchdog.stop();
  clearInterval(flow);
  assert.deepEqual(seen, []);
  assert.equal(questions(), 0);
});

test('events that were only late are no blindness', async () => {
  let count = 0;
  // The question itself makes the server hand over what it held back.
  const pointer = async (): Promise<string> => `${(count += 1)} 0 0`;
  const { seen, watchdog } = watched({ pointer, idleMs: async () => 0 }, () => count);
  await sleep(300);
  watchdog.stop();
  assert.deepEqual(seen, []);
  assert.ok(count >= 3, `asked ${count} times`);
});

test('a server that does not answer is reported, and silence after stop', async () => {
  const { seen, watchdog } = watched({ pointer: async () => Promise.reject(new Error('gone')) }, () => 0);
  await sleep(120);
  watchdog.stop();
  assert.equal(seen[0], 'Error: gone');
  const before = seen.length;
  await sleep(80);
  assert.equal(seen.length, before);
});
