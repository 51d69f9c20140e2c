// The benchmark: what "fast" means here, measured on this machine. In: where the models and the built program lie, and which
// figures are wanted. Out: each figure beside what it is held against, and which ones were left out and why.
import { messageOf } from '../agent/thrown.ts';
import { agentFigures } from './bench-agent.ts';
import { apiFigures } from './bench-api.ts';
import { busFigures } from './bench-bus.ts';
import { featureFigures } from './bench-features.ts';
import { isNamed, resultOf, type Figure, type Result } from './bench-figure.ts';
import { thisMachine, type Machine } from './bench-machine.ts';
import { logFigures } from './bench-logs.ts';
import { inputFigures } from './bench-input.ts';
import { historyFigures } from './bench-history.ts';
import { modelFigures } from './bench-models.ts';
import { monitorFigures } from './bench-monitor.ts';
import { keepProfile } from './bench-profile.ts';
import { rateFigures } from './bench-rate.ts';
import { storageFigures } from './bench-storage.ts';
import { tickFigures } from './bench-tick.ts';
import { writingFigures } from './bench-writing.ts';

export interface BenchParts {
  readonly modelsDir: string;
  /** The bundled command line, for the figures of the agent as a process. */
  readonly cliFile: string;
  /** A figure or a group of them; null for all. */
  readonly only: string | null;
  /** Whether to measure what takes minutes as well. */
  readonly long: boolean;
  /** How long the cost of the host monitor is watched. */
  readonly minutes: number;
  readonly progress: (figure: string) => void;
}

export interface BenchReport {
  readonly machine: Machine;
  readonly results: readonly Result[];
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
  /** It should have been measured. */
  readonly failed: boolean;
}

/** There is no figure or group of that name. */
export class UnknownFigure extends Error {}

/** One figure that fails leaves the others alone. @throws UnknownFigure */
export async function runBench({
  modelsDir,
  cliFile,
  only,
  long,
  minutes,
  progress,
}: BenchParts): Promise<BenchReport> {
  const profile = keepProfile(modelsDir);
  // The ONNX models are those that the others are compared with.
  const forests = keepProfile(modelsDir, 'forests');
  const figures = [
    ...busFigures(),
    ...inputFigures(),
    ...featureFigures(),
    ...modelFigures(forests.get),
    ...tickFigures(profile.get),
    ...rateFigures(profile.get),
    ...writingFigures(modelsDir),
    ...storageFigures(profile.get),
    ...logFigures(),
    ...historyFigures(),
    ...monitorFigures(minutes),
    ...apiFigures(),
    ...agentFigures(cliFile, profile.get),
  ];
  const wanted = figures.filter((figure) => isNamed(figure, only));
  if (wanted.length === 0) {
    throw new UnknownFigure(`there is no figure '${only}'; choose from ${figures.map(({ name }) => name).join(', ')}`);
  }
  const results: Result[] = [];
  const leftOut: LeftOut[] = [];
  try {
    for (const figure of wanted) {
      const reason = whyNot(figure, long || only !== null);
      if (reason !== null) {
        leftOut.push({ name: figure.name, reason, failed: false });
        continue;
      }
      progress(figure.name);
      try {
        results.push(resultOf(figure, await figure.measure()));
      } catch (error) {
        leftOut.push({ name: figure.name, reason: messageOf(error), failed: true });
      }
    }
  } finally {
    await profile.remove();
    await forests.remove();
  }
  return { machine: thisMachine(), results, leftOut };
}

function whyNot({ long, missing }: Figure, takesMinutes: boolean): string | null {
  if (long === true && !takesMinutes) return 'takes minutes; add --long';
  return missing?.() ?? null;
}
