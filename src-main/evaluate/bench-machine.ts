// Nothing in, what the figures were measured on out: without it they mean little.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type as systemType } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** Operating system; never the name of the machine. */
  readonly system: string;
  readonly node: string;
}

export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round((10 * totalmem()) / 2 ** 30) / 10,
  system: systemName(),
  node: process.versions.node,
});

/** os-release(5), where there is one. */
function systemName(): string {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(text)?.[1] ?? `${systemType()} ${release()}`;
}
