// Scores of each detector in, a picture of their errors out: DET curves as SVG, one panel a window size, FAR against FRR on normal
// deviates, a dot at the shipped threshold. Follows the reader's light or dark setting. Pure.
import { countScores } from '../agent/learn/error-rates.ts';
import { normalDeviate } from './normal-deviate.ts';
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

const SIDE = 340;
const MARGIN = { left: 62, top: 64, between: 40, bottom: 56, right: 20 };
const LINE_HEIGHT = 18;
/** Bounds and grid of both axes, shares. */
const [LOW, HIGH] = [0.0005, 0.6];
const GRID = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4];
/** Of Okabe & Ito, "Color Universal Design" (2008), told apart with any colour vision; the dashes repeat it for print. */
const LINES = [
  { light: '#0072b2', dark: '#56b4e9', dash: '' },
  { light: '#d55e00', dark: '#e69f00', dash: '7 4' },
  { light: '#007a5a', dark: '#2fc99a', dash: '2 3' },
  { light: '#aa4488', dark: '#cc79a7', dash: '10 3 2 3' },
];
const MOST_POINTS = 400;

/** @returns a whole SVG document. */
export function detPlot({ title, sizeWords, scores }: DetPlot): string {
  const sizes = [...new Set(scores.map(({ size }) => size))];
  const names = [...new Set(scores.map(({ detector }) => detector))];
  const width = MARGIN.left + sizes.length * (SIDE + MARGIN.between) - MARGIN.between + MARGIN.right;
  const height = MARGIN.top + SIDE + MARGIN.bottom + names.length * LINE_HEIGHT;
  const panels = sizes.map((size, i) => {
    const x = MARGIN.left + i * (SIDE + MARGIN.between);
    const curves = scores.filter((one) => one.size === size).map((one) => curve(one, names.indexOf(one.detector)));
    const head = `<text class="head" x="${SIDE / 2}" y="-10" text-anchor="middle">${escaped(sizeWords(size))}</text>`;
    return `<g transform="translate(${x} ${MARGIN.top})">${head}${grid(i === 0)}${curves.join('')}</g>`;
  });
  const described =
    'DET curves: false rejections against false acceptances on normal deviates; a dot at the shipped threshold.';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title><desc>${described}</desc><style>${style()}</style>`,
    `<clipPath id="frame"><rect width="${SIDE}" height="${SIDE}"/></clipPath>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN.left}" y="26">${escaped(title)}</text>`,
    ...panels,
    legend(names),
    '</svg>',
    '',
  ].join('\n');
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

/** Nothing lies at 0 and 1 on this scale; what is beyond these is outside of the frame in any case. */
const [LEAST, MOST] = [1e-5, 1 - 1e-5];

function place(share: number): number {
  const [low, high] = [normalDeviate(LOW), normalDeviate(HIGH)];
  return (SIDE * (normalDeviate(Math.min(MOST, Math.max(LEAST, share))) - low)) / (high - low);
}

const inFrame = (share: number): number => Math.min(HIGH, Math.max(LOW, share));

const at = ({ far, frr }: DetPoint): string => `${place(far).toFixed(1)} ${(SIDE - place(frr)).toFixed(1)}`;

function curve({ detector, genuine, impostor }: Scores, line: number): string {
  const path = detCurve(genuine, impostor).map((point, i) => `${i === 0 ? 'M' : 'L'}${at(point)}`);
  const share = (scores: Float64Array): number =>
    scores.filter((score) => score < SHIPPED_THRESHOLD).length / scores.length;
  const shipped = { far: 1 - share(impostor), frr: share(genuine) };
  const [x, y] = at({ far: inFrame(shipped.far), frr: inFrame(shipped.frr) }).split(' ');
  const words = `${detector} at the shipped threshold: FAR ${percent(shipped.far)}, FRR ${percent(shipped.frr)}`;
  const kind = `line${line % LINES.length}`;
  return (
    `<path class="curve ${kind}" clip-path="url(#frame)" d="${path.join('')}"/>` +
    `<circle class="dot ${kind}" cx="${x}" cy="${y}" r="4.5"><title>${escaped(words)}</title></circle>`
  );
}

function grid(withLabels: boolean): string {
  const lines = GRID.map((share) => {
    const [x, y] = [place(share).toFixed(1), (SIDE - place(share)).toFixed(1)];
    const left = withLabels ? `<text x="-8" y="${y}" dy="4" text-anchor="end">${percent(share)}</text>` : '';
    return (
      `<path class="grid" d="M${x} 0V${SIDE}M0 ${y}H${SIDE}"/>` +
      `<text x="${x}" y="${SIDE + 16}" text-anchor="middle">${percent(share).replace(' %', '')}</text>${left}`
    );
  });
  const across = `<text x="${SIDE / 2}" y="${SIDE + 36}" text-anchor="middle">impostors accepted (FAR), %</text>`;
  const up = withLabels
    ? `<text transform="translate(-48 ${SIDE / 2}) rotate(-90)" text-anchor="middle">owner refused (FRR)</text>`
    : '';
  const equal = `<path class="equal" d="M0 ${SIDE}L${SIDE} 0"/>`;
  return `<rect class="frame" width="${SIDE}" height="${SIDE}"/>${lines.join('')}${equal}${across}${up}`;
}

function legend(names: readonly string[]): string {
  const entries = names.map((name, i) => {
    const y = MARGIN.top + SIDE + MARGIN.bottom + i * LINE_HEIGHT;
    const kind = `line${i % LINES.length}`;
    return (
      `<path class="curve ${kind}" d="M${MARGIN.left} ${y - 4}h30"/>` +
      `<text x="${MARGIN.left + 40}" y="${y}">${escaped(name)}</text>`
    );
  });
  return entries.join('');
}

function style(): string {
  const colours = (key: 'light' | 'dark'): string =>
    LINES.map((line, i) => `.line${i}{stroke:${line[key]};stroke-dasharray:${line.dash || 'none'}}`).join('') +
    LINES.map((line, i) => `.dot.line${i}{fill:${line[key]};stroke-dasharray:none}`).join('');
  const ink = (page: string, text: string, quiet: string): string =>
    `.page{fill:${page}}text{fill:${text}}.frame{fill:none;stroke:${quiet}}.grid,.equal{fill:none;stroke:${quiet}}.dot{stroke:${page}}`;
  return (
    'text{font:11px system-ui,sans-serif}.title{font-size:15px;font-weight:600}.head{font-size:12px;font-weight:600}' +
    '.grid{opacity:.35;stroke-width:.6}.equal{stroke-dasharray:3 4}.curve{fill:none;stroke-width:2}' +
    `${ink('#ffffff', '#1c2530', '#8a94a0')}${colours('light')}` +
    `@media (prefers-color-scheme:dark){${ink('#12171d', '#dfe6ee', '#66717d')}${colours('dark')}}`
  );
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');
