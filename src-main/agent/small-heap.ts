// Nothing enters; from then on this process keeps its heap small rather than collecting it seldom.
import { setFlagsFromString } from 'node:v8';
import { FOR_DAYS } from '../engine-flags.ts';

/**
 * What Node used to take. Small buffers lie in a block together, and one of them that lives keeps all of it: of the 64 KiB that newer versions take,
 * a hundred blocks were kept so, 7 MB.
 */
const POOL_BYTES = 8192;

/**
 * V8 lets the heap of a process that allocates little and steadily grow for hours before it looks for what is dead: an hour of the host
 * monitor, played at once, took 36 MiB instead of 14.
 *
 * The room of the youngest objects stays as it is: at 16 MiB of it, which V8 would give them, the dead pile up to as much before they are
 * collected, and with them several times as much of what they hold outside of the heap (arrays of numbers, ciphers, buffers). Where that lay,
 * holes stay between what lives on. A training of the mouse left 20 MiB behind so, and leaves 3, for the same time.
 *
 * Where Electron is, its flags are not to be changed any more at this point: shell/agent-utility.ts gives them at the start.
 */
export function preferSmallHeap(): void {
  boundYoungest();
  if (process.versions['electron'] !== undefined) return;
  for (const flag of FOR_DAYS) setFlagsFromString(flag);
}

/**
 * The half of it for a program that is starting: what it loads stays, and to look for what is dead among it, eighty times in the first second
 * instead of eleven, is a twentieth of the time that a start takes. The other half follows once it has started.
 */
export function boundYoungest(): void {
  Buffer.poolSize = POOL_BYTES;
  if (process.versions['electron'] !== undefined) return;
  // Read at each collection.
  setFlagsFromString('--semi-space-growth-factor=1');
}
