// Windows of the synthetic typist in, the time that their vectors take out.
import type { InputEvent } from '../agent/events.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../agent/vector-path.ts';
import { eventWindow } from '../agent/windows.ts';
import type { Figure } from './bench-figure.ts';
import { adaAtWork, withoutPauses } from './bench-stream.ts';
import { cycled, timeMs } from './bench-timing.ts';

const WINDOWS = 100;

export function featureFigures(): readonly Figure[] {
  const common = { unit: 'ms', better: 'less', statistic: 'median', reference: 40 } as const;
  return [
    { ...common, name: 'features-keystroke', goal: 0.5, measure: () => measureFeatures(KEYSTROKE_PATH) },
    { ...common, name: 'features-mouse', goal: 1, measure: () => measureFeatures(MOUSE_PATH) },
  ];
}

async function measureFeatures<E extends { readonly ts: number }>(kind: VectorPath<E>): Promise<readonly number[]> {
  const windows = fullWindows(withoutPauses(adaAtWork(2), kind.modality), kind);
  const fallback = new Float32Array(kind.features.length);
  let counted = 0;
  const took = timeMs((call) => (counted += kind.measure(cycled(windows, call), fallback).count), {
    warmUp: 300,
    samples: 1000,
  });
  if (counted === 0) throw new Error(`nothing was measured in the ${kind.modality} windows`);
  return took;
}

/** Thirty seconds each in which the person did nothing else: the most that one of them can make. */
function fullWindows<E extends { readonly ts: number }>(
  events: Iterable<InputEvent>,
  { mine }: VectorPath<E>,
): readonly (readonly E[])[] {
  const { windowUs, hopUs } = DEFAULT_SETTINGS;
  const recent = eventWindow<E>(windowUs);
  const windows: (readonly E[])[] = [];
  let nextUs: number | null = null;
  for (const event of events) {
    nextUs ??= event.ts + windowUs;
    for (; event.ts > nextUs; nextUs += hopUs) windows.push([...recent.until(nextUs)]);
    if (windows.length >= WINDOWS) break;
    const own = mine(event);
    if (own !== null) recent.push(own);
  }
  return windows;
}
