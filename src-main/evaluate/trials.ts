// A protocol, a plan and a models folder for each group in, the scores of one case after the other out. Recordings are read and
// windows prepared once, when first needed.
import type { InputEvent } from '../agent/events.ts';
import { messageOf } from '../agent/thrown.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import type { Detector, Enrolled } from './detector.ts';
import type { DetectorKind } from './detectors.ts';
import { impostorLists, type Case } from './plan.ts';
import { readEvents, recordingPath, type Protocol } from './protocol.ts';
import type { SubjectTrials } from './rates.ts';

export interface WindowTrials extends SubjectTrials {
  /** Windows in which the detector found too little; they count with the neutral score 0. */
  readonly unscored: { readonly genuine: number; readonly impostor: number };
}

/** What one detector said in one case: trials by window size in the order of the protocol, or why it could not learn the subject. */
export type DetectorTrials =
  { readonly windows: readonly WindowTrials[]; readonly enrolMs: number } | { readonly failure: string };

export type CaseTrials = Readonly<Record<string, DetectorTrials>>;

export type RecordingReader = (file: string) => Promise<readonly InputEvent[]>;

/** Reads each recording of the protocol once, all its events of the modality. */
export function createReader(protocol: Protocol): RecordingReader {
  const read = new Map<string, Promise<readonly InputEvent[]>>();
  return (file) => {
    const known = read.get(file) ?? readEvents(recordingPath(protocol, file), protocol.modality);
    read.set(file, known);
    return known;
  };
}

export const readList = (read: RecordingReader, files: readonly string[]): Promise<(readonly InputEvent[])[]> =>
  Promise.all(files.map(read));

/** Scores cases of one group. */
export async function createTrials(
  protocol: Protocol,
  read: RecordingReader,
  kinds: readonly DetectorKind[],
  modelsDir: string,
): Promise<(one: Case) => Promise<CaseTrials>> {
  const detectors = await Promise.all(kinds.map((kind) => loaded(kind, modelsDir)));
  const prepare = createPreparation(protocol, read);
  const enrolment = (subject: string) => readList(read, protocol.enrol[subject] ?? []);
  return async (one) => {
    const own = await enrolment(one.subject);
    const background = await Promise.all(one.background.map(enrolment));
    const trials: Record<string, DetectorTrials> = {};
    for (const { name, detector } of detectors) {
      if (typeof detector === 'string') {
        trials[name] = { failure: detector };
        continue;
      }
      const startMs = performance.now();
      // People whom a detector can't learn are left out and counted; why, stands in the result.
      const enrolled = await detector.enrol(own, background).catch((error: unknown) => messageOf(error));
      const enrolMs = performance.now() - startMs;
      trials[name] =
        typeof enrolled === 'string'
          ? { failure: enrolled }
          : { windows: await scoreWindows(protocol, one, enrolled, (...of) => prepare(detector, ...of)), enrolMs };
    }
    return trials;
  };
}

/** A detector whose prior is missing or refused learns nobody, and the result says why. */
const loaded = async (kind: DetectorKind, modelsDir: string) => ({
  name: kind.name,
  detector: await kind.load(modelsDir).catch((error: unknown) => messageOf(error)),
});

type Prepare = (files: readonly string[], size: number) => Promise<readonly unknown[]>;

function createPreparation(protocol: Protocol, read: RecordingReader) {
  const prepared = new Map<string, Promise<readonly unknown[]>>();
  const make = async (detector: Detector, files: readonly string[], size: number): Promise<readonly unknown[]> =>
    cutDecisionWindows(await readList(read, files), protocol.window, size).map(detector.prepare);
  return (detector: Detector, files: readonly string[], size: number): Promise<readonly unknown[]> => {
    const key = [detector.name, size, ...files].join('\n');
    const known = prepared.get(key) ?? make(detector, files, size);
    prepared.set(key, known);
    return known;
  };
}

async function scoreWindows(
  protocol: Protocol,
  one: Case,
  enrolled: Enrolled<unknown>,
  prepare: Prepare,
): Promise<WindowTrials[]> {
  const lists = impostorLists(protocol, one);
  const trials: WindowTrials[] = [];
  for (const size of protocol.window.sizes) {
    const genuine = scored(enrolled, await prepare(protocol.genuine[one.subject] ?? [], size));
    const windows: unknown[] = [];
    for (const list of lists) windows.push(...(await prepare(list, size)));
    const impostor = scored(enrolled, windows);
    trials.push({
      genuine: genuine.scores,
      impostor: impostor.scores,
      unscored: { genuine: genuine.unscored, impostor: impostor.unscored },
    });
  }
  return trials;
}

/** Where a detector finds too little to say anything, the product goes on as if nothing had happened: a ratio of 0. */
function scored(enrolled: Enrolled<unknown>, windows: readonly unknown[]) {
  let unscored = 0;
  const scores = Float64Array.from(windows, (window) => {
    const score = enrolled.score(window);
    if (score === null) unscored += 1;
    return score ?? 0;
  });
  return { scores, unscored };
}
