// One invented typist through all three drivers: the kernel tells microseconds, the X server whole milliseconds to both of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../../events.ts';
import { KEYSTROKE_FEATURES, keystrokeVector } from '../../features/index.ts';
import { createRandom } from '../../learn/random.ts';
import type { HookListener, InputHook } from '../input-hook.ts';
import { keyName } from '../key-names.ts';
import { keyboardCollector } from '../keyboard.ts';
import { createXiKeys, X_OFFSET } from '../xinput/xi-keys.ts';
import { NATIVE } from '../native-hook.ts';
import { ada, grace, inventEvents, type TypistProfile } from '../synthetic.ts';
import { createDeviceState } from './device-state.ts';
import { bytesOf, key, REPORT } from './evdev.fixture.ts';
import { createEventParser } from './input-event.ts';
import { evdevKeyName } from './key-codes.ts';
import { createPointerPath } from './pointer-path.ts';

const START_US = 1_700_000_000_000_000;
const STROKES = 400;

/**
 * The difference of two times that are rounded down differs by less than 1 ms, and so do means and quantiles of such; the range is made
 * of two of them, and a standard deviation (n - 1) moves by no more than the root of n / (n - 1), with 3 values at worst.
 */
const millisecondsApart = (name: string): number =>
  name.endsWith('.range') ? 2 : name.endsWith('.sd') ? Math.sqrt(3 / 2) : 1;

/**
 * Rates and ratios of times are all of intervals of 100 ms and more, of which 1 ms is a hundredth. Shares, and the entropy, move besides
 * where an interval crosses a border: by one of 400 and, in bits, by what one of 400 can tell (log2(400) / 400 = 0.022).
 */
const ONE_OF_ALL: Readonly<Record<string, number>> = {
  ...{ share: 2 / STROKES, bits: Math.log2(STROKES) / STROKES, ratio: 1 / STROKES },
  ...{ count: 0, '1/s': 0, 'words/min': 0 },
};

/** Finer than a millisecond, as hands are. */
function typed(typist: TypistProfile): KeystrokeEvent[] {
  const random = createRandom(5);
  const events: KeystrokeEvent[] = [];
  for (const event of inventEvents(typist, createRandom(3), START_US)) {
    if (event.type !== 'keystroke') continue;
    if (events.length === 2 * STROKES) break;
    events.push({ ...event, ts: Math.floor(event.ts / 1000) * 1000 + random.int(1000) });
  }
  return events.toSorted((a, b) => a.ts - b.ts);
}

const codes = (nameOf: (code: number) => string, most: number): ReadonlyMap<string, number> =>
  new Map(Array.from({ length: most }, (_, code) => [nameOf(code), code] as const));
const KERNEL = codes(evdevKeyName, 0x300);
const UIOHOOK = codes(keyName, 0x1_0000);

function throughKernel(events: readonly KeystrokeEvent[]): KeystrokeEvent[] {
  const out: KeystrokeEvent[] = [];
  const device = { keyboard: true, pointer: null, notches: false } as const;
  const publish = (event: { readonly type: string }): void => void out.push(event as KeystrokeEvent);
  const state = createDeviceState({ device, path: createPointerPath(), publish, lost: assert.fail });
  const parser = createEventParser(state.visit);
  for (const event of events) {
    const code = KERNEL.get(event.key) ?? assert.fail(`no code for ${event.key}`);
    parser.push(bytesOf(event.ts, [[4, 4, code], key(code, event.event === 'press' ? 1 : 0), REPORT]));
  }
  return out;
}

function throughXInput(events: readonly KeystrokeEvent[]): KeystrokeEvent[] {
  const keys = createXiKeys();
  return events.map(({ key, event, ts }) => {
    const detail = X_OFFSET + (KERNEL.get(key) ?? assert.fail(`no code for ${key}`));
    const name = event === 'press' ? 'XIRawKeyPress' : 'XIRawKeyRelease';
    return keys.accept({ name, detail, flags: 0 }, Math.floor(ts / 1000) * 1000) ?? assert.fail('no stroke');
  });
}

async function throughX(events: readonly KeystrokeEvent[]): Promise<KeystrokeEvent[]> {
  let listener: HookListener | null = null;
  const hook: InputHook = {
    available: () => Promise.resolve({ ok: true }),
    listen: (given) => {
      listener = given;
      return Promise.resolve(() => Promise.resolve());
    },
  };
  const out: KeystrokeEvent[] = [];
  const publish = (event: { readonly type: string }): void => void out.push(event as KeystrokeEvent);
  await keyboardCollector(hook).start({ publish, report: () => undefined, refuse: assert.fail });
  const tell = (listener ?? assert.fail()) as HookListener;
  for (const event of events) {
    const keycode = UIOHOOK.get(event.key) ?? assert.fail(`no code for ${event.key}`);
    const time = Math.floor(event.ts / 1000);
    tell.input({ type: event.event === 'press' ? NATIVE.keyDown : NATIVE.keyUp, time, keycode }, time * 1000);
  }
  return out;
}

for (const typist of [ada, grace])
  test(`the 140 features of ${typist.name} are the same through all three, but for the millisecond`, async () => {
    const events = typed(typist);
    const kernel = throughKernel(events);
    assert.deepEqual(kernel, events, 'the kernel takes nothing away');
    const x = await throughX(events);
    // Both of the X server have the same clock (e2e/x-drivers.test.ts measures how well that holds), so that here nothing at all differs.
    assert.deepEqual(throughXInput(events), x);
    const [fine, coarse] = [kernel, x].map((one) => keystrokeVector(one).vector);
    for (const [i, { name, unit }] of KEYSTROKE_FEATURES.entries()) {
      const [a = Number.NaN, b = Number.NaN] = [fine?.[i], coarse?.[i]];
      const most = unit === 'ms' ? millisecondsApart(name) : Math.abs(a) / 100 + (ONE_OF_ALL[unit] ?? 0);
      assert.ok(Math.abs(a - b) <= most, `${name}: ${a} and ${b} ${unit} lie ${Math.abs(a - b)} apart, over ${most}`);
    }
  });
