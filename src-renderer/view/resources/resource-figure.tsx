// One cost over time with its legend: how much it is, or was under the cross-hair, against which budget, and what was given up then.
import { useMemo } from 'react';
import type { GovernorStep, ResourceSeries, ResourceView } from '../../../src-preload/contract.ts';
import type { Point } from '../../../src-preload/thin-series.ts';
import { limit as limitText, stretch } from '../../format.ts';
import { rowAt } from '../../host-series.ts';
import type { SeriesRow } from '../../host-series.ts';
import { budgetOf } from '../../resource-charts.ts';
import type { ResourceChart } from '../../resource-charts.ts';
import { GREATEST, historyRows, LEAST, limitAxis, MEAN, stepAt, stepSpans } from '../../resource-history.ts';
import type { StepSpan } from '../../resource-history.ts';
import { costText } from '../../resource-words.ts';
import { useCrossHair } from '../host/cross-hair.ts';
import { ResourcePlot } from './resource-plot.tsx';

/** The cross-hair means the nearest point within this many of them. */
const REACH = 3;

export interface FigureFrame {
  readonly fromMs: number;
  readonly nowMs: number;
  readonly toMs: number;
  /** Pixels; 0 while it is not known. */
  readonly width: number;
  /** From one point to the next. */
  readonly bucketMs: number;
}

interface ResourceFigureProps {
  readonly chart: ResourceChart;
  readonly view: ResourceView;
  /** null before the first answer. */
  readonly series: readonly ResourceSeries[] | null;
  readonly frame: FigureFrame;
  readonly ahead?: readonly Point[];
}

const NO_SPANS: readonly StepSpan[] = [];
const NO_POINTS: readonly Point[] = [];

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
  readonly reachMs: number;
  readonly foretold: boolean;
}

function Used({ chart: { unit, now }, view, rows, reachMs }: LegendProps) {
  const atMs = useCrossHair((known) => known.atMs);
  const row = atMs === null ? null : rowAt(rows, atMs, reachMs);
  const value = atMs === null ? now(view) : (row?.values[MEAN] ?? null);
  const [least, greatest] = [row?.values[LEAST] ?? null, row?.values[GREATEST] ?? null];
  const [low, high] = [costText(least, unit), costText(greatest, unit)];
  return (
    <li>
      <Key kind="" />
      <span className="quiet">used</span>
      <strong>{costText(value, unit)}</strong>
      {atMs !== null && low !== high && (
        <span className="quiet">
          {low} to {high}
        </span>
      )}
    </li>
  );
}

function Given({ view, chart: { ladder }, spans }: LegendProps) {
  const atMs = useCrossHair((known) => known.atMs);
  const current = view.governor.standing.find((one) => one.ladder === ladder)?.step ?? 0;
  const step = atMs === null ? current : stepAt(spans, atMs);
  return step === 0 ? null : (
    <li className="step-key">
      <span aria-hidden="true" />
      step {step}
    </li>
  );
}

function Legend(props: LegendProps) {
  const { chart, view, rows, foretold } = props;
  const limit = budgetOf(view, chart.resource)?.limit ?? null;
  const highest = rows.reduce((most, { values }) => Math.max(most, values[GREATEST] ?? 0), 0);
  const above = limit !== null && !limitAxis(highest, limit, chart.unit, chart.least).holdsLimit;
  return (
    <ul className="plain chart-legend">
      <Used {...props} />
      {limit !== null && (
        <li className="quiet">
          <Key kind="limit-key" />
          budget {limitText(limit)} {chart.unit}
          {above && ', above this chart'}
        </li>
      )}
      {foretold && (
        <li className="quiet">
          <Key kind="ahead-key" />
          forecast
        </li>
      )}
      {chart.ladder !== null && <Given {...props} />}
    </ul>
  );
}

const named = (steps: readonly GovernorStep[], { ladder }: ResourceChart, step: number): string =>
  steps.find((one) => one.ladder === ladder && one.number === step)?.name ?? '';

export function ResourceFigure({ chart, view, series, frame, ahead = NO_POINTS }: ResourceFigureProps) {
  const { fromMs, nowMs, toMs, width, bucketMs } = frame;
  const own = series?.find(({ name }) => name === chart.series);
  const steps = series?.find(({ name }) => name === `${chart.ladder}Step`);
  const rows = useMemo(
    () => (own === undefined ? [] : historyRows(own).filter(({ atMs }) => atMs >= fromMs && atMs <= nowMs)),
    [own, fromMs, nowMs],
  );
  const spans = useMemo(() => (steps === undefined ? NO_SPANS : stepSpans(steps)), [steps]);
  const known = view.governor.steps;
  const titleOf = useMemo(
    () => (span: StepSpan) =>
      `Step ${span.step}: ${named(known, chart, span.step)}, ${stretch(span.fromMs, span.toMs, nowMs)}`,
    [known, chart, nowMs],
  );
  const limit = budgetOf(view, chart.resource)?.limit ?? null;
  const said = `${chart.title}: ${costText(chart.now(view), chart.unit)}`;
  return (
    <figure className="small-chart">
      <figcaption>
        <h3>{chart.title}</h3>
      </figcaption>
      <Legend {...{ chart, view, rows, spans }} reachMs={REACH * bucketMs} foretold={ahead.length > 0} />
      <div className={rows.length === 0 ? 'small-frame empty' : 'small-frame'}>
        {rows.length === 0 && (
          <p className="quiet">{series === null ? 'Reading the history.' : 'The line begins within a minute.'}</p>
        )}
        {rows.length > 0 && width > 0 && (
          <ResourcePlot
            {...{ rows, limit, spans, titleOf, ahead, width, fromMs, nowMs, toMs }}
            label={limit === null ? said : `${said}, of a budget of ${limitText(limit)} ${chart.unit}`}
            unit={chart.unit}
            least={chart.least}
          />
        )}
      </div>
    </figure>
  );
}
