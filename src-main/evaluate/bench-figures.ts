// All figures of the benchmark, in the order in which they are measured. Another one is a record in one of these files, or a file and a
// line here, and its words in bench-words.ts.
import { agentFigures } from './bench-agent.ts';
import { apiFigures } from './bench-api.ts';
import { appFigures } from './bench-app.ts';
import { busFigures } from './bench-bus.ts';
import { inputFigures } from './bench-input.ts';
import { featureFigures } from './bench-features.ts';
import type { Figure } from './bench-figure.ts';
import { floodFigures } from './bench-flood.ts';
import { fusionFigures } from './bench-fusion.ts';
import { historyFigures } from './bench-history.ts';
import { logFigures } from './bench-logs.ts';
import { modelFigures } from './bench-models.ts';
import { monitorFigures } from './bench-monitor.ts';
import type { Profile } from './bench-profile.ts';
import { replayFigures } from './bench-replay.ts';
import { scoringFigures } from './bench-scoring.ts';
import { storageFigures } from './bench-storage.ts';
import { tickFigures } from './bench-tick.ts';
import { writingFigures } from './bench-writing.ts';

export interface FigureParts {
  /** Of the repository, or of the folder that the program was installed into. */
  readonly root: string;
  readonly modelsDir: string;
  /** The bundled command line, for the figures of the agent as a process. */
  readonly cliFile: string;
  /** How long the cost of the host monitor is watched. */
  readonly minutes: number;
  /** Somebody who is known by the models that are in use. */
  readonly profile: () => Promise<Profile>;
  /** The same by the ONNX models, which are those that the others are compared with. */
  readonly forests: () => Promise<Profile>;
}

export const allFigures = ({ root, modelsDir, cliFile, minutes, profile, forests }: FigureParts): readonly Figure[] => [
  ...busFigures(),
  ...inputFigures(),
  ...featureFigures(),
  ...modelFigures(forests),
  ...fusionFigures(),
  ...scoringFigures(profile),
  ...tickFigures(profile),
  ...floodFigures(profile),
  ...replayFigures(profile),
  ...writingFigures(modelsDir),
  ...logFigures(),
  ...historyFigures(),
  ...monitorFigures(minutes),
  ...apiFigures(),
  ...storageFigures(profile),
  ...agentFigures(cliFile, profile),
  ...appFigures(root),
];
