// /sys/class/hwmon, thermal and power_supply enter, temperatures and the battery leave, where there are any. Some of these chips answer
// slowly, so they are asked seldom, and never in the way of the others.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readings } from '../../../../src-preload/contract.ts';
import type { Availability } from '../collector.ts';
import type { HostReader, HostSource } from './host-source.ts';

const EVERY_MS = 10_000;
const MILLI = 1000;
const MICRO = 1e6;
/** A chip that is not connected tells such things. */
const COLDEST_C = -40;
const HOTTEST_C = 150;

export function sensorSource(root = '/sys/class'): HostSource {
  return {
    name: 'sensors',
    eventType: 'cpu_metric',
    leastEveryMs: EVERY_MS,
    available: async (): Promise<Availability> => {
      if (process.platform !== 'linux')
        return { ok: false, reason: 'sensors are read on Linux only', fix: 'Nothing to do here.' };
      const found = Object.keys(await readSensors(root)).length > 0;
      const reason = 'this machine shows no temperature and no battery';
      return found
        ? { ok: true }
        : { ok: false, reason, fix: 'A virtual machine has none; elsewhere, load its hwmon driver.' };
    },
    open: () => openSensors(root),
  };
}

const openSensors = (root: string): HostReader => ({
  close: () => undefined,
  read: async () => {
    const parts = await readSensors(root);
    const temperatures = Object.values(parts).flatMap(({ temperatureC }) => temperatureC ?? []);
    return { values: { hottestC: temperatures.length === 0 ? null : Math.max(...temperatures) }, parts };
  },
});

async function readSensors(root: string): Promise<Record<string, Readings>> {
  const chips = await temperaturesOf(root, 'hwmon', chipTemperatures);
  // Zones are mostly the same chips under other names.
  const zones = chips.length > 0 ? [] : await temperaturesOf(root, 'thermal', zoneTemperature);
  const batteries = await Promise.all((await namesIn(join(root, 'power_supply'))).map((name) => battery(root, name)));
  return Object.fromEntries([...distinct([...chips, ...zones]), ...batteries.filter((one) => one !== null)]);
}

type Named = readonly [name: string, readings: Readings];

async function temperaturesOf(
  root: string,
  kind: string,
  read: (folder: string) => Promise<readonly Named[]>,
): Promise<readonly Named[]> {
  const names = await namesIn(join(root, kind));
  return (await Promise.all(names.map((name) => read(join(root, kind, name))))).flat();
}

async function chipTemperatures(folder: string): Promise<readonly Named[]> {
  const chip = (await textOf(join(folder, 'name'))) ?? 'chip';
  const inputs = (await namesIn(folder)).filter((name) => /^temp\d+_input$/.test(name));
  const found = await Promise.all(
    inputs.map(async (input): Promise<readonly Named[]> => {
      const label = await textOf(join(folder, input.replace('_input', '_label')));
      return named(label === null ? chip : `${chip} ${label}`, await numberOf(join(folder, input)));
    }),
  );
  return found.flat();
}

async function zoneTemperature(folder: string): Promise<readonly Named[]> {
  const type = (await textOf(join(folder, 'type'))) ?? 'zone';
  return named(type, await numberOf(join(folder, 'temp')));
}

function named(name: string, milliC: number | null): readonly Named[] {
  const temperatureC = milliC === null ? null : milliC / MILLI;
  return temperatureC === null || temperatureC < COLDEST_C || temperatureC > HOTTEST_C
    ? []
    : [[name, { temperatureC }]];
}

/** Two chips of the same name are told apart by a number. */
function distinct(all: readonly Named[]): readonly Named[] {
  const times = new Map<string, number>();
  return all.map(([name, readings]) => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return [time === 1 ? name : `${name} ${time}`, readings];
  });
}

async function battery(root: string, name: string): Promise<Named | null> {
  const folder = join(root, 'power_supply', name);
  // Mice and headsets have batteries too; those say `Device`.
  if ((await textOf(join(folder, 'type'))) !== 'Battery' || (await textOf(join(folder, 'scope'))) === 'Device')
    return null;
  const [capacity, power, current, voltage, status] = await Promise.all([
    numberOf(join(folder, 'capacity')),
    numberOf(join(folder, 'power_now')),
    numberOf(join(folder, 'current_now')),
    numberOf(join(folder, 'voltage_now')),
    textOf(join(folder, 'status')),
  ]);
  const watts =
    power !== null
      ? power / MICRO
      : current === null || voltage === null
        ? null
        : (current / MICRO) * (voltage / MICRO);
  return [name, { chargePercent: capacity, powerW: watts, discharging: status === 'Discharging' ? 1 : 0 }];
}

/** What a chip does not tell at this moment is not known; the others go on. */
const textOf = async (file: string): Promise<string | null> =>
  (await readFile(file, 'utf8').catch(() => null))?.trim() ?? null;

async function numberOf(file: string): Promise<number | null> {
  const text = await textOf(file);
  return text === null || text === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
