// The key of a metric in, its name by the conventions of Prometheus out: small letters, base units, the unit at the end
// (https://prometheus.io/docs/practices/naming/).

export interface PrometheusName {
  readonly name: string;
  /** What the value is multiplied with to be in the base unit. */
  readonly scale: number;
}

const MIB = 2 ** 20;
const UNITS: readonly (readonly [suffix: RegExp, unit: string, scale: number])[] = [
  [/Percent$/, '_ratio', 0.01],
  [/BytesPerSecond$/, '_bytes_per_second', 1],
  [/PerSecond$/, '_per_second', 1],
  [/MiB$/, '_bytes', MIB],
  [/Ms$/, '_seconds', 0.001],
  [/MHz$/, '_hertz', 1e6],
  [/C$/, '_celsius', 1],
  [/W$/, '_watts', 1],
];

/** How the parts of a source are called, and the label that tells them apart: a sum over a name must not count anything twice. */
const PARTS: Readonly<Record<string, { readonly noun: string; readonly label: string }>> = {
  cpu: { noun: 'core_', label: 'core' },
  disk: { noun: 'device_', label: 'device' },
  network: { noun: 'interface_', label: 'interface' },
  filesystem: { noun: '', label: 'mountpoint' },
  pressure: { noun: '', label: 'resource' },
  sensors: { noun: '', label: 'sensor' },
};
const OTHER_PART = { noun: 'part_', label: 'part' } as const;

/** What Prometheus understands as a part of something else. */
const RESERVED = /_(count|sum|bucket|total|info)$/;

/** `busyPercent` of `cpu` is `seclyzer_host_cpu_busy_ratio`. */
export function prometheusName(prefix: string, field: string): PrometheusName {
  const unit = UNITS.find(([suffix]) => suffix.test(field));
  const stem = unit === undefined ? field : field.replace(unit[0], '');
  const scale = unit?.[2] ?? 1;
  if (field === 'count') return { name: prefix, scale };
  const name = `${prefix}_${snake(stem)}${unit?.[1] ?? ''}`;
  return { name: RESERVED.test(name) ? `${name}_value` : name, scale };
}

export const partOf = (source: string): { readonly noun: string; readonly label: string } =>
  PARTS[source] ?? OTHER_PART;

const snake = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^a-zA-Z0-9_]/g, '_')
    .toLowerCase();
