// One moment of the past, explained. In: what the agent kept of it and the line of trust around it. Out: points and trust, in figures.
import type { Modality, Said, TrustPoint } from '../src-preload/contract.ts';
import { MODALITIES } from '../src-preload/contract.ts';

const MINUTE_MS = 60_000;
/** Before and after are told a minute off; the line is read that far on both sides, and a little more for its nearest point. */
export const AROUND_MS = MINUTE_MS;
export const AROUND_MINUTES = 3;
/** A point further off than that says nothing of the moment. */
const NEAR_MS = 30_000;

/** Points of trust that each modality moved; null for one that said nothing. */
export function pointsMoved(said: readonly Said[]): Readonly<Record<Modality, number | null>> {
  const moved = (modality: Modality): number | null => {
    const own = said.filter((one) => one.modality === modality);
    return own.length === 0 ? null : own.reduce((sum, { points }) => sum + points, 0);
  };
  return Object.fromEntries(MODALITIES.map((modality) => [modality, moved(modality)])) as Record<
    Modality,
    number | null
  >;
}

/** The point nearest to a moment; null where none is near. */
export function pointNear(points: readonly TrustPoint[], atMs: number): TrustPoint | null {
  const distance = (point: TrustPoint): number => Math.abs(point.atMs - atMs);
  const [nearest] = points.filter((point) => distance(point) <= NEAR_MS).toSorted((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

export interface BeforeAndAfter {
  readonly before: TrustPoint | null;
  readonly after: TrustPoint | null;
}

/** A minute earlier and a minute later. */
export const beforeAndAfter = (points: readonly TrustPoint[], atMs: number): BeforeAndAfter => ({
  before: pointNear(points, atMs - AROUND_MS),
  after: pointNear(points, atMs + AROUND_MS),
});
