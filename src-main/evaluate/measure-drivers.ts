// Recordings and a coarser clock in, error rates out: whether a model that was learned through one driver keeps its error through another.
// Run: node src-main/evaluate/measure-drivers.ts PROTOCOL.json [--people N] [--coarse enrolment]
// One half as it was recorded, by default what is enrolled with; the other, by default what is scored, has times rounded down to 1 ms (X11), 8 ms (a keyboard that is asked 125 times a second)
// and 15.6 ms (the clock of Windows). The kernel's microseconds are finer than any recording here, so that way nothing can be lost.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';
import { PRODUCT, selectDetectors } from './detectors.ts';
import { planTrials } from './plan.ts';
import { readProtocol, type Protocol } from './protocol.ts';
import { intervalsOf, ratesOf, type SubjectTrials } from './rates.ts';
import { createReader, createTrials, type RecordingReader } from './trials.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
/** Microseconds; 0: as recorded. */
const CLOCKS_US = [0, 1000, 8000, 15_625] as const;

/** Times rounded down to whole steps of a clock. */
export const onClock = (events: readonly InputEvent[], stepUs: number): readonly InputEvent[] =>
  stepUs === 0 ? events : events.map((event) => ({ ...event, ts: Math.floor(event.ts / stepUs) * stepUs }));

/** The half of the recordings that the coarser clock has timed. */
export type CoarseHalf = 'tests' | 'enrolment';

function coarser(protocol: Protocol, read: RecordingReader, stepUs: number, half: CoarseHalf): RecordingReader {
  const enrolment = new Set(Object.values(protocol.enrol).flat());
  return async (file) =>
    enrolment.has(file) === (half === 'enrolment') ? onClock(await read(file), stepUs) : await read(file);
}

/** @returns trials of each window size, in the order of the protocol */
async function trialsOnClock(
  protocol: Protocol,
  people: number,
  stepUs: number,
  half: CoarseHalf,
  read: RecordingReader = createReader(protocol),
): Promise<readonly (readonly SubjectTrials[])[]> {
  const { kinds } = selectDetectors(protocol.modality, PRODUCT[protocol.modality]);
  const subjects = Object.fromEntries(Object.entries(protocol.enrol).slice(0, people));
  const { cases } = planTrials({ enrol: subjects }, { mode: 'deployed', leaveOut: false, random: createRandom(1) });
  const trials = await createTrials(protocol, coarser(protocol, read, stepUs, half), kinds, MODELS);
  const sizes: SubjectTrials[][] = protocol.window.sizes.map(() => []);
  for (const one of cases) {
    const [found] = Object.values(await trials(one));
    if (found === undefined || 'failure' in found) continue;
    for (const [i, window] of found.windows.entries()) if (window.genuine.length > 0) sizes[i]?.push(window);
  }
  return sizes;
}

async function measure(file: string, people: number, half: CoarseHalf): Promise<void> {
  const protocol = await readProtocol(file);
  const read = createReader(protocol);
  const percent = (share: number): string => (100 * share).toFixed(2);
  for (const stepUs of CLOCKS_US) {
    const sizes = await trialsOnClock(protocol, people, stepUs, half, read);
    for (const [i, trials] of sizes.entries()) {
      const [low, high] = intervalsOf(trials, createRandom(1)).eerMean;
      const clock = stepUs === 0 ? 'as recorded' : `${stepUs / 1000} ms`;
      const words = `${clock}, ${protocol.window.sizes[i]} ${protocol.window.unit}: EER`;
      process.stdout.write(
        `${words} ${percent(ratesOf(trials).eerMean)} % (${percent(low)} to ${percent(high)}), ${trials.length} people\n`,
      );
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { people: { type: 'string', default: '40' }, coarse: { type: 'string', default: 'tests' } },
  });
  await measure(positionals[0] ?? '', Number(values.people), values.coarse === 'enrolment' ? 'enrolment' : 'tests');
}
