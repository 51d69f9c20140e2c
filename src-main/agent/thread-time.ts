// Nothing enters; what the thread that asks has had of the processor leaves.

/**
 * Milliseconds, of any origin. Where Node doesn't tell (before 23.9) it is the clock, which on a busy machine counts as well
 * what the thread had to wait for the processor.
 */
export const threadMs: () => number =
  typeof process.threadCpuUsage === 'function' ? processorMs : () => performance.now();

function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
