// The key of a metric enters, its unit and what it is called where people read it leave; and a value as people write it.

const UNITS: readonly (readonly [suffix: RegExp, unit: string])[] = [
  [/Percent$/, '%'],
  [/BytesPerSecond$/, 'B/s'],
  [/PerSecond$/, '/s'],
  [/MiB$/, 'MiB'],
  [/Ms$/, 'ms'],
  [/MHz$/, 'MHz'],
  [/C$/, '°C'],
  [/W$/, 'W'],
];

/** By the end of its name; empty for a plain number. */
export const unitOf = (key: string): string => UNITS.find(([suffix]) => suffix.test(key))?.[1] ?? '';

const NAMES: Readonly<Record<string, string>> = {
  'cpu.busyPercent': 'The processor’s load',
  'cpu.iowaitPercent': 'The processor’s waiting for disks',
  'cpu.forksPerSecond': 'The number of new processes',
  'pressure.cpu.somePercent': 'Waiting for the processor',
  'pressure.memory.somePercent': 'Waiting for memory',
  'pressure.io.somePercent': 'Waiting for disks',
  'memory.usedPercent': 'Memory use',
  'memory.swapUsedPercent': 'Swap use',
  'disk.readBytesPerSecond': 'Reading from disks',
  'disk.writtenBytesPerSecond': 'Writing to disks',
  'disk.busyPercent': 'The load of the busiest disk',
  'network.receivedBytesPerSecond': 'Traffic from the network',
  'network.sentBytesPerSecond': 'Traffic to the network',
  'network.loopbackBytesPerSecond': 'Traffic within this machine',
  'network.receiveErrorsPerSecond': 'Errors on the network',
  'processes.count': 'The number of processes',
  'processes.threads': 'The number of threads',
  'sensors.hottestC': 'The highest temperature',
};

export const nameOf = (key: string): string => NAMES[key] ?? key;

const PREFIXES = ['', 'k', 'M', 'G', 'T'] as const;

/** Three digits and the unit: `97 %`, `12.4 MB/s`, `0.5 °C`. */
export function valueWords(key: string, value: number): string {
  const unit = unitOf(key);
  if (unit !== 'B/s') return `${threeDigits(value)}${unit === '' ? '' : ` ${unit}`}`;
  const power = Math.max(0, Math.min(PREFIXES.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)));
  return `${threeDigits(value / 1000 ** power)} ${PREFIXES[power] ?? ''}B/s`;
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return size >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(size >= 100 ? 3 : 2)));
}
