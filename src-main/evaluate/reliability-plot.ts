// The reliability of one detector in, its diagram out: of the windows that were given so much, how many were the owner's, one panel a
// window size, both on normal deviates as in a DET plot. What is calibrated lies on the diagonal. Pure.
import {
  escaped,
  drawPage,
  inFrame,
  lineKind,
  percent,
  place,
  SIDE,
  type Page,
  type Scale,
} from './probability-paper.ts';
import type { ReliabilityBin } from './reliability.ts';

export interface ReliabilityPlot {
  readonly title: string;
  readonly detector: string;
  readonly panels: readonly { readonly head: string; readonly bins: readonly ReliabilityBin[] }[];
}

const SCALE: Scale = {
  low: 0.0005,
  high: 0.9995,
  grid: [0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999],
  acrossWords: 'said to be the owner, %',
  upWords: 'was the owner',
};
/** Pixels: of the dot that holds all, and of the smallest that can be seen. */
const [ALL_RADIUS, LEAST_RADIUS] = [12, 2];

/** @returns a whole SVG document. */
export function reliabilityPlot({ title, detector, panels }: ReliabilityPlot): string {
  const description =
    'Reliability: how often it was the owner against how likely it was said to be, both at equal priors; the area of a dot ' +
    'is the share of its windows, whiskers are 95 % by drawing subjects, what lies on the diagonal is calibrated.';
  const page: Page = {
    ...{ title, description, scale: SCALE, legend: [detector] },
    panels: panels.map(({ head, bins }) => ({ head, content: diagram(bins) })),
  };
  return drawPage(page);
}

function diagram(bins: readonly ReliabilityBin[]): string {
  const [genuine, impostor] = [sum(bins, (bin) => bin.genuineTrials), sum(bins, impostorTrials)];
  const line = bins.map(({ meanPredicted, observed }, i) => `${i === 0 ? 'M' : 'L'}${x(meanPredicted)} ${y(observed)}`);
  const dots = bins.map((bin) => {
    const share = bin.genuineTrials / (2 * genuine) + impostorTrials(bin) / (2 * impostor);
    const radius = Math.max(LEAST_RADIUS, ALL_RADIUS * Math.sqrt(share)).toFixed(1);
    const [low, high] = bin.observedInterval;
    return (
      `<path class="whisker ${lineKind(0)}" d="M${x(bin.meanPredicted)} ${y(low)}V${y(high)}"/>` +
      `<circle class="dot ${lineKind(0)}" cx="${x(bin.meanPredicted)}" cy="${y(bin.observed)}" r="${radius}">` +
      `<title>${escaped(words(bin))}</title></circle>`
    );
  });
  return `<path class="curve ${lineKind(0)}" d="${line.join('')}"/>${dots.join('')}`;
}

const impostorTrials = ({ trials, genuineTrials }: ReliabilityBin): number => trials - genuineTrials;
const sum = (bins: readonly ReliabilityBin[], of: (bin: ReliabilityBin) => number): number =>
  bins.reduce((total, bin) => total + of(bin), 0);

/** What never or always happened lies on the frame. */
const x = (share: number): string => place(inFrame(share, SCALE), SCALE).toFixed(1);
const y = (share: number): string => (SIDE - place(inFrame(share, SCALE), SCALE)).toFixed(1);

function words({ from, to, meanPredicted, observed, trials, genuineTrials }: ReliabilityBin): string {
  const range = from === null ? `below ${to}` : to === null ? `from ${from} on` : `${from} to ${to}`;
  return (
    `ratio ${range}: said ${percent(meanPredicted)}, was ${percent(observed)} at equal priors; ` +
    `${genuineTrials} windows of the owner, ${trials - genuineTrials} of others`
  );
}
