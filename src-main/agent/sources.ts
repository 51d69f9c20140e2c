// Collectors in, their events onto the bus and what is missing onto the dashboard out. One failing collector leaves the others
// alone; what the user has turned off is neither collected nor passed on.
import type { AgentOptions, Modality } from '../../src-preload/contract.ts';
import type { Collector } from './collect/collector.ts';
import {
  liveCollectors,
  outsideCollector,
  replayCollector,
  syntheticCollector,
  type LiveOptions,
  type OutsideCollector,
} from './collect/index.ts';
import { keepRunning, SYSTEM_ALARM, type Alarm, type KeptCollector } from './collect/keep-running.ts';
import type { InputEvent } from './events.ts';
import type { InjectedFinding } from './infer/injected-finding.ts';
import type { Clock } from './ticker.ts';

export interface Missing {
  readonly reason: string;
  readonly fix: string;
}

export interface Sources {
  /** null while the source of this modality works. */
  readonly missing: (modality: Modality) => Missing | null;
  /** By what means this modality is seen, where its source says. */
  readonly through: (modality: Modality) => string | null;
  /** Starts what is wanted now and stops what is not. Never rejects: what can't be started is `missing`. */
  readonly apply: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface SourcesParts {
  /** Why something is not to be watched; by default because the user has turned it off. */
  readonly whyNot?: (modality: Modality) => Missing;
  /** What is to be watched at this moment. */
  readonly wanted: (modality: Modality) => boolean;
  readonly publish: (event: InputEvent) => void;
  readonly refuse: (reason: string) => void;
  readonly suspect?: (finding: InjectedFinding) => void;
  /** How a source that works does so, in a sentence; null where there is nothing to say of it. */
  readonly noted?: (source: string, note: string | null) => void;
  /** `missing` may answer differently now. */
  readonly changed: () => void;
  /** When a failed source is tried again, and a slow one no longer waited for. */
  readonly alarm?: Alarm;
}

/** One that takes longer to start or stop does so on its own. */
const PATIENCE_MS = 5000;

/** Who reads an event: what is written comes from the keys that are typed. */
const READ_BY = {
  keystroke: ['keystroke', 'linguistic'],
  mouse: ['mouse'],
  app: ['app'],
} as const satisfies Record<InputEvent['type'], readonly Modality[]>;

export const TURNED_OFF: Missing = { reason: 'turned off in the settings', fix: 'Turn it on under Settings.' };

export async function startSources(collectors: readonly Collector[], parts: SourcesParts): Promise<Sources> {
  const { wanted, publish, refuse, changed, alarm = SYSTEM_ALARM, whyNot = () => TURNED_OFF } = parts;
  const sink = {
    // At the very moment of the change, also where one collector has several modalities.
    publish: (event: InputEvent): void => {
      if (READ_BY[event.type].some(wanted)) publish(event);
    },
    refuse,
    ...(parts.suspect === undefined ? {} : { suspect: parts.suspect }),
  };
  let complete = false;
  const note = (): void => {
    for (const { collector, health } of kept) {
      const now = health();
      parts.noted?.(collector.name, now.ok ? (now.note ?? null) : null);
    }
  };
  const kept = collectors.map((collector) =>
    keepRunning(collector, {
      sink,
      wanted: () => collector.modalities.some(wanted),
      // Before there is an answer to `missing`, nobody can ask for it.
      changed: () => {
        if (!complete) return;
        note();
        changed();
      },
      alarm,
    }),
  );
  const all = async (settle: (one: KeptCollector) => Promise<void>): Promise<void> => {
    const patience = Promise.withResolvers<void>();
    const cancel = alarm.after(PATIENCE_MS, patience.resolve);
    await Promise.race([Promise.all(kept.map(settle)), patience.promise]);
    cancel();
  };
  const apply = (): Promise<void> => all((one) => one.settle());
  await apply();
  complete = true;
  note();
  return {
    missing: (modality) => (wanted(modality) ? missingAmong(kept, modality) : whyNot(modality)),
    through: (modality) => (wanted(modality) ? throughAmong(kept, modality) : null),
    apply,
    stop: () => all((one) => one.stop()),
  };
}

const healthOf = (kept: readonly KeptCollector[], modality: Modality) =>
  kept.filter(({ collector }) => collector.modalities.includes(modality)).map(({ health }) => health());

function throughAmong(kept: readonly KeptCollector[], modality: Modality): string | null {
  const works = healthOf(kept, modality).find((health) => health.ok);
  return works?.ok === true ? (works.through ?? null) : null;
}

function missingAmong(kept: readonly KeptCollector[], modality: Modality): Missing | null {
  const mine = healthOf(kept, modality);
  if (mine.some(({ ok }) => ok)) return null;
  const broken = mine.find((health) => !health.ok);
  if (broken !== undefined) return { reason: broken.reason, fix: broken.fix };
  return { reason: `this source has no ${modality} events`, fix: 'Run SecLyzer on live input.' };
}

const NOT_FROM_OUTSIDE = { takeInput: null, fromRedis: null };
const WALL_CLOCK: Clock = { nowUs: () => Date.now() * 1000, speed: 1 };

export interface ChosenSource {
  readonly collectors: readonly Collector[];
  /** The clock of their events: the wall clock, or that of a replay. */
  readonly clock: Clock;
  /** Takes events that come over the API; null where that is not the source. */
  readonly takeInput: ((event: InputEvent) => string | null) | null;
  /** Takes those that come over Redis; null where that is not the source. */
  readonly fromRedis: OutsideCollector | null;
}

/** Starts nothing yet. */
export function chooseSource(source: AgentOptions['source'], live: LiveOptions = {}): ChosenSource {
  switch (source.kind) {
    case 'live':
      return { collectors: liveCollectors(process.env, live), clock: WALL_CLOCK, ...NOT_FROM_OUTSIDE };
    case 'replay': {
      const replay = replayCollector(source.files, source.speed);
      return { collectors: [replay], clock: { nowUs: replay.nowUs, speed: source.speed }, ...NOT_FROM_OUTSIDE };
    }
    case 'synthetic':
      return { collectors: [syntheticCollector(source.typist)], clock: WALL_CLOCK, ...NOT_FROM_OUTSIDE };
    case 'api': {
      const outside = outsideCollector('API');
      return { collectors: [outside], clock: WALL_CLOCK, ...NOT_FROM_OUTSIDE, takeInput: outside.take };
    }
    case 'redis': {
      const fromRedis = outsideCollector('Redis');
      return { collectors: [fromRedis], clock: WALL_CLOCK, ...NOT_FROM_OUTSIDE, fromRedis };
    }
    default:
      throw new Error(`unknown source ${JSON.stringify(source satisfies never)}`);
  }
}
