import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { economyOf } from './budget/economy.ts';
import { createWatching } from './watching.ts';

test('what the settings want and the budget allows is watched; what is given up stays on the dashboard, with why', () => {
  const modalities = { keystroke: true, mouse: true, app: false, linguistic: true };
  const economy = economyOf(['writing-off', 'mouse-off'], 'mains', 'slower');
  const { watched, shown, whyNot } = createWatching(
    () => ({ ...DEFAULT_USER_SETTINGS, modalities }),
    () => economy,
  );
  assert.deepEqual(
    (['keystroke', 'mouse', 'app', 'linguistic'] as const).map((one) => [watched(one), shown(one)]),
    [
      [true, true],
      [false, true],
      [false, true],
      [false, true],
    ],
  );
  assert.equal(whyNot('app').reason, 'turned off in the settings');
  assert.equal(whyNot('mouse').reason, 'not watched at the moment, to stay within the budget');
});
