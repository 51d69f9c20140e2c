// Nothing enters, what does not change while the machine runs leaves. The package systeminformation finds it, by starting programs: so
// once, when somebody asks.
import { arch, hostname, release, totalmem } from 'node:os';
import { readCgroupLimits, type CgroupLimits } from './cgroup-limits.ts';

export interface HostFacts {
  readonly hostname: string;
  readonly system: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly processor: string;
  readonly cores: number;
  readonly physicalCores: number;
  readonly memoryMiB: number;
  readonly virtualMachine: boolean;
  /** Of the control group that this process runs in: in a container /proc tells of the whole machine. */
  readonly limits: CgroupLimits;
}

const BYTES_PER_MIB = 2 ** 20;

export async function readHostFacts(): Promise<HostFacts> {
  const { default: si } = await import('systeminformation');
  const [cpu, system, os] = await Promise.all([si.cpu(), si.system(), si.osInfo()]);
  return {
    hostname: hostname(),
    system: [os.distro, os.release].filter(Boolean).join(' '),
    kernel: release(),
    architecture: arch(),
    processor: [cpu.manufacturer, cpu.brand].filter(Boolean).join(' '),
    cores: cpu.cores,
    physicalCores: cpu.physicalCores,
    memoryMiB: totalmem() / BYTES_PER_MIB,
    virtualMachine: system.virtual,
    limits: readCgroupLimits(),
  };
}
