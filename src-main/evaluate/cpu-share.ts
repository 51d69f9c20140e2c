// A share of a core for each of some processes, kept by the kernel, as if each were on a small machine of its own. In: the share, process
// ids. Out: nothing; the control groups are gone when it is closed. Needs Linux and root.
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../agent/thrown.ts';

export interface CpuShare {
  /** The process and all that it will start get the share together. */
  readonly hold: (pid: number) => void;
  /** Lets go of all; a group whose process is still ending stays behind, empty. */
  readonly close: () => void;
}

const ROOT = '/sys/fs/cgroup';
/** Short, so that a scorer is not still for long where it has used its part. */
const PERIOD_US = 20_000;

/** @param share of a core, above 0. @throws where the kernel lets this process make no such groups. */
export function createCpuShare(share: number): CpuShare {
  const quotaUs = Math.round(share * PERIOD_US);
  const unified = existsSync(join(ROOT, 'cgroup.controllers'));
  const groups: string[] = [];

  function makeGroup(pid: number): string {
    const group = join(unified ? ROOT : join(ROOT, 'cpu'), `seclyzer-share-${process.pid}-${pid}`);
    if (unified) writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu');
    mkdirSync(group);
    groups.push(group);
    if (unified) writeFileSync(join(group, 'cpu.max'), `${quotaUs} ${PERIOD_US}`);
    else {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quotaUs));
    }
    return group;
  }
  return {
    hold: (pid) => {
      try {
        writeFileSync(join(makeGroup(pid), 'cgroup.procs'), String(pid));
      } catch (error) {
        const why = `A share of a core for each needs root and the control groups of Linux: ${messageOf(error)}`;
        throw new Error(why, { cause: error });
      }
    },
    close: () => {
      for (const group of groups.splice(0)) {
        try {
          rmdirSync(group);
        } catch {
          // Its last process is not quite gone; the group holds nobody and costs nothing.
        }
      }
    },
  };
}
