// Builds models/prior-keystroke.json and models/prior-mouse.json from recordings: aggregate statistics of many people, nobody's
// samples. Run: node src-main/evaluate/build-prior.ts RECORDINGS_DIR MODELS_DIR
// The calibration is measured on people whom the prior has not seen: two halves, each scored with the other half's prior.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { equalErrorRate, ratesAt } from '../agent/learn/error-rates.ts';
import { fitLogistic } from '../agent/learn/logistic.ts';
import { filled } from '../agent/learn/negatives.ts';
import { priorOf, type Prior, type PriorFile } from '../agent/learn/prior.ts';
import { trainVectorModel } from '../agent/learn/train-vector-model.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import { KEYSTROKE_PATH, MOUSE_PATH, type ModelKind, type VectorPath } from '../agent/vector-path.ts';
import { populationOf } from './population.ts';
import { readProtocol, windowsOf, type CutWindow, type Protocol } from './recorded-windows.ts';

interface Subject {
  readonly id: string;
  readonly enrol: readonly CutWindow[];
  /** Windows that share nothing with each other. */
  readonly test: readonly CutWindow[];
}

/** Scores on the scale that the calibration starts from: about 1 for the owner, about 0 for somebody else. */
interface Trials {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const SOURCES = {
  bbmas: {
    name: 'SU-AIS BB-MAS, desktop keystrokes, 58 people',
    citation: 'A. Belman et al., SU-AIS BB-MAS Dataset, IEEE DataPort 2019',
    licence: 'IEEE DataPort open access; terms of the mirror not stated; only aggregate statistics are contained here',
  },
  sapimouse: {
    name: 'SapiMouse, 59 people',
    citation: 'M. Antal, N. Fejer, K. Buza, SapiMouse, SACI 2021, doi 10.1109/SACI51354.2021.9465583',
    licence: 'repository Apache-2.0, terms of the data not stated; only aggregate statistics are contained here',
  },
} as const;

const UNCALIBRATED = { slope: 1, intercept: -0.5, measured: 'not yet' };

async function subjectsOf<E extends { readonly ts: number }>(
  protocol: Protocol,
  modality: VectorPath<E>,
): Promise<Subject[]> {
  const { hopUs, windowUs } = DEFAULT_SETTINGS;
  const cut = async (files: readonly string[] | undefined, hop: number): Promise<CutWindow[]> => {
    const parts = await Promise.all(
      (files ?? []).map((file) => windowsOf(path.join(protocol.folder, file), modality, hop)),
    );
    return parts.flat();
  };
  const subjects: Subject[] = [];
  for (const id of Object.keys(protocol.enrol)) {
    subjects.push({ id, enrol: await cut(protocol.enrol[id], hopUs), test: await cut(protocol.genuine[id], windowUs) });
  }
  return subjects;
}

function priorFile<E>(subjects: readonly Subject[], modality: VectorPath<E>, source: keyof typeof SOURCES): PriorFile {
  const people = subjects.map(({ enrol, test }) => [...enrol, ...test].map(({ vector }) => vector));
  const windows = people.reduce((sum, person) => sum + person.length, 0);
  return {
    format: 1,
    table: modality.table,
    people: people.length,
    windows,
    sources: [SOURCES[source]],
    ...populationOf(people, modality.features),
    calibration: Object.fromEntries(modality.models.map(({ name }) => [name, UNCALIBRATED])),
  };
}

/** Scores of each subject of `scored`, trained with nothing but his own enrolment and the prior. */
async function trialsOf<E>(
  scored: readonly Subject[],
  prior: Prior,
  modality: VectorPath<E>,
  kind: ModelKind,
): Promise<Trials[]> {
  const fill = (windows: readonly CutWindow[]): CutWindow[] =>
    windows.map((w) => ({ ...w, vector: filled(w.vector, prior) }));
  const tests = scored.map(({ test }) => fill(test));
  const trials: Trials[] = [];
  for (const [i, subject] of scored.entries()) {
    const common = { windowUs: DEFAULT_SETTINGS.windowUs, features: modality.features, prior, seed: 1 };
    const task = {
      ...common,
      name: kind.name,
      windows: fill(subject.enrol),
      fit: kind.fit,
      pause: () => Promise.resolve(),
    };
    const { model, calibration } = await trainVectorModel(task);
    const score = ({ vector }: CutWindow): number => (model.score(vector) - calibration.center) / calibration.scale;
    const impostor = tests.filter((_, j) => j !== i).flatMap((windows) => windows.map(score));
    trials.push({ genuine: (tests[i] ?? []).map(score), impostor });
    if (process.stderr.isTTY) process.stderr.write(`\r${kind.name}: ${trials.length}/${scored.length} `);
  }
  return trials;
}

function calibrationOf(trials: readonly Trials[]): PriorFile['calibration'][string] {
  const genuine = trials.flatMap((one) => one.genuine);
  const impostor = trials.flatMap((one) => one.impostor);
  const { slope, intercept } = fitLogistic(genuine, impostor);
  const eers = trials.filter((one) => one.genuine.length > 0).map((one) => equalErrorRate(one.genuine, one.impostor));
  const eerMean = eers.reduce((sum, x) => sum + x, 0) / eers.length;
  const { far, frr } = ratesAt(genuine, impostor, -intercept / slope);
  const measured =
    `${eers.length} people left out in halves, 30 s windows: mean EER ${eerMean.toFixed(3)}, pooled EER ` +
    `${equalErrorRate(genuine, impostor).toFixed(3)}, at ratio 0 FAR ${far.toFixed(3)} FRR ${frr.toFixed(3)}`;
  return { slope: round(slope), intercept: round(intercept), measured };
}

async function build<E extends { readonly ts: number }>(
  recordings: string,
  models: string,
  source: keyof typeof SOURCES,
  modality: VectorPath<E>,
): Promise<void> {
  const subjects = await subjectsOf(await readProtocol(path.join(recordings, source, 'protocol.json')), modality);
  const halves = [0, 1].map((half) => subjects.filter((_, i) => i % 2 === half));
  const calibration: PriorFile['calibration'] = {};
  for (const kind of modality.models) {
    const trials: Trials[] = [];
    for (const [i, scored] of halves.entries()) {
      const prior = priorOf(priorFile(halves[1 - i] ?? [], modality, source), modality.features);
      trials.push(...(await trialsOf(scored, prior, modality, kind)));
    }
    calibration[kind.name] = calibrationOf(trials);
    process.stdout.write(`${kind.name}: ${calibration[kind.name]?.measured}\n`);
  }
  const file = { ...priorFile(subjects, modality, source), calibration };
  await writeFile(path.join(models, `${modality.prior}.json`), `${JSON.stringify(file)}\n`);
  process.stdout.write(`${modality.prior}: ${file.people} people, ${file.windows} windows\n`);
}

const round = (x: number): number => Number(x.toPrecision(5));

const [recordings, models] = process.argv.slice(2);
if (recordings === undefined || models === undefined) {
  process.stderr.write('usage: node src-main/evaluate/build-prior.ts RECORDINGS_DIR MODELS_DIR\n');
  process.exitCode = 2;
} else {
  await build(recordings, models, 'bbmas', KEYSTROKE_PATH);
  await build(recordings, models, 'sapimouse', MOUSE_PATH);
}
