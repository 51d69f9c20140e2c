import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mouseLearnedThrough } from './learned-through.ts';

type Store = Parameters<typeof mouseLearnedThrough>[0];

function rig() {
  const kept = new Map<string, string>();
  const learned = { windows: 0, models: 0 };
  const store = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
    windows: (modality: string) => Array.from({ length: modality === 'mouse' ? learned.windows : 5 }),
    models: () => Array.from({ length: learned.models }, () => ({ modality: 'mouse' })),
  } as unknown as Store;
  return { learned, ...mouseLearnedThrough(store) };
}

test('nothing learned: any driver will do', () => {
  const { objection } = rig();
  assert.equal(objection('uiohook'), null);
  assert.equal(objection('evdev'), null);
});

test('what was learned before there was a choice is of X11, whichever driver reads it', () => {
  for (const what of ['windows', 'models'] as const) {
    const { learned, objection } = rig();
    learned[what] = 1;
    for (const driver of ['uiohook', 'xinput'] as const) assert.equal(objection(driver), null);
    const found = objection('evdev');
    assert.match(found?.reason ?? '', /learned through X11, in pixels .* counts of the mouse/);
    assert.match(found?.fix ?? '', /seclyzer enrol --restart/);
  }
});

test('what is learned through one driver is not judged through the other, until it is learned anew', () => {
  const { learned, objection, using } = rig();
  using('evdev');
  learned.windows = 3;
  assert.equal(objection('evdev'), null);
  assert.match(objection('uiohook')?.fix ?? '', /"driver": "evdev"/);
  // Another driver that is used nevertheless does not make it its own.
  for (const driver of ['uiohook', 'xinput'] as const) using(driver);
  assert.equal(objection('evdev'), null);
  learned.windows = 0;
  assert.equal(objection('uiohook'), null);
  using('xinput');
  learned.models = 1;
  assert.match(objection('evdev')?.reason ?? '', /through X11/);
});
