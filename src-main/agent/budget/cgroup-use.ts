// The control group of this process enters; the memory that it uses leaves, without the page cache that the kernel takes back when it is needed.
// https://docs.kernel.org/admin-guide/cgroup-v2.html, https://docs.kernel.org/admin-guide/cgroup-v1/memory.html.
import type { ProcFiles } from '../collect/host/proc-files.ts';

const ROOT = '/sys/fs/cgroup';
const BYTES_PER_MIB = 2 ** 20;

/** In a container the group is often mounted as the root, whatever /proc says of its path. */
const foldersOf = (root: string, path: string): readonly string[] => [`${root}${path === '/' ? '' : path}`, root];

/** null where the kernel does not say. */
export function cgroupUsedMiB(files: Pick<ProcFiles, 'readOnce'>): number | null {
  const lines = (files.readOnce('/proc/self/cgroup') ?? '').split('\n');
  for (const line of lines) {
    const [number, controllers = '', ...rest] = line.split(':');
    const path = rest.join(':') || '/';
    if (controllers.split(',').includes('memory')) {
      for (const folder of foldersOf(`${ROOT}/memory`, path)) {
        const used = usedIn(files, `${folder}/memory.usage_in_bytes`, `${folder}/memory.stat`, 'total_inactive_file');
        if (used !== null) return used;
      }
    }
    if (number !== '0') continue;
    for (const folder of foldersOf(ROOT, path)) {
      const used = usedIn(files, `${folder}/memory.current`, `${folder}/memory.stat`, 'inactive_file');
      if (used !== null) return used;
    }
  }
  return null;
}

function usedIn(files: Pick<ProcFiles, 'readOnce'>, usage: string, stat: string, cache: string): number | null {
  const bytes = files.readOnce(usage)?.trim();
  if (bytes === undefined || !/^\d+$/.test(bytes)) return null;
  const idle = new RegExp(`^${cache} (\\d+)$`, 'm').exec(files.readOnce(stat) ?? '')?.[1] ?? '0';
  return Math.max(0, Number(bytes) - Number(idle)) / BYTES_PER_MIB;
}
