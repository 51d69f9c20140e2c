// Genuine people and a number of runs in, how many generated attacks are found out. Each attack follows a person's own use of
// the machine, so that the watch has first to notice the change.
import { inventEvents, TYPISTS } from '../agent/collect/synthetic.ts';
import type { InputEvent } from '../agent/events.ts';
import { createInjectedInputWatch } from '../agent/infer/injected-input.ts';
import type { InjectedKind } from '../agent/infer/injected-finding.ts';
import { createRandom, type Random } from '../agent/learn/random.ts';
import {
  digraphTypist,
  onTicks,
  replayed,
  TYPING_ATTACKS,
  typingAttack,
  type TypingAttack,
} from './injected-attacks.ts';
import { MOUSE_ATTACKS, mouseAttack } from './injected-mouse-attacks.ts';
import type { Person } from './protocol.ts';

/** Events of genuine use before each attack. */
const BEFORE = 400;
const PAUSE_US = 3_000_000;
const KEYSTROKES = 120;
const OTHER_LENGTHS = [30, 60, 240];
const CLOCK_TICKS_MS = [1, 8, 15.625];
const REPLAYED_EVENTS = 240;

type Print = (line: string) => void;
type Attack = (startUs: number) => readonly InputEvent[];

/** @returns what the watch said of the attack, null for nothing. What it said before the attack began does not count. */
export function foundIn(before: readonly InputEvent[], attack: readonly InputEvent[]): InjectedKind | null {
  const watch = createInjectedInputWatch();
  for (const event of before) watch.accept(event);
  watch.check(before.at(-1)?.ts ?? 0);
  for (const event of attack) watch.accept(event);
  return watch.check((attack.at(-1)?.ts ?? 0) + PAUSE_US)?.kind ?? null;
}

/** Attacks follow people who were not looked at to choose the limits. */
interface Measuring {
  readonly typists: readonly Person[];
  readonly mice: readonly Person[];
  /** Of each attack, each with another seed. */
  readonly runs: number;
  readonly print: Print;
}

export function measureAttacks(measuring: Measuring): void {
  const { typists, mice, runs, print } = measuring;
  for (const [family, attacks] of Object.entries(TYPING_ATTACKS)) measureTyping(measuring, family, attacks);
  for (const [family, attacks] of Object.entries(MOUSE_ATTACKS)) {
    print(family);
    for (const one of attacks) {
      report(print, one.name, runs, (random) =>
        afterPerson(mice, random, (startUs) => mouseAttack(one, startUs, random)),
      );
    }
  }
  measureReplays(measuring);
  print('programs that imitate people');
  report(print, 'normal around a time for each pair of keys', runs, (random) =>
    afterPerson(typists, random, (startUs) => digraphTypist(KEYSTROKES, startUs, random)),
  );
  for (const typist of TYPISTS) {
    report(print, `${typist.name} of the synthetic source, 3000 events`, runs, (random) =>
      afterPerson(typists, random, (startUs) => inventEvents(typist, random, startUs).take(3000).toArray()),
    );
  }
}

function measureTyping({ typists, runs, print }: Measuring, family: string, attacks: readonly TypingAttack[]): void {
  print(`${family}, ${KEYSTROKES} keystrokes`);
  const find = (one: TypingAttack, random: Random, keystrokes = KEYSTROKES, tickMs = 0): InjectedKind | null =>
    afterPerson(typists, random, (startUs) => typingAttack(one, keystrokes, startUs, random), tickMs);
  const together = (name: string, shares: readonly number[]): void =>
    print(`  all${name}: ${percent(shares.reduce((sum, share) => sum + share, 0) / shares.length)}`);
  together(
    '',
    attacks.map((one) => report(print, one.name, runs, (random) => find(one, random))),
  );
  const shares = (keystrokes: number, tickMs: number): number[] =>
    attacks.map((one) => shareFound(runs, (random) => find(one, random, keystrokes, tickMs) !== null));
  for (const keystrokes of OTHER_LENGTHS) together(`, ${keystrokes} keystrokes`, shares(keystrokes, 0));
  for (const tickMs of CLOCK_TICKS_MS) together(`, clock of ${tickMs} ms`, shares(KEYSTROKES, tickMs));
}

/** @param tickMs of the clock that wrote both; 0 for microseconds */
function afterPerson(people: readonly Person[], random: Random, attack: Attack, tickMs = 0): InjectedKind | null {
  const before = people[random.int(people.length)]?.genuine.flat().slice(0, BEFORE) ?? [];
  const events = attack((before.at(-1)?.ts ?? 0) + PAUSE_US);
  return tickMs === 0 ? foundIn(before, events) : foundIn(onTicks(before, tickMs), onTicks(events, tickMs));
}

/** What the watch has seen before comes again: a part of the same person's recording, after all of it. */
function measureReplays({ typists, mice, runs, print }: Measuring): void {
  print(`replays, ${REPLAYED_EVENTS} events`);
  const replay = (people: readonly Person[], random: Random, jitterMs: number, speed: number): InjectedKind | null => {
    const before = people[random.int(people.length)]?.genuine.flat() ?? [];
    const from = random.int(Math.max(1, before.length - REPLAYED_EVENTS));
    const startUs = (before.at(-1)?.ts ?? 0) + PAUSE_US;
    return foundIn(before, replayed(before.slice(from, from + REPLAYED_EVENTS), startUs, jitterMs, random, speed));
  };
  for (const jitterMs of [0, 1, 2, 3, 5]) {
    report(print, `keyboard, jitter sd ${jitterMs} ms`, runs, (random) => replay(typists, random, jitterMs, 1));
  }
  for (const speed of [1.02, 1.2]) {
    report(print, `keyboard, ${speed} times as fast`, runs, (random) => replay(typists, random, 1, speed));
  }
  for (const jitterMs of [0, 2]) {
    report(print, `mouse, jitter sd ${jitterMs} ms`, runs, (random) => replay(mice, random, jitterMs, 1));
  }
}

function shareFound(runs: number, found: (random: Random) => boolean): number {
  let count = 0;
  for (let seed = 1; seed <= runs; seed += 1) if (found(createRandom(seed))) count += 1;
  return count / runs;
}

function report(print: Print, name: string, runs: number, find: (random: Random) => InjectedKind | null): number {
  const kinds = new Map<string, number>();
  const share = shareFound(runs, (random) => {
    const kind = find(random);
    if (kind !== null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return kind !== null;
  });
  const most = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count}`);
  print(`  ${percent(share).padStart(6)}  ${name}${most.length > 0 ? ` (${most.join(', ')})` : ''}`);
  return share;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
