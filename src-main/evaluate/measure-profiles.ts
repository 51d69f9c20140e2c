// Recordings of typing in, what several profiles of one owner cost and what they save out.
// Run: node src-main/evaluate/measure-profiles.ts RECORDINGS_DIR [--people N]
// Cost: the worst there can be, for the further profiles are other people's, so that whoever is like one of them is taken for the owner.
// Gain: the owner at a keyboard that is not there, his own recordings with every hold and every interval stretched.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { InputEvent } from '../agent/events.ts';
import { loadGraphPrior } from '../agent/learn/graph-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { graphDetector } from './detect-graphs.ts';
import type { Enrolled } from './detector.ts';
import { runProfiles, type ProfilesRun } from './profiles-run.ts';
import { readPeople, readProtocol, type Person, type Protocol } from './protocol.ts';
import { ratesOf } from './rates.ts';
import { retimed } from './retimed-typing.ts';

const MODELS = path.resolve(import.meta.dirname, '../../models');
const MOST_PROFILES = 3;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Holds a third longer, a seventh between presses: as far apart as two people in three. Not a real keyboard. */
const STRETCH = { hold: 1.33, interval: 1.15 } as const;

/** The same typing on the keyboard that is not there. */
const otherKeyboard = (events: readonly InputEvent[]): InputEvent[] =>
  retimed(events, { hold: (s) => s * STRETCH.hold, interval: (s) => s * STRETCH.interval });

/** ln of the mean of what the profiles say: the owner works with any of them, and nothing is known of which. */
const mixed = (ratios: readonly number[]): number => {
  const most = Math.max(...ratios);
  return most + Math.log(ratios.reduce((sum, ratio) => sum + Math.exp(ratio - most), 0) / ratios.length);
};

/** Window by window, each by itself: the product knows more, which profile has been in use until then. */
async function windowRates(protocol: Protocol, people: readonly Person[], size: number): Promise<void> {
  const detector = graphDetector(await loadGraphPrior(MODELS));
  const windows = people.map(({ genuine }) =>
    cutDecisionWindows(genuine, protocol.window, size).map((one) => detector.prepare(one)),
  );
  const enrolled: Enrolled<ReturnType<typeof detector.prepare>>[] = [];
  for (const { enrol } of people) enrolled.push(await detector.enrol(enrol, []));
  const scores = enrolled.map(({ score }) => windows.map((own) => own.map((window) => score(window) ?? 0)));
  for (let count = 1; count <= MOST_PROFILES; count += 1) {
    const trials = people.map((_, i) => {
      const profiles = profilesOf(i, count, people.length);
      const of = (j: number): number[] =>
        (windows[j] ?? []).map((_window, k) => mixed(profiles.map((p) => scores[p]?.[j]?.[k] ?? 0)));
      const others = people.map((_person, j) => j).filter((j) => !profiles.includes(j));
      return { genuine: Float64Array.from(of(i)), impostor: Float64Array.from(others.flatMap(of)) };
    });
    const { eerMean, eerPooled, farAtThreshold, frrAtThreshold } = ratesOf(trials);
    print(
      `  ${size} keystrokes, ${count} profiles: mean EER ${percent(eerMean)}, pooled ${percent(eerPooled)}, ` +
        `FAR ${percent(farAtThreshold)}, FRR ${percent(frrAtThreshold)}`,
    );
  }
}

/** His own and those of people drawn for him; more profiles are the same ones and one more. */
function profilesOf(owner: number, count: number, people: number): readonly number[] {
  const random = createRandom(1000 + owner);
  const drawn = new Set([owner]);
  while (drawn.size < count) drawn.add(random.int(people));
  return [...drawn];
}

function tell(name: string, runs: readonly ProfilesRun[]): void {
  const takeovers = runs.flatMap((run) => run.takeovers);
  const noticed = takeovers.filter((keys) => keys !== null).toSorted((a, b) => a - b);
  const keys = runs.reduce((sum, run) => sum + run.genuineKeys, 0);
  const alarms = runs.reduce((sum, run) => sum + run.falseAlarms, 0);
  const of = takeovers.length === 0 ? '' : `; takeovers noticed ${noticed.length} of ${takeovers.length}`;
  const median = noticed.length === 0 ? '' : `, after ${noticed[Math.floor(noticed.length / 2)]} keystrokes (median)`;
  const lowest = runs.map(({ lowestTrust }) => lowestTrust).toSorted((a, b) => a - b);
  const trust = `lowest trust ${Math.floor(lowest[Math.floor(lowest.length / 2)] ?? 100)} (median of the owners)`;
  print(`  ${name}: ${alarms} false alarms in ${keys} keystrokes, ${trust}${of}${median}`);
}

async function chain(people: readonly Person[], owners: number): Promise<void> {
  const each = async (of: (owner: Person, i: number) => Parameters<typeof runProfiles>[1]): Promise<ProfilesRun[]> => {
    const runs: ProfilesRun[] = [];
    for (const [i, owner] of people.slice(0, owners).entries()) runs.push(await runProfiles(MODELS, of(owner, i)));
    return runs;
  };
  const impostorsOf = (i: number): readonly Person['genuine'][] => {
    const kept = profilesOf(i, MOST_PROFILES, people.length);
    return people
      .filter((_, j) => !kept.includes(j))
      .slice(0, owners)
      .map(({ genuine }) => genuine);
  };
  for (let count = 1; count <= MOST_PROFILES; count += 1) {
    const runs = await each((owner, i) => ({
      enrol: profilesOf(i, count, people.length).map((p) => people[p]?.enrol ?? []),
      genuine: [owner.genuine],
      impostors: impostorsOf(i),
    }));
    tell(`${count} profiles, the further ones of other people`, runs);
  }
  const stretched = ({ genuine }: Person): Person['genuine'] => genuine.map(otherKeyboard);
  tell(
    'another keyboard, without a profile',
    await each((owner) => ({
      ...{ enrol: [owner.enrol], genuine: [stretched(owner)], impostors: [] },
    })),
  );
  tell(
    'another keyboard, with a profile',
    await each((owner) => ({
      ...{ enrol: [owner.enrol, owner.enrol.map(otherKeyboard)], genuine: [stretched(owner)], impostors: [] },
    })),
  );
  tell(
    'from one keyboard to the other after 15 s, and back',
    await each((owner) => ({
      ...{ enrol: [owner.enrol, owner.enrol.map(otherKeyboard)], impostors: [] },
      genuine: [owner.genuine, stretched(owner), owner.genuine],
    })),
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string', default: '12' } },
});
const folder = positionals[0];
if (folder === undefined) {
  process.stderr.write('usage: node src-main/evaluate/measure-profiles.ts RECORDINGS_DIR [--people N]\n');
  process.exitCode = 2;
} else {
  const protocol = await readProtocol(path.join(folder, 'bbmas', 'protocol.json'));
  const people = await readPeople(protocol, Object.keys(protocol.enrol));
  print(`${protocol.name}, ${people.length} people, window by window`);
  for (const size of [50, 100]) await windowRates(protocol, people, size);
  print(`the whole chain, ${values.people} owners`);
  await chain(people, Number(values.people));
}
