// Genuine recordings and generated attacks in, the error rates of the watch for injected input out.
// Run: node src-main/evaluate/measure-injected.ts RECORDINGS_DIR [--choose] [--aalto]
// Limits were chosen on the people at even places of each protocol (--choose: false alarms there at looser and tighter limits);
// all figures are of those at odd places, and of Aalto. Not quite unseen: a first margin (0.85 of the least value instead of
// 0.75 and 0.7) gave six false alarms in 20 h there, and was then widened for all limits alike.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InputEvent } from '../agent/events.ts';
import { createInjectedInputWatch, type InjectedInputWatch } from '../agent/infer/injected-input.ts';
import { measureAttacks } from './injected-recall.ts';
import { poissonInterval } from './poisson-interval.ts';
import { readPeople, readProtocol, type Person } from './protocol.ts';

/** The agent asks once a tick. */
const CHECK_EVERY_US = 5_000_000;
/** Alarms closer than this are one. */
const ONE_ALARM_US = 60_000_000;
/** A longer gap counts as this much of activity. */
const IDLE_CAP_US = 5_000_000;

interface Tally {
  readonly alarms: readonly string[];
  readonly activeHours: number;
  readonly keystrokes: number;
}

/** One person's recordings through one watch, as they followed each other. */
function runThrough(events: readonly InputEvent[], watch: InjectedInputWatch): Tally {
  const alarms: string[] = [];
  let [activeUs, keystrokes, lastUs, lastAlarmUs, nextCheckUs] = [0, 0, Number.NaN, Number.NEGATIVE_INFINITY, 0];
  for (const event of events) {
    if (!Number.isNaN(lastUs)) activeUs += Math.min(IDLE_CAP_US, Math.max(0, event.ts - lastUs));
    lastUs = event.ts;
    if (event.type === 'keystroke' && event.event === 'press') keystrokes += 1;
    watch.accept(event);
    if (event.ts < nextCheckUs) continue;
    nextCheckUs = event.ts + CHECK_EVERY_US;
    const finding = watch.check(event.ts);
    if (finding === null) continue;
    if (event.ts - lastAlarmUs > ONE_ALARM_US) alarms.push(`${finding.kind}: ${finding.evidence}`);
    lastAlarmUs = event.ts;
  }
  return { alarms, activeHours: activeUs / 3.6e9, keystrokes };
}

const eventsOf = (person: Person): readonly InputEvent[] => [...person.enrol, ...person.genuine].flat();

/** @param half people at even places, at odd ones, or everybody */
async function halfOf(folder: string, name: string, half: 0 | 1 | null): Promise<Person[]> {
  const protocol = await readProtocol(path.join(folder, name, 'protocol.json'));
  const ids = Object.keys(protocol.enrol).filter((_, i) => half === null || i % 2 === half);
  return await readPeople(protocol, ids);
}

function falseAlarms(name: string, people: readonly Person[], looseness: number, names: boolean): Tally {
  const tallies = people.map((person) => ({
    id: person.id,
    ...runThrough(eventsOf(person), createInjectedInputWatch({ looseness })),
  }));
  if (names) for (const { id, alarms } of tallies) for (const alarm of alarms) print(`    ${id} ${alarm}`);
  const total = sumOf(tallies);
  const [low, high] = poissonInterval(total.alarms.length).map((alarms) => (8 * alarms) / total.activeHours);
  const per8h = (8 * total.alarms.length) / total.activeHours;
  print(
    `  ${name}: ${people.length} people, ${total.activeHours.toFixed(2)} h, ${total.keystrokes} keystrokes: ` +
      `${total.alarms.length} false alarms = ${per8h.toFixed(2)} in 8 h (95 %: ${low?.toFixed(2)} to ${high?.toFixed(2)})`,
  );
  return total;
}

const sumOf = (tallies: readonly Tally[]): Tally => ({
  alarms: tallies.flatMap(({ alarms }) => alarms),
  activeHours: tallies.reduce((sum, tally) => sum + tally.activeHours, 0),
  keystrokes: tallies.reduce((sum, tally) => sum + tally.keystrokes, 0),
});

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    choose: { type: 'boolean', default: false },
    aalto: { type: 'boolean', default: false },
    runs: { type: 'string', default: '100' },
  },
});
const folder = positionals[0];
if (folder === undefined) {
  process.stderr.write(
    'usage: node src-main/evaluate/measure-injected.ts RECORDINGS_DIR [--choose] [--aalto] [--runs N]\n',
  );
  process.exitCode = 2;
} else if (values.choose) {
  const people = await Promise.all(['bbmas', 'cmu', 'sapimouse'].map((name) => halfOf(folder, name, 0)));
  for (const looseness of [1, 1.1, 1.2, 1.35, 1.5])
    falseAlarms(`limits × ${looseness}`, people.flat(), looseness, true);
} else {
  const halves = new Map<string, Person[]>();
  for (const name of ['bbmas', 'cmu', 'sapimouse']) halves.set(name, await halfOf(folder, name, 1));
  print('genuine use, people who were not looked at to choose');
  const tallies = [...halves].map(([name, people]) => falseAlarms(name, people, 1, true));
  if (values.aalto) tallies.push(falseAlarms('aalto', await halfOf(folder, 'aalto', null), 1, true));
  const { alarms, activeHours } = sumOf(tallies);
  const [low, high] = poissonInterval(alarms.length).map((count) => ((8 * count) / activeHours).toFixed(2));
  print(`  together: ${alarms.length} in ${activeHours.toFixed(1)} h, 95 %: ${low} to ${high} in 8 h`);
  const [typists, mice] = [halves.get('bbmas') ?? [], halves.get('sapimouse') ?? []];
  measureAttacks({ typists, mice, runs: Number(values.runs), print });
}
