// What stands above a cost over time: how much it is, or was under the cross-hair, against which budget, and what was given up then.
import type { ResourceView } from '../../../src-preload/contract.ts';
import { limit as limitText } from '../../format.ts';
import { rowAt } from '../../host-series.ts';
import type { SeriesRow } from '../../host-series.ts';
import { budgetOf } from '../../resource-charts.ts';
import type { ResourceChart } from '../../resource-charts.ts';
import { GREATEST, LEAST, limitAxis, MEAN, stepAt } from '../../resource-history.ts';
import type { StepSpan } from '../../resource-history.ts';
import { costText } from '../../resource-words.ts';
import { useCrossHair } from '../host/cross-hair.ts';

const Key = ({ kind }: { readonly kind: string }) => (
  <svg className={`line-key ${kind}`} width="12" height="8" aria-hidden="true">
    <path d="M0 4h12" />
  </svg>
);

interface LegendProps {
  readonly chart: ResourceChart;
  readonly view: ResourceView;
  readonly rows: readonly SeriesRow[];
  readonly spans: readonly StepSpan[];
  /** Of all that the chart draws. */
  readonly highest: number;
  /** The cross-hair means the nearest point within so much of it. */
  readonly reachMs: number;
  readonly foretold: boolean;
}

interface UsedProps {
  readonly unit: string;
  readonly value: number | null;
  /** Under the cross-hair; null where nothing is known, or it is of now. */
  readonly row: SeriesRow | null;
}

function Used({ unit, value, row }: UsedProps) {
  const [low, high] = [LEAST, GREATEST].map((place) => costText(row?.values[place] ?? null, unit));
  return (
    <li>
      <Key kind="" />
      <span className="quiet">used</span>
      <strong>{costText(value, unit)}</strong>
      {low !== high && (
        <span className="quiet">
          {low} to {high}
        </span>
      )}
    </li>
  );
}

const Given = ({ step }: { readonly step: number }) =>
  step === 0 ? null : (
    <li className="step-key">
      <span aria-hidden="true" />
      step {step}
    </li>
  );

export function ResourceLegend({ chart, view, rows, spans, highest, reachMs, foretold }: LegendProps) {
  const { unit, resource, ladder, least, now } = chart;
  const atMs = useCrossHair((known) => known.atMs);
  const row = atMs === null ? null : rowAt(rows, atMs, reachMs);
  const limit = budgetOf(view, resource)?.limit ?? null;
  const current = view.governor.standing.find((one) => one.ladder === ladder)?.step ?? 0;
  return (
    <ul className="plain chart-legend">
      <Used unit={unit} value={atMs === null ? now(view) : (row?.values[MEAN] ?? null)} row={row} />
      {limit !== null && (
        <li className="quiet">
          <Key kind="limit-key" />
          budget {limitText(limit)} {unit}
          {!limitAxis(highest, limit, unit, least).holdsLimit && ', above this chart'}
        </li>
      )}
      {foretold && (
        <li className="quiet">
          <Key kind="ahead-key" />
          forecast
        </li>
      )}
      <Given step={atMs === null ? current : row === null ? 0 : stepAt(spans, row.atMs)} />
    </ul>
  );
}
