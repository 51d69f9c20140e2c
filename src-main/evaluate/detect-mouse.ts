// The mouse scorer as the evaluation knows it: enrolment recordings in, calibrated log-likelihood ratios of windows out.
import type { MouseEvent } from '../agent/events.ts';
import { mouseScorer, type MouseScorer } from '../agent/infer/mouse-score.ts';
import type { MousePrior, MouseWindowPrior } from '../agent/learn/mouse-prior.ts';
import { mouseProfileOf, type MouseWindow } from '../agent/learn/mouse-profile.ts';
import type { Detector, Enrolment } from './detector.ts';
import { measured, mouseActivityOf } from './mouse-windows.ts';

export interface MouseDetectorOptions {
  /** Step of the enrolment's windows, seconds of activity; their length where left out, which measures best. */
  readonly hopS?: number;
}

export interface PreparedMouse {
  readonly seconds: number;
  /** Null below three strokes. */
  readonly window: MouseWindow | null;
}

/** Knows of other people what the prior says, whatever background it is offered. */
export function mouseDetector(prior: MousePrior, { hopS }: MouseDetectorOptions = {}): Detector<PreparedMouse> {
  return {
    name: 'mouse-strokes',
    modality: 'mouse',
    prepare: ({ pieces, size }) => {
      const events = pieces.flat().filter((event): event is MouseEvent => event.type === 'mouse');
      return { seconds: size, window: measured(events) };
    },
    enrol: (own) => {
      const scorers = new Map<number, MouseScorer | null>();
      const scorerFor = (seconds: number): MouseScorer | null => {
        const known = scorers.get(seconds);
        const scorer = known === undefined ? scorerOf(own, hopS, prior.forSeconds(seconds)) : known;
        scorers.set(seconds, scorer);
        return scorer;
      };
      return Promise.resolve({
        score: ({ seconds, window }) => (window === null ? null : (scorerFor(seconds)?.llr(window) ?? null)),
      });
    },
  };
}

/** Null for an enrolment of fewer than two windows. */
function scorerOf(own: Enrolment, hopS: number | undefined, prior: MouseWindowPrior): MouseScorer | null {
  const { windows, activeS } = mouseActivityOf(own, prior.seconds, hopS ?? prior.seconds);
  return windows.length < 2 ? null : mouseScorer(prior, mouseProfileOf(windows, activeS, prior));
}
