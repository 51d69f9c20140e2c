import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { testFolder } from '../../store/test-folder.ts';
import { readEachSecond } from './proc-files.fixture.ts';
import { sensorSource } from './sensors.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'sensors are read on Linux only' };

function sysClass(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = testFolder(t);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

test('chips with their labels, two of the same name told apart, nonsense left out', onLinux, async (t) => {
  const root = sysClass(t, {
    'hwmon/hwmon0/name': 'coretemp',
    'hwmon/hwmon0/temp1_input': '47000',
    'hwmon/hwmon0/temp1_label': 'Package id 0',
    'hwmon/hwmon0/temp2_input': '45500',
    'hwmon/hwmon1/name': 'nvme',
    'hwmon/hwmon1/temp1_input': '38850',
    'hwmon/hwmon2/name': 'nvme',
    'hwmon/hwmon2/temp1_input': '41850',
    'hwmon/hwmon2/temp2_input': '-273150',
    'hwmon/hwmon2/temp3_input': 'no number',
    'thermal/thermal_zone0/type': 'x86_pkg_temp',
    'thermal/thermal_zone0/temp': '47000',
  });
  assert.deepEqual(await sensorSource(root).available(), { ok: true });
  assert.deepEqual(await readEachSecond(sensorSource(root))(), {
    values: { hottestC: 47 },
    parts: {
      'coretemp Package id 0': { temperatureC: 47 },
      coretemp: { temperatureC: 45.5 },
      nvme: { temperatureC: 38.85 },
      'nvme 2': { temperatureC: 41.85 },
    },
  });
});

test('a battery by its power or by current and voltage; that of a mouse is none', onLinux, async (t) => {
  const root = sysClass(t, {
    'power_supply/AC/type': 'Mains',
    'power_supply/BAT0/type': 'Battery',
    'power_supply/BAT0/capacity': '83',
    'power_supply/BAT0/status': 'Discharging',
    'power_supply/BAT0/power_now': '7250000',
    'power_supply/BAT1/type': 'Battery',
    'power_supply/BAT1/capacity': '20',
    'power_supply/BAT1/status': 'Charging',
    'power_supply/BAT1/current_now': '2000000',
    'power_supply/BAT1/voltage_now': '12000000',
    'power_supply/hidpp_battery_0/type': 'Battery',
    'power_supply/hidpp_battery_0/scope': 'Device',
    'thermal/thermal_zone0/type': 'acpitz',
    'thermal/thermal_zone0/temp': '30000',
  });
  assert.deepEqual((await readEachSecond(sensorSource(root))())?.parts, {
    acpitz: { temperatureC: 30 },
    BAT0: { chargePercent: 83, powerW: 7.25, discharging: 1 },
    BAT1: { chargePercent: 20, powerW: 24, discharging: 0 },
  });
});

test('none of them: said', onLinux, async (t) => {
  const found = await sensorSource(testFolder(t)).available();
  assert.ok(!found.ok && found.reason === 'this machine shows no temperature and no battery');
});
