// Every step in; when one of them decided something, what it was decided from out: the standing some steps before, and each step since.
// A step costs the keeping of what is there anyway; only a decision is put into bytes.
import { encodeEvidence, type RecordedStep } from './evidence-format.ts';
import type { DecisionState } from './state-machine.ts';
import type { Standing, StepInput, StepSettings } from './step.ts';

export interface EvidenceRecorder {
  readonly add: (before: Standing, input: StepInput, settings: StepSettings) => void;
  /** Of the decision that the last step made. @returns undefined where there have been too many decisions lately to keep all that. */
  readonly take: (nowMs: number) => Uint8Array | undefined;
  /** Of the decision that unlocking the screen makes. What comes next does not go on from the steps before. */
  readonly unlocked: (before: DecisionState, ready: boolean, settings: StepSettings) => Uint8Array;
  readonly clear: () => void;
}

/** A change of state takes three ticks with something to say; silent ones may lie between. */
const MOST_STEPS = 30;
/** Five ticks against a crowd of a thousand: 20 kB. */
const MOST_RATIOS = 5000;
/** A session that flaps would fill the disk: 3 MB. */
const MOST_AN_HOUR = 100;
const HOUR_MS = 3_600_000;

const ratiosOf = ({ evidence }: StepInput): number =>
  evidence.reduce((sum, said) => sum + ('against' in said ? said.against.length : 0), 0);

export function createEvidenceRecorder(version: string): EvidenceRecorder {
  let kept: (RecordedStep & { readonly before: Standing })[] = [];
  let ratios = 0;
  let takenMs: number[] = [];
  const clear = (): void => {
    kept = [];
    ratios = 0;
  };
  return {
    add: (before, input, settings) => {
      kept.push({ before, input, settings });
      ratios += ratiosOf(input);
      while (kept.length > 1 && (kept.length > MOST_STEPS || ratios > MOST_RATIOS)) {
        const oldest = kept.shift();
        if (oldest !== undefined) ratios -= ratiosOf(oldest.input);
      }
    },
    take: (nowMs) => {
      const [first] = kept;
      takenMs = takenMs.filter((ms) => Math.abs(nowMs - ms) < HOUR_MS);
      if (first === undefined || takenMs.length >= MOST_AN_HOUR) return undefined;
      takenMs.push(nowMs);
      const steps = kept.map(({ input, settings }) => ({ input, settings }));
      return encodeEvidence({ version, kind: 'ticks', from: first.before, steps });
    },
    unlocked: ({ state }, ready, { fusion }) => {
      clear();
      return encodeEvidence({ version, kind: 'unlocked', state, ready, fusion });
    },
    clear,
  };
}
