// A decision and what it was made from in, whether the same steps make the same decision again out. Pure.
import type { Decision } from '../../../src-preload/contract.ts';
import type { DecisionEvidence } from './evidence-format.ts';
import { levelOf, step, unlockedStep, type Standing } from './step.ts';

/** Points of trust: the exponential of another processor may differ in its last bit. */
const AS_GOOD_AS_EQUAL = 1e-6;

/** @returns what comes out otherwise, the middle of a sentence; null where the decision is the same. */
export function replayDecision(evidence: DecisionEvidence, { from, to, trust, points }: Decision): string | null {
  const made = remade(evidence);
  if (made === null) return 'there is no step that it could come from';
  if (made.from !== from) return `it began at ${made.from} and not at ${from}`;
  if (made.to !== to) return `it leads to ${made.to} and not to ${to}`;
  if (!near(made.trust, trust)) return `trust comes out as ${said(made.trust)} and not as ${said(trust)}`;
  const moved = new Set([...Object.keys(points), ...made.points.keys()]);
  for (const modality of moved) {
    const [now, then] = [made.points.get(modality) ?? null, points[modality] ?? null];
    if (!near(now, then)) return `the points of ${modality} come out as ${said(now)} and not as ${said(then)}`;
  }
  return null;
}

interface Remade extends Pick<Decision, 'from' | 'to' | 'trust'> {
  readonly points: ReadonlyMap<string, number>;
}

function remade(evidence: DecisionEvidence): Remade | null {
  if (evidence.kind === 'unlocked') {
    const { state, ready, fusion } = evidence;
    const { trust, machine } = unlockedStep({ state, recent: [] }, fusion);
    return { from: state, to: machine.state, trust: levelOf(trust, ready), points: new Map() };
  }
  let now: Standing = evidence.from;
  let last: Remade | null = null;
  for (const { input, settings } of evidence.steps) {
    const { after } = step(now, input, settings);
    const [from, to] = [now.machine.state, after.machine.state];
    const trust = input.remote?.trust ?? levelOf(after.trust, input.ready);
    last = { from, to, trust, points: after.points };
    // As the pipeline does it: points are counted from each change on.
    now = from === to ? after : { ...after, points: new Map() };
  }
  return last;
}

const near = (one: number | null, other: number | null): boolean =>
  one === null || other === null ? one === other : Math.abs(one - other) <= AS_GOOD_AS_EQUAL;
const said = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(2));
