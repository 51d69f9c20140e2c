// Windows of the synthetic typist in, the time that their vectors take out.
import type { InputEvent } from '../agent/events.ts';
import { graphsOf } from '../agent/features/graphs.ts';
import { mouse79 } from '../agent/features/mouse-79.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import { STROKE_WINDOW_S } from '../agent/stroke-model.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../agent/vector-path.ts';
import { eventWindow } from '../agent/windows.ts';
import type { Figure } from './bench-figure.ts';
import { adaAtWork, withoutPauses } from './bench-stream.ts';
import { cycled, timeMs } from './bench-timing.ts';

const WINDOWS = 100;
const REPEATS = { warmUp: 300, samples: 1000 };

export function featureFigures(): readonly Figure[] {
  const common = { unit: 'ms', better: 'less', statistic: 'median', reference: 40 } as const;
  return [
    { ...common, name: 'features-keystroke', goal: 0.5, measure: () => measureFeatures(KEYSTROKE_PATH) },
    { ...common, name: 'features-mouse', goal: 1, measure: () => measureFeatures(MOUSE_PATH) },
    { ...common, name: 'features-graphs', goal: 0.5, measure: measureGraphs },
    { ...common, name: 'features-strokes', goal: 1, measure: measureStrokes },
  ];
}

async function measureFeatures<E extends { readonly ts: number }>(kind: VectorPath<E>): Promise<readonly number[]> {
  const windows = windowsOf(kind);
  const fallback = new Float32Array(kind.features.length);
  let counted = 0;
  const took = timeMs((call) => (counted += kind.measure(cycled(windows, call), fallback).count), REPEATS);
  if (counted === 0) throw new Error(`nothing was measured in the ${kind.modality} windows`);
  return took;
}

/** What the model of typing is asked about: the times of keys and of pairs of keys. */
async function measureGraphs(): Promise<readonly number[]> {
  const windows = windowsOf(KEYSTROKE_PATH);
  let times = 0;
  const took = timeMs((call) => (times += graphsOf(cycled(windows, call)).length), REPEATS);
  if (times === 0) throw new Error('nothing was timed in the keystroke windows');
  return took;
}

/** What the model of the mouse is asked about: figures of the strokes of fifteen seconds. */
async function measureStrokes(): Promise<readonly number[]> {
  const windows = windowsOf(MOUSE_PATH, STROKE_WINDOW_S * 1e6);
  let strokes = 0;
  const took = timeMs((call) => (strokes += mouse79(cycled(windows, call)).strokes), REPEATS);
  if (strokes === 0) throw new Error('there was no stroke in the mouse windows');
  return took;
}

const windowsOf = <E extends { readonly ts: number }>(
  kind: VectorPath<E>,
  windowUs: number = DEFAULT_SETTINGS.windowUs,
): readonly (readonly E[])[] => fullWindows(withoutPauses(adaAtWork(2), kind.modality), kind, windowUs);

/** In which the person did nothing else: the most that one of them can make. */
function fullWindows<E extends { readonly ts: number }>(
  events: Iterable<InputEvent>,
  { mine }: VectorPath<E>,
  windowUs: number,
): readonly (readonly E[])[] {
  const { hopUs } = DEFAULT_SETTINGS;
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
