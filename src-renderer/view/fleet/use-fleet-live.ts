// The store in, whether what is shown is of now out.
import { useFleet } from '../../fleet/fleet-state.ts';
import { standingSentence } from '../../fleet/fleet-words.ts';

export const useIsFleetLive = (): boolean => useFleet((known) => standingSentence(known, 0) === null);
