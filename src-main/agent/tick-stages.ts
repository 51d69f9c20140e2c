// The stages of the running agent in, what happens at each tick out, in its order.
import type { PartTimes } from './budget/part-times.ts';
import type { Pipeline, Tick } from './pipeline.ts';
import type { Tap } from './publish/outlets/tap.ts';
import type { Upkeep, WriteDown } from './write-down.ts';

interface Ticked {
  readonly tick: (tick: Tick) => void;
}

export interface TickStages {
  /** Of the settings: a tick stands for one or more of them. */
  readonly hopUs: number;
  readonly times: Pick<PartTimes, 'timeAsync'>;
  readonly intake: { readonly drain: () => void };
  readonly injected: { readonly tick: (nowUs: number) => void };
  readonly pipeline: Pick<Pipeline, 'tick'>;
  readonly take: (tick: Tick) => void;
  readonly tap: Pick<Tap, 'tick'>;
  readonly protection: Ticked;
  readonly learning: Ticked;
  readonly governor: { readonly tick: () => void };
  readonly tell: () => void;
  readonly writeDown: Pick<WriteDown, 'flush'>;
  readonly upkeep: Pick<Upkeep, 'ifDue'>;
}

/** @returns what the ticker calls, with the distance of the grid that the tick is on: a whole number of hops. */
export function tickStages(stages: TickStages): (nowUs: number, gridUs: number) => Promise<void> {
  const { hopUs, times, intake, injected, pipeline, take, tap, protection, learning, governor, tell } = stages;
  return async (nowUs, gridUs) => {
    try {
      intake.drain();
      injected.tick(nowUs);
      const tick = await times.timeAsync('scoring', () => pipeline.tick(nowUs, gridUs / hopUs));
      take(tick);
      tap.tick(tick, nowUs);
      protection.tick(tick);
      learning.tick(tick);
      governor.tick();
      tell();
    } finally {
      // Last, so that a full disk stops nothing but the writing; what could not be written waits for the next tick. And whatever has failed, for
      // what the host monitor has read waits for this as well.
      stages.writeDown.flush();
      stages.upkeep.ifDue();
    }
  };
}
