// DET curves: how many of others pass against how many of the owner's are doubted, on normal deviates, the threshold in force
// marked; and the same read off in a table.
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  XAxis,
  YAxis,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
} from 'recharts';
import type { Accuracy, Modality } from '../../../src-preload/contract.ts';
import { percentOf } from '../../accuracy-words.ts';
import { DET_AXIS, detLine, frrAt, operatingPlace, READ_AT } from '../../det.ts';
import { UNKNOWN } from '../../format.ts';
import { MODALITY_TITLES } from '../../words.ts';
import { Term } from '../term.tsx';

export interface Curve {
  readonly modality: Modality;
  readonly accuracy: Accuracy;
}

const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };
const [START, END] = DET_AXIS.domain;
const DIAGONAL = [
  { x: START, y: START },
  { x: END, y: END },
] as const;
const AXIS = {
  type: 'number',
  domain: [...DET_AXIS.domain],
  ticks: [...DET_AXIS.ticks],
  tickFormatter: DET_AXIS.tickText,
  tickLine: false,
  allowDataOverflow: true,
  interval: 0,
} as const;

/** A filled dot on the line at the threshold that is in force. */
function Operating({ modality, accuracy }: Curve) {
  const [across, up, plot] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  const { x, y } = operatingPlace(accuracy);
  const [cx, cy] = [across?.(x), up?.(y)];
  if (plot === undefined || cx === undefined || cy === undefined) return null;
  return <circle className={`det-operating series-${modality}`} cx={cx} cy={cy} r={5} />;
}

const inWords = ({ modality, accuracy: { far, frr } }: Curve): string =>
  `${MODALITY_TITLES[modality]}: at the threshold in force ${percentOf(far.value)} of others’ pass and ${percentOf(frr.value)} of yours are doubted.`;

const Plot = ({ curves }: { readonly curves: readonly Curve[] }) => (
  <ComposedChart
    className="plot det"
    responsive
    margin={MARGIN}
    accessibilityLayer={false}
    role="img"
    aria-label={`DET curves. ${curves.map(inWords).join(' ')}`}
  >
    <CartesianGrid />
    <XAxis {...AXIS} dataKey="x" />
    <YAxis {...AXIS} dataKey="y" width={44} />
    <ReferenceLine className="det-equal" segment={[...DIAGONAL]} ifOverflow="hidden" />
    {curves.map(({ modality, accuracy }) => (
      <Line
        key={modality}
        className={`det-line series-${modality}`}
        data={[...detLine(accuracy.det)]}
        dataKey="y"
        type="linear"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    ))}
    {curves.map((curve) => (
      <Operating key={curve.modality} {...curve} />
    ))}
  </ComposedChart>
);

const Legend = ({ curves }: { readonly curves: readonly Curve[] }) => (
  <ul className="plain det-legend" aria-hidden="true">
    {curves.map(({ modality }) => (
      <li key={modality}>
        <svg width="28" height="10" viewBox="0 0 28 10">
          <path className={`det-key series-${modality}`} d="M1 5h26" />
        </svg>
        {MODALITY_TITLES[modality]}
      </li>
    ))}
    <li>
      <svg width="10" height="10" viewBox="0 0 10 10">
        <circle className="det-dot" cx="5" cy="5" r="4" />
      </svg>
      threshold in force
    </li>
  </ul>
);

const Table = ({ curves }: { readonly curves: readonly Curve[] }) => (
  <details className="det-table">
    <summary>The curve as a table</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Of others’ pass at most</th>
          {curves.map(({ modality }) => (
            <th key={modality} scope="col">
              {MODALITY_TITLES[modality]}: of yours doubted
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {READ_AT.map((far) => (
          <tr key={far}>
            <th scope="row">{percentOf(far)}</th>
            {curves.map(({ modality, accuracy }) => {
              const frr = frrAt(accuracy.det, far);
              return <td key={modality}>{frr === null ? UNKNOWN : percentOf(frr)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

export const DetChart = ({ curves }: { readonly curves: readonly Curve[] }) => (
  <figure className="det-figure">
    <figcaption>
      <h3>
        <Term name="DET curve" />
      </h3>
      <span className="quiet">
        up: of yours doubted (<Term name="FRR" />)
      </span>
    </figcaption>
    <div className="plot-frame det-frame">
      <div>
        <Plot curves={curves} />
      </div>
    </div>
    <p className="quiet det-across">
      across: of others’ pass (<Term name="FAR" />)
    </p>
    <Legend curves={curves} />
    <Table curves={curves} />
  </figure>
);
