// For tests: run with soak-inside.ts loaded before it. Out: how far its clocks went while the wall's went on, as JSON.
import { uptime } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const WAIT_MS = 1000;

const clocks = (): Record<string, number> => ({
  wall: Number(process.hrtime.bigint()) / 1e6,
  date: Date.now(),
  newDate: new Date().getTime(),
  steady: performance.now(),
  machine: uptime() * 1000,
  process: process.uptime() * 1000,
});
const waits: Readonly<Record<string, () => Promise<unknown>>> = {
  timeout: () => new Promise((resolve) => void setTimeout(resolve, WAIT_MS)),
  promise: () => wait(WAIT_MS),
  promisified: () => promisify(setTimeout)(WAIT_MS),
  interval: () =>
    new Promise((resolve) => {
      const timer = setInterval(() => (clearInterval(timer), resolve(null)), WAIT_MS);
    }),
};

const spent: Record<string, Record<string, number>> = {};
for (const [name, work] of Object.entries(waits)) {
  const before = clocks();
  await work();
  const after = clocks();
  spent[name] = Object.fromEntries(Object.entries(after).map(([clock, ms]) => [clock, ms - (before[clock] ?? 0)]));
}
const date = new Date(86_400_000);
process.stdout.write(
  JSON.stringify({
    spent,
    isDate: date instanceof Date,
    text: date.toISOString(),
    now: Date.now(),
    utc: Date.UTC(2000, 0),
  }),
);
