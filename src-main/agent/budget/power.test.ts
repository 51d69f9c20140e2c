import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openProcFiles } from '../collect/host/proc-files.ts';
import { testFolder } from '../store/test-folder.ts';
import { readPower, type Power } from './power.ts';

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A tree as the kernel has it, each attribute a file with a newline. */
function powerOf(t: TestContext, supplies: Supplies): Power {
  const root = testFolder(t);
  for (const [name, fields] of Object.entries(supplies)) {
    const folder = join(root, 'sys/class/power_supply', name);
    mkdirSync(folder, { recursive: true });
    for (const [field, value] of Object.entries(fields)) writeFileSync(join(folder, field), `${value}\n`);
  }
  return readPower(openProcFiles(root));
}

const AC = { type: 'Mains', online: '1' };
const NO_AC = { type: 'Mains', online: '0' };
const BATTERY = { type: 'Battery', present: '1', status: 'Discharging', capacity: '64', energy_full: '50000000' };
const MOUSE = { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '12', present: '1' };
const UPS = { type: 'UPS', status: 'Discharging', capacity: '80', present: '1' };

test('a laptop: on its battery, and on the mains', (t) => {
  assert.deepEqual(powerOf(t, { AC: NO_AC, BAT0: BATTERY }), { source: 'battery', batteryPercent: 64 });
  assert.deepEqual(powerOf(t, { AC, BAT0: { ...BATTERY, status: 'Charging' } }), {
    source: 'mains',
    batteryPercent: 64,
  });
  assert.equal(powerOf(t, { AC, BAT0: BATTERY }).source, 'mains', 'a charger that is too weak is one all the same');
});

test('a desktop with a wireless mouse is on no battery, and neither is one behind a UPS', (t) => {
  const none = { source: 'unknown', batteryPercent: null };
  assert.deepEqual(powerOf(t, { hidpp_battery_0: MOUSE }), none);
  assert.deepEqual(powerOf(t, { ups: UPS, hidpp_battery_0: MOUSE }), none);
  assert.deepEqual(powerOf(t, {}), none, 'nothing at all');
});

test('the mouse’s battery does not count into the laptop’s either', (t) => {
  assert.deepEqual(powerOf(t, { AC: NO_AC, BAT0: BATTERY, hidpp_battery_0: MOUSE, ups: UPS }), {
    source: 'battery',
    batteryPercent: 64,
  });
});

test('two batteries: full as they are large; a bay that is empty is none', (t) => {
  const small = { ...BATTERY, status: 'Not charging', capacity: '10', energy_full: '25000000' };
  // (64 x 50 + 10 x 25) / 75
  assert.deepEqual(powerOf(t, { AC: NO_AC, BAT0: BATTERY, BAT1: small }), { source: 'battery', batteryPercent: 46 });
  const empty = { type: 'Battery', present: '0', status: 'Unknown' };
  assert.deepEqual(powerOf(t, { AC, BAT0: { ...BATTERY, status: 'Full' }, BAT1: empty }).batteryPercent, 64);
  assert.deepEqual(powerOf(t, { AC: NO_AC, BAT1: empty }), { source: 'unknown', batteryPercent: null });
});

test('a charger at a USB port, and a phone that is charged from one', (t) => {
  const port = { type: 'USB', online: '1' };
  assert.equal(powerOf(t, { AC: NO_AC, port, BAT0: { ...BATTERY, status: 'Charging' } }).source, 'mains');
  assert.equal(powerOf(t, { AC: NO_AC, phone: { ...port, scope: 'Device' }, BAT0: BATTERY }).source, 'battery');
});

test('a battery that does not say: the line says it; without either nobody knows', (t) => {
  const silent = { type: 'Battery', status: 'Unknown' };
  assert.deepEqual(powerOf(t, { AC: NO_AC, BAT0: silent }), { source: 'battery', batteryPercent: null });
  assert.equal(powerOf(t, { BAT0: silent }).source, 'unknown');
  assert.equal(powerOf(t, { BAT0: { ...silent, status: 'Full' } }).source, 'mains');
});
