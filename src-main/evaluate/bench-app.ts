// The built tray application in, its memory without a window beside that of an empty tray application out. Both run on a desktop of
// their own that the end-to-end tests know how to put up, so it takes a checkout, Electron's runtime and their programs.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { Unavailable, type Figure } from './bench-figure.ts';
import { once } from './bench-timing.ts';

const LIMIT_MS = 180_000;
const MB_PER_MIB = 2 ** 20 / 1e6;

const answer = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([v.object({ emptyMiB: v.number(), idleMiB: v.number() }), v.object({ missing: v.string() })]),
);

interface Memory {
  readonly emptyMiB: number;
  readonly idleMiB: number;
}

/** @param root of the repository. */
export function appFigures(root: string): readonly Figure[] {
  const script = path.join(root, 'e2e', 'measure-idle-app.ts');
  const missing = (): string | null =>
    existsSync(script) ? null : 'an empty application to compare with comes with the source code alone';
  const memory = once(() => measureMemory(script));
  const common = { better: 'less', statistic: 'median', reference: null, long: true, missing } as const;
  return [
    {
      ...{ ...common, name: 'app-idle', unit: 'x', goal: 1.25 },
      measure: async () => [(await memory()).idleMiB / (await memory()).emptyMiB],
    },
    {
      ...{ ...common, name: 'app-idle-memory', unit: 'MB', goal: null },
      measure: async () => [(await memory()).idleMiB * MB_PER_MIB],
    },
  ];
}

async function measureMemory(script: string): Promise<Memory> {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: LIMIT_MS });
  const said = v.parse(answer, stdout);
  if ('missing' in said) throw new Unavailable(said.missing);
  return said;
}
