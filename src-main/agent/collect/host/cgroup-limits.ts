// The control groups of this process enter, what it may use at most leaves: in a container /proc tells of the whole machine.
// https://docs.kernel.org/admin-guide/cgroup-v2.html.
import { openProcFiles, type ProcFiles } from './proc-files.ts';

export interface CgroupLimits {
  /** Processors, 1.5 for one and a half; null without a limit. */
  readonly cpuCores: number | null;
  readonly memoryMiB: number | null;
}

const BYTES_PER_MIB = 2 ** 20;
/** Version 1 says `no limit` by a number near 2^63. */
const NO_LIMIT_BYTES = 2 ** 60;
const ROOT = '/sys/fs/cgroup';

export function readCgroupLimits(files: ProcFiles = openProcFiles()): CgroupLimits {
  const lines = (files.readOnce('/proc/self/cgroup') ?? '').split('\n');
  const found: CgroupLimits[] = [];
  for (const line of lines) {
    const [number, controllers = '', path = '/'] = line.split(':');
    if (number === '0') found.push(...foldersUp(ROOT, path).map((folder) => version2(files, folder)));
    for (const controller of controllers.split(','))
      if (controller === 'cpu' || controller === 'memory')
        found.push(...foldersUp(`${ROOT}/${controller}`, path).map((folder) => version1(files, folder)));
  }
  return { cpuCores: least(found.map((one) => one.cpuCores)), memoryMiB: least(found.map((one) => one.memoryMiB)) };
}

/** The limit of every group above holds as well. */
function foldersUp(root: string, path: string): readonly string[] {
  const parts = path.split('/').filter(Boolean);
  return [...parts.keys(), parts.length].map((count) => [root, ...parts.slice(0, count)].join('/'));
}

function version2(files: ProcFiles, folder: string): CgroupLimits {
  const [quota, period] = (files.readOnce(`${folder}/cpu.max`) ?? 'max').trim().split(' ').map(Number);
  const cpuCores = quota === undefined || period === undefined || Number.isNaN(quota) ? null : quota / period;
  return { cpuCores, memoryMiB: mibOf(files.readOnce(`${folder}/memory.max`)) };
}

function version1(files: ProcFiles, folder: string): CgroupLimits {
  const quota = Number(files.readOnce(`${folder}/cpu.cfs_quota_us`) ?? -1);
  const period = Number(files.readOnce(`${folder}/cpu.cfs_period_us`) ?? NaN);
  const cpuCores = quota > 0 && period > 0 ? quota / period : null;
  return { cpuCores, memoryMiB: mibOf(files.readOnce(`${folder}/memory.limit_in_bytes`)) };
}

function mibOf(text: string | null): number | null {
  const bytes = text === null ? NaN : Number(text);
  return Number.isNaN(bytes) || bytes >= NO_LIMIT_BYTES ? null : bytes / BYTES_PER_MIB;
}

function least(limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}
