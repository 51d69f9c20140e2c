// The scores of several detectors on the same windows in, their weighted sums beside them out. Pure.
import type { FusedKind } from './detectors.ts';
import type { CaseTrials, DetectorTrials, WindowTrials } from './trials.ts';

/** Adds an entry for each fusion; it fails where one of its detectors failed. */
export function fuseTrials(trials: CaseTrials, fusions: readonly FusedKind[]): CaseTrials {
  return { ...trials, ...Object.fromEntries(fusions.map((fusion) => [fusion.name, fused(trials, fusion)])) };
}

function fused(trials: CaseTrials, { name, weights }: FusedKind): DetectorTrials {
  const members: { readonly weight: number; readonly windows: readonly WindowTrials[] }[] = [];
  for (const [member, weight] of Object.entries(weights)) {
    const said = trials[member];
    if (said === undefined) return { failure: `${name} needs ${member}` };
    if ('failure' in said) return said;
    members.push({ weight, windows: said.windows });
  }
  const sizes = members[0]?.windows ?? [];
  const sum = (size: number, side: 'genuine' | 'impostor'): Float64Array =>
    (sizes[size]?.[side] ?? new Float64Array()).map((_, k) =>
      members.reduce((total, { weight, windows }) => total + weight * (windows[size]?.[side][k] ?? 0), 0),
    );
  // Only a window in which nobody found enough is unscored; as many as the best of them left out, at most.
  const least = (size: number, side: 'genuine' | 'impostor'): number =>
    Math.min(...members.map(({ windows }) => windows[size]?.unscored[side] ?? 0));
  const windows = sizes.map((_, i) => ({
    genuine: sum(i, 'genuine'),
    impostor: sum(i, 'impostor'),
    unscored: { genuine: least(i, 'genuine'), impostor: least(i, 'impostor') },
  }));
  return { windows, enrolMs: 0 };
}
