// A baseline in, bytes to be sealed and kept out, and back. V8's own format keeps the arrays of the forest as they are.
import { deserialize, serialize } from 'node:v8';
import { FEATURE_COUNT } from './features/log-features.ts';
import type { Baseline } from './score/baseline.ts';

/** Of the features and of what is kept; one of another format is trained again. */
const FORMAT = 1;

export const writeBaseline = (baseline: Baseline): Uint8Array => serialize({ format: FORMAT, baseline });

/** null for one of another format. @param bytes out of their seal, so that nobody else has written them */
export function readBaseline(bytes: Uint8Array): Baseline | null {
  const { format, baseline } = deserialize(bytes) as { readonly format: number; readonly baseline: Baseline };
  return format === FORMAT && baseline.forest.d === FEATURE_COUNT ? baseline : null;
}
