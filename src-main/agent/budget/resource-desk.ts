// What the page Resources asks of the agent.
import type { ResourceSeries, ResourceView } from '../../../src-preload/contract.ts';

export interface ResourceDesk {
  readonly view: () => ResourceView;
  /** Somebody looks: for a while every measurement is pushed. */
  readonly look: () => void;
  /** Of the minutes up to a moment, by default the present. */
  readonly history: (minutes: number, toMs?: number) => ResourceSeries[];
}
