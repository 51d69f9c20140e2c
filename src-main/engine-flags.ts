// Flags of V8 for the agent: given to Node while it runs, to Electron's process at its start.

/**
 * For a process that does little, and that for days. What is kept small may grow by a tenth before it is looked through anew, which at work was every
 * half minute: a third costs a few megabytes. And V8 compiles for speed what has been called some hundred times, which here is
 * soon everything, though most of it runs once a second: four times as many calls (its own numbers are 400 and 3,000) leave what is
 * called often. Together 1.09 % of a core at work instead of 1.38, and 4 MB more.
 */
export const FOR_DAYS = [
  '--optimize-for-size',
  '--flush-baseline-code',
  '--heap-growing-percent=30',
  '--invocation-count-for-maglev=1600',
  '--invocation-count-for-turbofan=12000',
] as const;
