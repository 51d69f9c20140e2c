// The key of a metric enters, the limit that it may run into leaves, and what then has happened.

export interface MetricLimit {
  readonly limit: number;
  /** `full`, `exhausted`, `empty`: the end of a sentence that begins with what it is about. */
  readonly name: string;
  /** `Memory`, `The disk /home`. */
  readonly about: string;
  readonly towards: 'up' | 'down';
}

const LIMITS: readonly (readonly [RegExp, (part: string) => MetricLimit])[] = [
  [/^memory\.usedPercent$/, () => ({ limit: 100, name: 'exhausted', about: 'Memory', towards: 'up' })],
  [/^memory\.swapUsedPercent$/, () => ({ limit: 100, name: 'exhausted', about: 'Swap space', towards: 'up' })],
  [
    /^filesystem\.(.+)\.usedPercent$/,
    (path) => ({ limit: 100, name: 'full', about: `The disk at ${path}`, towards: 'up' }),
  ],
  [
    /^filesystem\.(.+)\.usedFilesPercent$/,
    (path) => ({ limit: 100, name: 'out of room for more files', about: `The disk at ${path}`, towards: 'up' }),
  ],
  [
    /^sensors\.(.+)\.chargePercent$/,
    (name) => ({ limit: 0, name: 'empty', about: `The battery ${name}`, towards: 'down' }),
  ],
];

export function limitOf(key: string): MetricLimit | null {
  for (const [pattern, make] of LIMITS) {
    const found = pattern.exec(key);
    if (found !== null) return make(found[1] ?? '');
  }
  return null;
}
