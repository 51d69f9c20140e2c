// Enters: figures that an end-to-end test has measured. Leaves: all of them in one file, for whoever compares runs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ARTEFACTS } from './stage.ts';

const FILE = path.join(ARTEFACTS, 'app-figures.json');

/** Adds to what other tests have kept, or takes the place of it. */
export function keepFigures(name: string, figures: Readonly<Record<string, unknown>>): void {
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>) : {};
  mkdirSync(ARTEFACTS, { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ ...before, [name]: figures }, null, 2)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no values, no median');
  return middle;
}
