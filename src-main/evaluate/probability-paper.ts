// A page with panels whose axes are shares on normal deviates, as SVG: what the pictures of an evaluation have in common. Follows the
// reader's light or dark setting. Pure.
import { normalDeviate } from '../../src-preload/normal-deviate.ts';

export const SIDE = 340;
const MARGIN = { left: 62, top: 64, between: 40, bottom: 56, right: 20 };
const LINE_HEIGHT = 18;
/** Of Okabe & Ito, "Color Universal Design" (2008), told apart with any colour vision; the dashes repeat it for print. */
const LINES = [
  { light: '#0072b2', dark: '#56b4e9', dash: '' },
  { light: '#d55e00', dark: '#e69f00', dash: '7 4' },
  { light: '#007a5a', dark: '#2fc99a', dash: '2 3' },
  { light: '#aa4488', dark: '#cc79a7', dash: '10 3 2 3' },
];

/** Both axes. */
export interface Scale {
  /** Bounds, shares. */
  readonly low: number;
  readonly high: number;
  readonly grid: readonly number[];
  readonly acrossWords: string;
  readonly upWords: string;
}

export interface Panel {
  readonly head: string;
  /** What is drawn over the grid, in pixels from the upper left corner of the frame. */
  readonly content: string;
}

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly scale: Scale;
  readonly panels: readonly Panel[];
  /** One entry a line, in the order of {@link lineKind}. */
  readonly legend: readonly string[];
}

/** @returns a whole SVG document. */
export function drawPage({ title, description, scale, panels, legend }: Page): string {
  const width = MARGIN.left + panels.length * (SIDE + MARGIN.between) - MARGIN.between + MARGIN.right;
  const height = MARGIN.top + SIDE + MARGIN.bottom + legend.length * LINE_HEIGHT;
  const drawn = panels.map(({ head, content }, i) => {
    const x = MARGIN.left + i * (SIDE + MARGIN.between);
    const words = `<text class="head" x="${SIDE / 2}" y="-10" text-anchor="middle">${escaped(head)}</text>`;
    return `<g transform="translate(${x} ${MARGIN.top})">${words}${drawGrid(scale, i === 0)}${content}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc><style>${style()}</style>`,
    `<clipPath id="frame"><rect width="${SIDE}" height="${SIDE}"/></clipPath>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN.left}" y="26">${escaped(title)}</text>`,
    ...drawn,
    drawLegend(legend),
    '</svg>',
    '',
  ].join('\n');
}

/** The class of the n-th line. */
export const lineKind = (line: number): string => `line${line % LINES.length}`;

/** Nothing lies at 0 and 1 on this scale; what is beyond these is outside of the frame in any case. */
const [LEAST, MOST] = [1e-5, 1 - 1e-5];

/** @returns pixels from the end of the axis where the shares are small. */
export function place(share: number, scale: Pick<Scale, 'low' | 'high'>): number {
  const [low, high] = [normalDeviate(scale.low), normalDeviate(scale.high)];
  return (SIDE * (normalDeviate(Math.min(MOST, Math.max(LEAST, share))) - low)) / (high - low);
}

export const inFrame = (share: number, { low, high }: Pick<Scale, 'low' | 'high'>): number =>
  Math.min(high, Math.max(low, share));

function drawGrid(scale: Scale, withLabels: boolean): string {
  const lines = scale.grid.map((share) => {
    const [x, y] = [place(share, scale).toFixed(1), (SIDE - place(share, scale)).toFixed(1)];
    const left = withLabels ? `<text x="-8" y="${y}" dy="4" text-anchor="end">${percent(share)}</text>` : '';
    return (
      `<path class="grid" d="M${x} 0V${SIDE}M0 ${y}H${SIDE}"/>` +
      `<text x="${x}" y="${SIDE + 16}" text-anchor="middle">${percent(share).replace(' %', '')}</text>${left}`
    );
  });
  const across = `<text x="${SIDE / 2}" y="${SIDE + 36}" text-anchor="middle">${escaped(scale.acrossWords)}</text>`;
  const up = withLabels
    ? `<text transform="translate(-48 ${SIDE / 2}) rotate(-90)" text-anchor="middle">${escaped(scale.upWords)}</text>`
    : '';
  const diagonal = `<path class="equal" d="M0 ${SIDE}L${SIDE} 0"/>`;
  return `<rect class="frame" width="${SIDE}" height="${SIDE}"/>${lines.join('')}${diagonal}${across}${up}`;
}

function drawLegend(names: readonly string[]): string {
  const entries = names.map((name, i) => {
    const y = MARGIN.top + SIDE + MARGIN.bottom + i * LINE_HEIGHT;
    return (
      `<path class="curve ${lineKind(i)}" d="M${MARGIN.left} ${y - 4}h30"/>` +
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
    `.whisker{fill:none;stroke-width:1.2}${ink('#ffffff', '#1c2530', '#8a94a0')}${colours('light')}` +
    `@media (prefers-color-scheme:dark){${ink('#12171d', '#dfe6ee', '#66717d')}${colours('dark')}}`
  );
}

/** Two digits of the share or of what it lacks to the whole: 0.12 %, 99.88 %. */
export function percent(share: number): string {
  const digits = (x: number): number => Number((100 * x).toPrecision(2));
  // Subtraction leaves a rounding behind the digits that count.
  return `${share > 0.5 ? Number((100 - digits(1 - share)).toFixed(6)) : digits(share)} %`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');
