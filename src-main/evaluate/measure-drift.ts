// Recordings of typing in; out, what following a change of the owner's is worth, and how far somebody gets who tries to lead it astray.
// Run: node src-main/evaluate/measure-drift.ts RECORDINGS_DIR [--people N] [--only none|slow|faster|sudden|imitation]
// No public recordings go over months, so the days are invented, and said to be: what people of BB-MAS type is typed anew every day, each
// time drawn from what they are like, and changed a little more every day: every hold and every interval longer, or towards what another
// of them is like (imitation). What they are tested on is their own recording, changed as much, which no day and no model knows.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InputEvent } from '../agent/events.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector } from './detect-graphs.ts';
import { liveThrough, type Day, type DayEnd, type Lived } from './drift-life.ts';
import { anew, both, learnedAnew, slower, towards, typistOf } from './drifting-typing.ts';
import type { Person } from './protocol.ts';
import { retimed } from './retimed-typing.ts';
import { testGroups, type TestGroup } from './test-groups.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
const WINDOW = { unit: 'keystrokes' as const, sizes: [50], max_gap_s: Infinity, across_files: true };
const DAYS = 40;
/** Before the first day: as much as a model is ever made anew for. */
const KNOWN_KEYS = 20_000;
/** Of what every hold and every interval is longer by on a day. */
interface Change {
  readonly id: string;
  readonly name: string;
  readonly on: (day: number) => { readonly hold: number; readonly interval: number };
}

const daily = (hold: number, interval: number): Change['on'] => {
  return (day) => ({ hold: (1 + hold) ** day, interval: (1 + interval) ** day });
};
const SUDDEN_DAY = 11;
const CHANGES: readonly Change[] = [
  { id: 'none', name: 'no change', on: daily(0, 0) },
  { id: 'slow', name: 'holds +0.3 %, intervals +0.15 % a day', on: daily(0.003, 0.0015) },
  { id: 'faster', name: 'holds +1 %, intervals +0.5 % a day', on: daily(0.01, 0.005) },
  {
    id: 'sudden',
    name: `holds +20 %, intervals +10 % from day ${SUDDEN_DAY} on`,
    on: (day) => (day < SUDDEN_DAY ? { hold: 1, interval: 1 } : { hold: 1.2, interval: 1.1 }),
  },
];
/** Of the way from the owner to the other, a day. */
const IMITATION_STEP = 0.025;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Of the days: those that are told of. */
const TOLD = [1, SUDDEN_DAY, DAYS / 2, DAYS];
const days = Array.from({ length: DAYS }, (_, i) => i + 1);

interface Owner {
  readonly group: TestGroup;
  readonly person: Person;
  readonly other: Person;
}

/** Whose keys he types every day, and what he is tested on: the halves of his later recording. */
function halves({ genuine }: Person): { readonly typed: readonly InputEvent[]; readonly test: readonly InputEvent[] } {
  const events = genuine.flat();
  const middle = Math.floor(events.length / 2);
  return { typed: events.slice(0, middle), test: events.slice(middle) };
}

async function changing({ group, person, other }: Owner, { on }: Change, followDrift: boolean): Promise<Lived> {
  const prior = await loadGraphPrior(group.modelsDir);
  const { prepare } = graphDetector(prior);
  const { typed, test } = halves(person);
  const typist = typistOf(prior, [...person.enrol, typed]);
  const dayOf = (day: number): Day => {
    const { hold, interval } = on(day);
    const change = slower(hold, interval);
    const tested = cutDecisionWindows([retimed(test, change)], WINDOW, 50);
    return {
      typed: retimed(typed, both(anew(typist, createRandom(day)), change)),
      tests: { own: tested.map(prepare) },
    };
  };
  const known = learnedAnew(prior, typist, person.enrol.flat(), KNOWN_KEYS);
  const life = { modelsDir: group.modelsDir, prior, known, followDrift, endsWithAlarm: false };
  return await liveThrough({ ...life, days: days.map(dayOf), takeover: other.genuine.flat() });
}

async function imitating({ group, person, other }: Owner, followDrift: boolean): Promise<readonly DayEnd[]> {
  const prior = await loadGraphPrior(group.modelsDir);
  const { prepare } = graphDetector(prior);
  const { typed, test } = halves(person);
  const [from, to] = [typistOf(prior, [...person.enrol, typed]), typistOf(prior, [...other.enrol, ...other.genuine])];
  const own = cutDecisionWindows([test], WINDOW, 50).map(prepare);
  const others = cutDecisionWindows([halves(other).test], WINDOW, 50).map(prepare);
  const dayOf = (day: number): Day => {
    const imitation = towards(from, to, Math.min(1, IMITATION_STEP * day));
    return {
      typed: retimed(typed, both(anew(from, createRandom(day)), imitation)),
      tests: { own, other: others },
    };
  };
  const known = learnedAnew(prior, from, person.enrol.flat(), KNOWN_KEYS);
  const life = { modelsDir: group.modelsDir, prior, known, followDrift, endsWithAlarm: true };
  const { ends } = await liveThrough({ ...life, days: days.map(dayOf) });
  return ends;
}

const refused = (scores: readonly number[]): number => scores.filter((score) => score < 0).length / scores.length;
const following = (followDrift: boolean): string => (followDrift ? 'change followed' : 'not followed');

const versionsOf = ({ ends }: Lived): number => ends.at(-1)?.driftVersions ?? 0;

async function tellChanges(owners: readonly Owner[], changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    for (const followDrift of [false, true]) {
      const lives: Lived[] = [];
      for (const owner of owners) lives.push(await changing(owner, change, followDrift));
      const at = (day: number): string => {
        const own = lives.flatMap(({ ends }) => ends[day - 1] ?? []).map(({ scores }) => scores['own'] ?? []);
        return `day ${day}: FRR ${percent(mean(own.map(refused)))}, ratio ${mean(own.map(mean)).toFixed(2)}`;
      };
      const all = lives.flatMap(({ ends }) => ends);
      const alarms = all.reduce((sum, end) => sum + end.alarms, 0);
      const noticed = lives.flatMap(({ noticedKeys }) => noticedKeys ?? []).toSorted((a, b) => a - b);
      print(`  ${change.name}, ${following(followDrift)}: ${TOLD.map(at).join('; ')}`);
      print(
        `    ${alarms} false alarms in ${all.length} days, ${mean(lives.map(versionsOf)).toFixed(1)} models made anew (mean); ` +
          `takeover on the last day noticed for ${noticed.length} of ${lives.length}, ` +
          `after ${noticed[Math.floor(noticed.length / 2)] ?? '-'} keystrokes (upper median)`,
      );
    }
  }
}

async function tellImitation(owners: readonly Owner[]): Promise<void> {
  print(`  slow imitation, ${percent(IMITATION_STEP)} of the way a day, until the first alarm`);
  for (const followDrift of [false, true]) {
    const lives: (readonly DayEnd[])[] = [];
    for (const owner of owners) lives.push(await imitating(owner, followDrift));
    const reached = lives.map((life) => IMITATION_STEP * life.filter(({ alarms }) => alarms === 0).length);
    const accepted = (life: readonly DayEnd[], day: number): number => 1 - refused(life.at(day)?.scores['other'] ?? []);
    const own = lives.map((life) => refused(life.at(-1)?.scores['own'] ?? []));
    const through = reached.filter((share) => share >= 1).length;
    print(
      `  ${following(followDrift)}: without an alarm ${percent(mean(reached))} of the way (mean), all of it ${through} of ` +
        `${lives.length}; the other's own windows accepted ${percent(mean(lives.map((life) => accepted(life, 0))))} on the ` +
        `first day, ${percent(mean(lives.map((life) => accepted(life, -1))))} on the last; the owner's refused on the last ` +
        `${percent(mean(own))}; ${mean(lives.map((life) => life.at(-1)?.driftVersions ?? 0)).toFixed(1)} models made anew (mean)`,
    );
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string', default: '10' }, only: { type: 'string' } },
});
const recordings = positionals[0];
if (recordings === undefined) {
  process.stderr.write(
    'usage: node src-main/evaluate/measure-drift.ts RECORDINGS_DIR [--people N] [--only none|slow|faster|sudden|imitation]\n',
  );
  process.exitCode = 2;
} else {
  const scratch = await mkdtemp(path.join(tmpdir(), 'seclyzer-drift-'));
  try {
    const { groups } = await testGroups(recordings, 'bbmas', MODELS, scratch);
    const owners = groups
      .flatMap((group) =>
        group.people.flatMap((person, i): Owner[] => {
          const other = group.people[(i + 1) % group.people.length];
          return other === undefined ? [] : [{ group, person, other }];
        }),
      )
      .filter((_, i, all) => i % Math.max(1, Math.floor(all.length / Number(values.people))) === 0)
      .slice(0, Number(values.people));
    print(`bbmas, ${owners.length} owners, ${DAYS} days of invented change`);
    const asked = ({ id }: Pick<Change, 'id'>): boolean => values.only === undefined || values.only === id;
    await tellChanges(owners, CHANGES.filter(asked));
    if (asked({ id: 'imitation' })) await tellImitation(owners);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
