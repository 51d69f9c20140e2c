// For tests. What enters: a test. What leaves: an empty folder that goes with it, keys, and damage of a repeatable kind.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export function testFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'seclyzer-test-'));
  t.after(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Of 32 bytes all alike: repeatable, and as good as any other for a test. */
export const testKey = (value = 7): Uint8Array => Buffer.alloc(32, value);

/** Bytes that look random and are the same each time (xorshift32, Marsaglia 2003). */
export function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    }),
  );
}
