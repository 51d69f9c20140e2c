// What every source of events is: a record of functions. A new collector is one file here plus one line in index.ts.
import type { Modality } from '../../../src-preload/contract.ts';
import type { InputEvent } from '../events.ts';
import type { InjectedFinding } from '../infer/injected-finding.ts';

/** Whether a source works on this machine; if not, why, and the one thing to do about it. */
export type Availability =
  | {
      readonly ok: true;
      /** What it does not see, or sees otherwise than one would think. */
      readonly note?: string;
      /** By what means, where there are several: `XInput2`. */
      readonly through?: string;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly fix: string;
      /** It has done what it was there for: starting it again would be something else. */
      readonly final?: true;
    };

export interface CollectorSink {
  /** Hands over one event. Never throws, never blocks. */
  readonly publish: (event: InputEvent) => void;
  /** Tells that the source has gone (or has come back) after `start`. */
  readonly report: (availability: Availability) => void;
  /** Counts an event that the source could not turn into a valid one. The reason never repeats its content. */
  readonly refuse: (reason: string) => void;
  /** Tells of input that no hand made, where the source itself knows: a device that a program has made. */
  readonly suspect?: (finding: InjectedFinding) => void;
}

export interface Collector {
  /** For messages and the doctor: `keyboard`, `mouse`, `application focus`, `replay`, `synthetic typist`. */
  readonly name: string;
  readonly modalities: readonly Modality[];
  /** Looks, without side effects, whether `start` can work. Never throws. */
  readonly available: () => Promise<Availability>;
  /** Begins to publish. Rejects with a readable reason when it can't. */
  readonly start: (sink: CollectorSink) => Promise<void>;
  /** Ends within a second; safe to call twice and before `start`. */
  readonly stop: () => Promise<void>;
}
