// Input events in, one at a time; out, when asked: the strongest sign that no hand made them. A part of the agent beside the
// models: it does not ask who types, only whether anybody does.
//
// Found: scripts that type at constant or jittered intervals or hold every key alike, devices that type as a keyboard (USB
// "rubber ducky"), replayed recordings, programs that move or click the mouse. Password managers that type and text expanders
// are input that no hand made and are found as well. Not found: a program that imitates people (habits for every pair of
// keys, log-normal times, curved strokes), fewer keystrokes than it takes to be sure, and what repeats a single key. On-screen
// keyboards, dictation and other aids are out of scope: they may type in bursts and look like a program, since they are one.
//
// Privacy: times, shapes and hashes in memory only. Which keys are down and the last two pressed are known for the moment, to
// tell keys apart; a finding never names one.
import type { InputEvent } from '../events.ts';
import { createEvenTyping } from './even-typing.ts';
import type { Found, InjectedFinding } from './injected-finding.ts';
import { createInjectedMouse } from './injected-mouse.ts';
import { createReplayedTyping } from './replayed-typing.ts';
import { createTypedStrokes } from './typed-strokes.ts';

export interface InjectedInputSettings {
  /**
   * The input of this run is declared to be scripted (end-to-end tests, a demonstration): nothing is watched. The only thing
   * that silences the watch; whoever sets it should show that it is set.
   */
  readonly expected: boolean;
  /** Factor on every limit; above 1 finds more, at the price of false alarms. 1 is what was measured. */
  readonly looseness: number;
}

export interface InjectedInputWatch {
  /** Constant time: every fourth keystroke takes percentiles of at most 334 numbers. Some 0.7 MB of memory in all. */
  readonly accept: (event: InputEvent) => void;
  /**
   * The strongest finding since the last time it was asked; while the input goes on, the same finding again, grown.
   * @param nowUs the present on the clock of the events
   */
  readonly check: (nowUs: number) => InjectedFinding | null;
  /** Forgets everything, what a replay is compared with included. */
  readonly reset: () => void;
  readonly expected: boolean;
}

const INJECTED_INPUT_DEFAULTS: InjectedInputSettings = { expected: false, looseness: 1 };

/** Findings of one kind that are no further apart are one episode. */
const EPISODE_GAP_US = 60_000_000;

export function createInjectedInputWatch(settings: Partial<InjectedInputSettings> = {}): InjectedInputWatch {
  const { expected, looseness } = { ...INJECTED_INPUT_DEFAULTS, ...settings };
  const typed = createTypedStrokes();
  const even = createEvenTyping(looseness);
  const replayed = createReplayedTyping(looseness);
  const mouse = createInjectedMouse(looseness);
  const episodes = new Map<InjectedFinding['kind'], Episode>();
  const fresh = new Set<InjectedFinding['kind']>();

  const note = (finding: Found | null): void => {
    if (finding === null) return;
    const before = episodes.get(finding.kind);
    fresh.add(finding.kind);
    const goesOn = before !== undefined && finding.firstUs - before.lastUs < EPISODE_GAP_US;
    episodes.set(finding.kind, goesOn ? joined(before, finding) : { ...timesOf(finding), strongest: finding });
  };

  return {
    expected,
    accept: (event) => {
      if (expected || event.type === 'app') return;
      if (event.type === 'mouse') return note(mouse.accept(event));
      const change = typed.accept(event);
      if (change === null) return;
      note(even.accept(change));
      if (change.change === 'press') note(replayed.accept(change.intervalMs, change.atUs));
    },
    check: (nowUs) => {
      if (expected) return null;
      note(mouse.rest(nowUs));
      const found = [...fresh].map((kind) => episodes.get(kind)).filter((one) => one !== undefined);
      fresh.clear();
      const best = found.reduce<Episode | null>(
        (best, one) => (one.strongest.confidence > (best?.strongest.confidence ?? 0) ? one : best),
        null,
      );
      if (best === null) return null;
      const { kind, confidence, evidence } = best.strongest;
      return { kind, confidence, evidence: typeof evidence === 'string' ? evidence : evidence(), ...timesOf(best) };
    },
    reset: () => {
      for (const part of [typed, even, replayed, mouse]) part.reset();
      episodes.clear();
      fresh.clear();
    },
  };
}

type Times = Pick<InjectedFinding, 'firstUs' | 'lastUs' | 'events'>;

/** Findings of one kind that are one: the time and the events of all, the words of the strongest, which are put together when asked for. */
interface Episode extends Times {
  readonly strongest: Found;
}

const timesOf = ({ firstUs, lastUs, events }: Times): Times => ({ firstUs, lastUs, events });

/** The episode so far and what is new of it. While a replay goes on, this is done at every event. */
function joined(before: Episode, finding: Found): Episode {
  // Windows overlap: what lies before the end of the episode is counted already.
  const newShare = Math.min(
    1,
    Math.max(0, (finding.lastUs - before.lastUs) / Math.max(1, finding.lastUs - finding.firstUs)),
  );
  return {
    strongest: finding.confidence >= before.strongest.confidence ? finding : before.strongest,
    firstUs: Math.min(before.firstUs, finding.firstUs),
    lastUs: Math.max(before.lastUs, finding.lastUs),
    events: before.events + Math.round(newShare * finding.events),
  };
}
