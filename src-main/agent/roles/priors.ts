// What a scorer knows of people in general: the shipped priors of the modalities whose windows are vectors.
import type { CentralModality } from './subject-state.ts';
import { loadPrior, type Prior } from '../learn/prior.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../vector-path.ts';
import type { WindowModality } from './packed-window.ts';

/** Without what is about events: a scorer sees none. */
export type CentralPath = Pick<VectorPath<never>, 'modality' | 'table' | 'features' | 'models' | 'prior'>;

export const CENTRAL_PATHS = {
  keystroke: KEYSTROKE_PATH,
  mouse: MOUSE_PATH,
} as const satisfies Record<WindowModality, CentralPath>;

export type Priors = Readonly<Record<WindowModality, Prior>>;

export const isVector = (modality: CentralModality): modality is WindowModality => modality !== 'app';

/** @throws Error that names the file which is missing or malformed. */
export async function loadPriors(modelsDir: string): Promise<Priors> {
  const load = ({ prior, table, features }: CentralPath): Promise<Prior> =>
    loadPrior(modelsDir, prior, table, features);
  return { keystroke: await load(CENTRAL_PATHS.keystroke), mouse: await load(CENTRAL_PATHS.mouse) };
}
