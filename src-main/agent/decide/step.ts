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
  /** While another scorer decides: what the trust of this machine alone has come to, ready to decide again at once. */
  readonly own?: DecisionState;
}

/** What a scorer elsewhere says, where the user lets it decide. */
export interface RemoteTrust {
  /** 0-100. */
  readonly trust: number;
  /** Not said at an earlier step. */
  readonly isNew: boolean;
}

export interface StepInput {
  /** Seconds since the step before. */
  readonly dtS: number;
  /** Whether there is a model to score with. */
  readonly ready: boolean;
  readonly evidence: readonly Evidence[];
  /** The modalities that had anything to say, also those whose say moves nothing. */
  readonly scored: readonly Modality[];
  /** Decides in the place of the trust of this machine. */
  readonly remote?: RemoteTrust;
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

export function step(before: Standing, input: StepInput, settings: StepSettings): Step {
  const { dtS, ready, evidence, scored, remote } = input;
  const fused = fuse(before.trust, dtS, ready ? evidence : [], settings.fusion);
  const trust = ready ? fused.state : before.trust;
  const level = levelOf(trust, ready);
  // A tick without evidence calls for nothing: one doubtful window and then silence must not add up to an alarm.
  const alone = before.own ?? before.machine;
  const decides = evidence.length > 0 || alone.state === 'LEARNING' || level === null;
  const own = decides ? decide(alone, level, settings.decision) : alone;
  const moved = new Map(scored.map((modality) => [modality, fused.points.get(modality) ?? 0]));
  const points = new Map(before.points);
  for (const [modality, by] of moved) points.set(modality, (points.get(modality) ?? 0) + by);
  if (remote === undefined) return { after: { trust, machine: own, points }, moved };
  const machine = remote.isNew ? decide(before.machine, remote.trust, settings.decision) : before.machine;
  return { after: { trust, machine, points, own }, moved };
}

/** The password was typed: trust starts anew, and every alarm ends at once. */
export const unlockedStep = (machine: DecisionState, fusion: FusionSettings): Pick<Standing, 'trust' | 'machine'> => ({
  trust: unknownTrust(fusion),
  machine: reauthenticated(machine),
});
