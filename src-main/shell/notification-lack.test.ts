import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ability } from '../../src-preload/contract.ts';
import { createNotificationLack } from './notification-lack.ts';

function lacking() {
  const told: (string | null)[] = [];
  const abilities: Ability[] = [];
  const lack = createNotificationLack({
    tell: (text) => told.push(text),
    changed: (ability) => abilities.push(ability),
  });
  return { ...lack, told, abilities };
}

const NONE = { reason: 'No program shows them.', fix: 'Install dunst.' };
const REFUSED = { reason: 'The desktop refused one.', fix: 'Restart dunst.' };

test('a lack is said when somebody asks for it, once, and taken back when it is over', () => {
  const { found, complain, ability, told, abilities } = lacking();
  complain();
  assert.deepEqual(ability(), { available: true, reason: null, fix: null });
  found({ service: NONE });
  found({ service: NONE });
  assert.deepEqual(told, []);
  complain();
  complain();
  found({ service: null });
  found({ service: NONE });
  assert.deepEqual(told, ["Notifications can't be shown. No program shows them. Install dunst.", null]);
  complain();
  assert.equal(told.length, 3);
  assert.deepEqual(
    abilities.map(({ available }) => available),
    [false, true, false],
  );
});

test('another reason takes the place of the one that was said', () => {
  const { found, complain, ability, told } = lacking();
  found({ last: REFUSED });
  complain();
  found({ service: NONE });
  assert.deepEqual(ability(), { available: false, ...NONE });
  found({ service: null });
  found({ last: null });
  assert.deepEqual(told, [
    "Notifications can't be shown. The desktop refused one. Restart dunst.",
    "Notifications can't be shown. No program shows them. Install dunst.",
    "Notifications can't be shown. The desktop refused one. Restart dunst.",
    null,
  ]);
});
