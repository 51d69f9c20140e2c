// The running parts of an agent in; all of them stopped, and everything written down, out.
import type { Audit } from './audit.ts';
import { recordStop } from './run-record.ts';
import type { Store } from './store/store.ts';
import type { WriteDown } from './write-down.ts';

interface Stopped {
  readonly stop: () => void | Promise<void>;
}

export interface RunningParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly writeDown: Pick<WriteDown, 'flush'>;
  readonly drill: Stopped;
  readonly protection: Stopped;
  readonly sources: Stopped;
  readonly companions: Stopped;
  readonly intake: Stopped;
  readonly ticker: Stopped;
  /** Of what is told once a second at most. */
  readonly waiting: readonly Stopped[];
  readonly log: Stopped;
  readonly abandonTraining: () => void;
  readonly pipeline: { readonly settled: () => Promise<unknown> };
  readonly tracks: readonly { readonly release: () => Promise<void> }[];
  readonly endMeasuring: () => void;
  readonly close: () => void;
}

export async function windDown(parts: RunningParts): Promise<void> {
  const drillEnds = parts.drill.stop();
  recordStop(parts.store, parts.audit);
  // First, for whoever stops it may not wait for the rest.
  parts.writeDown.flush();
  await drillEnds;
  await parts.protection.stop();
  await parts.sources.stop();
  await parts.companions.stop();
  await parts.intake.stop();
  await parts.ticker.stop();
  for (const waiting of parts.waiting) await waiting.stop();
  await parts.log.stop();
  parts.abandonTraining();
  await parts.pipeline.settled();
  for (const track of parts.tracks) await track.release();
  parts.endMeasuring();
  parts.close();
}
