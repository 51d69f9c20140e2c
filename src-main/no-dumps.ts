// Nothing enters. What leaves: a process of whose memory nothing is written down when it crashes: what is in it is the owner's, and a dump
// would lie in plain wherever the system puts it.
import { writeFileSync } from 'node:fs';

/** Which mappings a core dump contains (core(5)); none of them, the heap and the stacks included. Children inherit it. */
const FILTER = '/proc/self/coredump_filter';
const NO_MAPPING = '0x0';

/**
 * A core dump is left with the registers alone. Node's own diagnostic reports, which hold the environment and the stack, are turned off whatever NODE_OPTIONS
 * says; Electron's crash reporter is never started, so that nothing collects minidumps.
 * @returns why the memory may still be in a core dump; null where it is not.
 */
export function keepOutOfDumps(platform: NodeJS.Platform = process.platform, filter = FILTER): string | null {
  // Not in every process of Electron.
  const { report } = process as { readonly report?: NodeJS.ProcessReport };
  if (report !== undefined) {
    report.reportOnFatalError = false;
    report.reportOnUncaughtException = false;
    report.reportOnSignal = false;
  }
  if (platform !== 'linux') return null;
  try {
    writeFileSync(filter, NO_MAPPING);
    return null;
  } catch (error) {
    return `a core dump could contain the memory of this process (${error instanceof Error ? error.message : String(error)})`;
  }
}
