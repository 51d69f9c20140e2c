// The samples after the warm-up in, whether what is opened is closed out. What is left open lifts the least that is open at any time, however
// often clients come and go; so the least of the last quarter is held against that of the first.
import type { SoakSample } from './soak-record.ts';
import type { Verdict } from './soak-verdict.ts';

/** In a quarter. */
const LEAST_SAMPLES = 6;

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

/** Of what keeps the event loop alive over five looks, without what is over with the turn, and the connections of clients, which are descriptors. */
const PASSING = /Req|^Immediate$|^ConnectWrap$|^TCPSocketWrap$/;
const lasting = (resources: Readonly<Record<string, number>>): number =>
  sum(Object.fromEntries(Object.entries(resources).filter(([kind]) => !PASSING.test(kind))));

const HANDLES: readonly (readonly [string, (sample: SoakSample) => number])[] = [
  ['file descriptors', ({ outside }) => sum(outside.descriptors)],
  ['threads', ({ outside }) => outside.threads],
  ['child processes', ({ outside }) => outside.children],
  ['timers and servers', ({ outside }) => lasting(outside.inside?.resources ?? {})],
];

export function judgeHandles(settled: readonly SoakSample[]): readonly Verdict[] {
  const quarter = Math.floor(settled.length / 4);
  const [first, last] = [settled.slice(0, quarter), settled.slice(settled.length - quarter)];
  return HANDLES.map(([name, count]) => {
    if (quarter < LEAST_SAMPLES) return { name, measured: 'too short to tell', promised: 'no growth', ok: null };
    const [before, after] = [Math.min(...first.map(count)), Math.min(...last.map(count))];
    const most = Math.max(...settled.map(count));
    return {
      ...{ name, promised: 'no growth', ok: after <= before },
      measured: `${before} at the least in the first quarter, ${after} in the last; ${most} at the most`,
    };
  });
}
