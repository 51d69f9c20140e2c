import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';
import { onTicks, replayed, TYPING_ATTACKS, typingAttack } from './injected-attacks.ts';
import { MOUSE_ATTACKS, mouseAttack } from './injected-mouse-attacks.ts';
import { foundIn } from './injected-recall.ts';

const START_US = 1_704_704_400_000_000;
const limit = (family: string): boolean => family.includes('at the limit');

test('attacks are what they say: as many keystrokes, in order of time, as fast as named', () => {
  const attack = TYPING_ATTACKS['constant interval']?.find(({ name }) => name === 'hold 50 ms, 120 ms');
  assert.ok(attack !== undefined);
  const events = typingAttack(attack, 100, START_US, createRandom(1));
  const presses = events.filter(({ type, event }) => type === 'keystroke' && event === 'press');
  assert.equal(presses.length, 100);
  assert.equal(events.length, 200);
  assert.ok(events.every(({ ts }, i) => i === 0 || ts >= (events[i - 1]?.ts ?? 0)));
  // 99 intervals of 120 to 121 ms.
  const lastMs = ((presses.at(-1)?.ts ?? 0) - START_US) / 1000;
  assert.ok(lastMs >= 99 * 120 && lastMs <= 99 * 121, `${lastMs}`);
});

test('every kind of attack is found, those at the limit apart', () => {
  for (const [family, attacks] of Object.entries(TYPING_ATTACKS)) {
    if (limit(family)) continue;
    for (const attack of attacks) {
      const found = foundIn([], typingAttack(attack, 240, START_US, createRandom(2)));
      assert.notEqual(found, null, `${family}: ${attack.name}`);
    }
  }
  for (const [family, attacks] of Object.entries(MOUSE_ATTACKS)) {
    if (limit(family)) continue;
    for (const attack of attacks) {
      assert.notEqual(foundIn([], mouseAttack(attack, START_US, createRandom(2))), null, `${family}: ${attack.name}`);
    }
  }
});

test('a replay keeps order and intervals; a coarse clock floors', () => {
  const events: InputEvent[] = [0, 100, 250].map((ms) => ({
    type: 'mouse',
    ts: START_US + ms * 1000,
    x: ms,
    y: 0,
    event: 'move',
  }));
  const later = START_US + 60_000_000;
  const times = (list: readonly InputEvent[]): number[] => list.map(({ ts }) => (ts - later) / 1000);
  assert.deepEqual(times(replayed(events, later, 0, createRandom(1))), [0, 100, 250]);
  assert.deepEqual(times(replayed(events, later, 0, createRandom(1), 2)), [0, 50, 125]);
  assert.deepEqual(
    onTicks(events, 16).map(({ ts }) => ts % 16_000),
    [0, 0, 0],
  );
});
