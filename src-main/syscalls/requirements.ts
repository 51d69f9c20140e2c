// What the machine has enters, the counter that works there leaves; or why none does and what to do about it.
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Unavailable } from '../agent/collect/unavailable.ts';
import { bpftraceTool } from './bpftrace-tool.ts';
import { perfTool } from './perf-tool.ts';
import type { Tool } from './tool.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly exists: (path: string) => boolean;
  /** Path of an executable; null where there is none. */
  readonly find: (name: string) => string | null;
}

export type Choice =
  /** `note`: why it is not the better one. */
  { readonly ok: true; readonly tool: Tool; readonly note: string | null } | Unavailable;

/** Where a tool that runs as root may lie: the PATH of whoever starts this may be anybody's. */
const FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin'];
const TRACEFS = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'];
const EVENT = 'events/raw_syscalls/sys_exit/id';
const BTF = '/sys/kernel/btf/vmlinux';

export const THIS_MACHINE: Machine = {
  platform: process.platform,
  isRoot: process.geteuid?.() === 0,
  exists: existsSync,
  find: (name) => FOLDERS.map((folder) => join(folder, name)).find(isExecutable) ?? null,
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder may have it.
    return false;
  }
}

/** @param pid null for all processes. @param without a tool that has just failed here, with its complaint. */
export function chooseTool(
  pid: number | null,
  { platform, isRoot, exists, find }: Machine = THIS_MACHINE,
  without: string | null = null,
): Choice {
  if (platform !== 'linux') return lacking('system calls are counted on Linux alone', 'The rest works without them.');
  if (!isRoot) return lacking('only root may count the system calls of a machine', 'Begin it with sudo.');
  if (!TRACEFS.some((folder) => exists(folder)))
    return lacking('this kernel has no tracefs', 'Use a kernel with CONFIG_FTRACE, or leave system calls out.');
  if (!TRACEFS.some((folder) => exists(join(folder, EVENT))))
    return lacking(
      'tracefs is not mounted, or the kernel has no tracepoints of system calls',
      'sudo mount -t tracefs tracefs /sys/kernel/tracing. Where that does not help, a kernel with CONFIG_FTRACE_SYSCALLS is needed.',
    );
  const [bpftrace, perf] = [find('bpftrace'), find('perf')];
  const obstacle =
    without ??
    (bpftrace === null
      ? 'bpftrace is not installed (sudo apt-get install bpftrace)'
      : exists(BTF)
        ? null
        : `the kernel does not describe its types (${BTF} is missing: CONFIG_DEBUG_INFO_BTF), which bpftrace needs`);
  if (obstacle === null && bpftrace !== null) return { ok: true, tool: bpftraceTool(bpftrace, pid), note: null };
  if (perf !== null) return { ok: true, tool: perfTool(perf, pid), note: `totals alone, by perf: ${obstacle}` };
  return lacking(
    `${obstacle}; and perf, which could count totals, is not installed`,
    bpftrace === null ? 'sudo apt-get install bpftrace' : 'sudo apt-get install linux-perf',
  );
}

const lacking = (reason: string, fix: string): Unavailable => ({ ok: false, reason, fix });
