// A process for the benchmark: with the host monitor in it, or without, so that the difference is what the monitor costs, its program
// included. What every part of the agent needs, the contract and its library, is in both.
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { preferSmallHeap } from '../agent/small-heap.ts';

export type WorkerKind = 'idle' | 'watching';

export const WORKER_FILE = fileURLToPath(import.meta.url);

async function work(kind: WorkerKind): Promise<void> {
  process.on('disconnect', () => process.exit());
  // As the agent does.
  preferSmallHeap();
  await import('../../src-preload/contract.ts');
  if (kind === 'watching') await watch();
  process.send?.('ready');
}

async function watch(): Promise<void> {
  const { createMonitor } = await import('../agent/monitor/monitor.ts');
  const settings = { enabled: true, intervalSeconds: 1, commandLines: false };
  const store = { get: () => null, set: () => undefined };
  const monitor = createMonitor({
    settings: () => settings,
    store,
    tell: (problem) => process.stderr.write(`${problem}\n`),
  });
  await monitor.apply();
}

// Bundled, other processes of the benchmark begin in the same file.
if (argv[1] === WORKER_FILE && (argv[2] === 'idle' || argv[2] === 'watching')) await work(argv[2]);
