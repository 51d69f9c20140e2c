// Scores of each detector in, a picture of their errors out: DET curves as SVG, one panel a window size, FAR against FRR on normal
// deviates, a dot at the shipped threshold. Pure.
import { countScores } from '../agent/learn/error-rates.ts';
import { drawPage, escaped, inFrame, lineKind, percent, place, SIDE, type Scale } from './probability-paper.ts';
import { SHIPPED_THRESHOLD } from './rates.ts';
import type { Scores } from './report.ts';

export interface DetPoint {
  /** Shares, 0-1. */
  readonly far: number;
  readonly frr: number;
}

export interface DetPlot {
  readonly title: string;
  /** "50 keystrokes" for a size of 50. */
  readonly sizeWords: (size: number) => string;
  readonly scores: readonly Scores[];
}

const SCALE: Scale = {
  low: 0.0005,
  high: 0.6,
  grid: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4],
  acrossWords: 'impostors accepted (FAR), %',
  upWords: 'owner refused (FRR)',
};
const MOST_POINTS = 400;

/** @returns a whole SVG document. */
export function detPlot({ title, sizeWords, scores }: DetPlot): string {
  const sizes = [...new Set(scores.map(({ size }) => size))];
  const names = [...new Set(scores.map(({ detector }) => detector))];
  const panels = sizes.map((size) => {
    const curves = scores.filter((one) => one.size === size).map((one) => curve(one, names.indexOf(one.detector)));
    return { head: sizeWords(size), content: curves.join('') };
  });
  const description =
    'DET curves: false rejections against false acceptances on normal deviates; a dot at the shipped threshold.';
  return drawPage({ title, description, scale: SCALE, panels, legend: names });
}

/** From "everybody accepted" to "nobody accepted", thinned where there are more points than a line can show. */
export function detCurve(genuine: Float64Array, impostor: Float64Array): DetPoint[] {
  const counts = countScores(genuine, impostor);
  let [rejected, accepted] = [0, impostor.length];
  const points: DetPoint[] = [{ far: 1, frr: 0 }];
  for (let i = 0; i < counts.scores.length; i += 1) {
    rejected += counts.genuine[i] ?? 0;
    accepted -= counts.impostor[i] ?? 0;
    points.push({ far: accepted / impostor.length, frr: rejected / genuine.length });
  }
  const corners = points.filter(({ far, frr }, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    const straight = (key: keyof DetPoint, at: number): boolean => before?.[key] === at && after?.[key] === at;
    return !straight('far', far) && !straight('frr', frr);
  });
  const step = Math.max(1, Math.ceil(corners.length / MOST_POINTS));
  return corners.filter((_, i) => i % step === 0 || i === corners.length - 1);
}

const at = ({ far, frr }: DetPoint): string =>
  `${place(far, SCALE).toFixed(1)} ${(SIDE - place(frr, SCALE)).toFixed(1)}`;

function curve({ detector, genuine, impostor }: Scores, line: number): string {
  const path = detCurve(genuine, impostor).map((point, i) => `${i === 0 ? 'M' : 'L'}${at(point)}`);
  const share = (scores: Float64Array): number =>
    scores.filter((score) => score < SHIPPED_THRESHOLD).length / scores.length;
  const shipped = { far: 1 - share(impostor), frr: share(genuine) };
  const [x, y] = at({ far: inFrame(shipped.far, SCALE), frr: inFrame(shipped.frr, SCALE) }).split(' ');
  const words = `${detector} at the shipped threshold: FAR ${percent(shipped.far)}, FRR ${percent(shipped.frr)}`;
  const kind = lineKind(line);
  return (
    `<path class="curve ${kind}" clip-path="url(#frame)" d="${path.join('')}"/>` +
    `<circle class="dot ${kind}" cx="${x}" cy="${y}" r="4.5"><title>${escaped(words)}</title></circle>`
  );
}
