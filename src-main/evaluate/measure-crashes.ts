// The store in, five hundred kills out: writers that are killed while they write, roll up and migrate, and what was lost by it.
// Run: node src-main/evaluate/measure-crashes.ts [--rounds N] [--seed N]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { crashRounds } from '../agent/store/crash-rounds.fixture.ts';

async function measure(rounds: number, seed: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-crashes-'));
  const startMs = performance.now();
  try {
    const counts = await crashRounds({
      ...{ folder, rounds, seed },
      survived: (round) => {
        if ((round + 1) % 50 === 0) process.stderr.write(`${round + 1} survived\n`);
      },
    });
    const kinds = Object.entries(counts).map(([kind, count]) => `${count} in a ${kind}`);
    const tookS = Math.round((performance.now() - startMs) / 1000);
    process.stdout.write(
      `${rounds} kills (${kinds.join(', ')}; seed ${seed}), ${tookS} s: no file damaged, nothing written lost or doubled, the audit log whole\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
  await measure(Number(values.rounds ?? 500), Number(values.seed ?? 1));
}
