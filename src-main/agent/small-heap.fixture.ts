// For tests: run as a program of its own, with `small` or nothing. Out: how much room V8 has given to the youngest objects, in bytes, after many
// of them have come and gone and some have lived on.
import { getHeapSpaceStatistics } from 'node:v8';
import { preferSmallHeap } from './small-heap.ts';

if (process.argv[2] === 'small') preferSmallHeap();
let alive: Float64Array[] = [];
for (let i = 0; i < 300_000; i += 1) {
  alive.push(new Float64Array(2));
  if (alive.length === 20_000) alive = [];
}
const youngest = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
process.stdout.write(String(youngest?.space_size));
