// The calls of the contract, answered by the agent's parts.
import type { Handlers, Snapshot } from '../../src-preload/contract.ts';
import type { Journal } from './journal.ts';
import type { Pipeline } from './pipeline.ts';
import type { Store } from './store/store.ts';

export interface HandlerParts {
  readonly snapshot: () => Snapshot;
  readonly store: Store;
  readonly pipeline: Pipeline;
  readonly journal: Journal;
  /** The present on the clock of the events. */
  readonly nowMs: () => number;
}

/** More points than a chart can show would only cost time. */
const CHART_POINTS = 300;

export function createHandlers({ snapshot, store, pipeline, journal, nowMs }: HandlerParts): Handlers {
  return {
    snapshot: () => Promise.resolve(snapshot()),
    trustHistory: ({ minutes }) => {
      const toMs = nowMs();
      return Promise.resolve([...store.trust(toMs - minutes * 60_000, toMs, CHART_POINTS)]);
    },
    decisions: ({ limit }) => Promise.resolve([...store.decisions(limit)]),
    train: async () => {
      const sentences = await pipeline.train(Math.round(nowMs()));
      store.flush();
      return [...sentences];
    },
    restartEnrolment: async () => {
      await pipeline.reset();
      journal.restart(pipeline.point(nowMs()));
      store.flush();
      return null;
    },
  };
}
