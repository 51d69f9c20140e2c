// One tick of fusion and decision: what stood before and what was said now in, what stands after it out. Pure, and all that a decision
// is made from: the agent takes this step live, and the verification of the audit log takes it again.
import type { Modality } from '../../../src-preload/contract.ts';
import { fuse, trustOf, unknownTrust, type Evidence, type TrustState } from '../fuse/trust-filter.ts';
import type { DecisionSettings, FusionSettings } from '../settings.ts';
import { decide, reauthenticated, type DecisionState } from './state-machine.ts';

export interface Standing {
  readonly trust: TrustState;
  readonly machine: DecisionState;
  /** Points of trust that each modality has moved since the last change of state. */
  readonly points: ReadonlyMap<Modality, number>;
}

export interface StepInput {
  /** Seconds since the step before. */
  readonly dtS: number;
  /** Whether there is a model to score with. */
  readonly ready: boolean;
  readonly evidence: readonly Evidence[];
  /** The modalities that had anything to say, also those whose say moves nothing. */
  readonly scored: readonly Modality[];
}

export interface StepSettings {
  readonly fusion: FusionSettings;
  readonly decision: DecisionSettings;
}

export interface Step {
  readonly after: Standing;
  /** Points of trust that each of `scored` moved. */
  readonly moved: ReadonlyMap<Modality, number>;
}

/** 0-100; null while there is nothing to score with. */
export const levelOf = (trust: TrustState, ready: boolean): number | null => (ready ? trustOf(trust).trust : null);

export function step(before: Standing, { dtS, ready, evidence, scored }: StepInput, settings: StepSettings): Step {
  const fused = fuse(before.trust, dtS, ready ? evidence : [], settings.fusion);
  const trust = ready ? fused.state : before.trust;
  const level = levelOf(trust, ready);
  // A tick without evidence calls for nothing: one doubtful window and then silence must not add up to an alarm.
  const decides = evidence.length > 0 || before.machine.state === 'LEARNING' || level === null;
  const machine = decides ? decide(before.machine, level, settings.decision) : before.machine;
  const moved = new Map(scored.map((modality) => [modality, fused.points.get(modality) ?? 0]));
  const points = new Map(before.points);
  for (const [modality, by] of moved) points.set(modality, (points.get(modality) ?? 0) + by);
  return { after: { trust, machine, points }, moved };
}

/** The password was typed: trust starts anew, and every alarm ends at once. */
export const unlockedStep = (machine: DecisionState, fusion: FusionSettings): Pick<Standing, 'trust' | 'machine'> => ({
  trust: unknownTrust(fusion),
  machine: reauthenticated(machine),
});
