// Numbers of system calls enter, their names leave, by the processor that the kernel runs on.
import { ARM64_CALLS } from './numbers-arm64.ts';
import { X64_CALLS } from './numbers-x64.ts';

/** By the names that Node gives to processors. */
const TABLES: Readonly<Partial<Record<string, string>>> = { x64: X64_CALLS, arm64: ARM64_CALLS };

/** @returns a function to the name: `openat`; one that no table has is named by its number, `call_470`. */
export function callNames(architecture: string = process.arch): (number: number) => string {
  const names = readTable(TABLES[architecture] ?? '');
  // Of this one call the kernel has forgotten the number when it comes back, for it restores what was before a signal.
  names.set(-1, 'rt_sigreturn');
  return (number) => names.get(number) ?? `call_${number}`;
}

export function readTable(table: string): Map<number, string> {
  const names = new Map<number, string>();
  let next = 0;
  for (const word of table.split(/\s+/).filter(Boolean)) {
    if (/^\d+$/.test(word)) next = Number(word);
    else names.set(next++, word);
  }
  return names;
}
