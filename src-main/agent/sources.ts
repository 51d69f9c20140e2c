// Collectors in, their events onto the bus and what is missing onto the dashboard out. One failing collector leaves the others alone.
import type { AgentOptions, Modality } from '../../src-preload/contract.ts';
import type { Availability, Collector } from './collect/collector.ts';
import { liveCollectors, replayCollector, syntheticCollector } from './collect/index.ts';
import type { InputEvent } from './events.ts';
import type { Clock } from './ticker.ts';
import { messageOf } from './thrown.ts';

export interface Sources {
  /** null while the source of this modality works. */
  readonly missing: (modality: Modality) => { readonly reason: string; readonly fix: string } | null;
  readonly stop: () => Promise<void>;
}

export interface SourcesParts {
  readonly publish: (event: InputEvent) => void;
  readonly refuse: (reason: string) => void;
  readonly changed: () => void;
}

export async function startSources(collectors: readonly Collector[], parts: SourcesParts): Promise<Sources> {
  const health = new Map<Collector, Availability>();
  await Promise.all(collectors.map(async (collector) => health.set(collector, await begin(collector, parts, health))));
  return {
    missing: (modality) => {
      const mine = collectors.filter(({ modalities }) => modalities.includes(modality));
      const states = mine.map((collector) => health.get(collector));
      if (states.some((state) => state?.ok === true)) return null;
      const broken = states.find((state) => state !== undefined && !state.ok);
      if (broken !== undefined && !broken.ok) return { reason: broken.reason, fix: broken.fix };
      return { reason: `this source has no ${modality} events`, fix: 'Run SecLyzer on live input.' };
    },
    stop: async () => {
      await Promise.allSettled(collectors.map((collector) => collector.stop()));
    },
  };
}

async function begin(
  collector: Collector,
  parts: SourcesParts,
  health: Map<Collector, Availability>,
): Promise<Availability> {
  const found = await collector.available();
  if (!found.ok) return found;
  try {
    await collector.start({
      publish: parts.publish,
      refuse: parts.refuse,
      report: (availability) => {
        health.set(collector, availability);
        parts.changed();
      },
    });
    return health.get(collector) ?? found;
  } catch (error) {
    return { ok: false, reason: `${collector.name}: ${messageOf(error)}`, fix: 'See seclyzer doctor.' };
  }
}

const WALL_CLOCK: Clock = { nowUs: () => Date.now() * 1000, speed: 1 };

export interface ChosenSource {
  readonly collectors: readonly Collector[];
  /** The clock of their events: the wall clock, or that of a replay. */
  readonly clock: Clock;
}

/** Starts nothing yet. */
export function chooseSource(source: AgentOptions['source']): ChosenSource {
  switch (source.kind) {
    case 'live':
      return { collectors: liveCollectors(process.env), clock: WALL_CLOCK };
    case 'replay': {
      const replay = replayCollector(source.files, source.speed);
      return { collectors: [replay], clock: { nowUs: replay.nowUs, speed: source.speed } };
    }
    case 'synthetic':
      return { collectors: [syntheticCollector(source.typist)], clock: WALL_CLOCK };
    default:
      throw new Error(`unknown source ${JSON.stringify(source satisfies never)}`);
  }
}
