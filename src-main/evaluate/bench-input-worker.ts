// A process for the benchmark that watches keyboard and mouse of one X display through one driver, the bus included. Out, when asked: when
// each keystroke came to the bus, how many movements did, and what that cost.
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createBus } from '../agent/bus/ring-bus.ts';
import { liveCollectors } from '../agent/collect/index.ts';
import type { InputDriver } from '../agent/collect/input-driver.ts';
import type { InputEvent } from '../agent/events.ts';

export const WORKER_FILE = fileURLToPath(import.meta.url);

/** Since the answer before. */
export interface Seen {
  /** Milliseconds of the machine's monotonic clock, which is one for all processes. */
  readonly strokesMs: readonly number[];
  readonly moves: number;
  /** Of this process, all its threads. */
  readonly cpuMs: number;
}

export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

async function work(driver: InputDriver): Promise<void> {
  process.on('disconnect', () => process.exit());
  const bus = createBus<InputEvent>();
  const subscription = bus.subscribe('bench');
  let strokesMs: number[] = [];
  let moves = 0;
  const take = (event: InputEvent): void => {
    if (event.type === 'keystroke') strokesMs.push(monotonicMs());
    if (event.type === 'mouse' && event.event === 'move') moves += 1;
  };
  const sink = {
    publish: (event: InputEvent): void => {
      bus.publish(event);
      subscription.drain(take);
    },
    report: () => undefined,
    refuse: () => undefined,
  };
  for (const collector of liveCollectors(process.env, { driver }).slice(0, 2)) await collector.start(sink);
  let before = process.cpuUsage();
  process.on('message', () => {
    const used = process.cpuUsage(before);
    const seen: Seen = { strokesMs, moves, cpuMs: (used.user + used.system) / 1000 };
    before = process.cpuUsage();
    [strokesMs, moves] = [[], 0];
    process.send?.(seen);
  });
  process.send?.('ready');
}

// Bundled, other processes of the benchmark begin in the same file.
if (argv[1] === WORKER_FILE && (argv[2] === 'xinput' || argv[2] === 'uiohook')) await work(argv[2]);
