// One cost over time: its title, its legend, and its line, or why there is none yet.
import { useMemo } from 'react';
import type { ResourceSeries, ResourceView } from '../../../src-preload/contract.ts';
import type { Point } from '../../../src-preload/thin-series.ts';
import { limit as limitText } from '../../format.ts';
import { budgetOf } from '../../resource-charts.ts';
import type { ResourceChart } from '../../resource-charts.ts';
import { highestOf, historyRows, stepSpans } from '../../resource-history.ts';
import type { StepSpan } from '../../resource-history.ts';
import { costText } from '../../resource-words.ts';
import { ResourceLegend } from './resource-legend.tsx';
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

export function ResourceFigure({ chart, view, series, frame, ahead = NO_POINTS }: ResourceFigureProps) {
  const { fromMs, nowMs, toMs, width, bucketMs } = frame;
  const own = series?.find(({ name }) => name === chart.series);
  const steps = series?.find(({ name }) => name === `${chart.ladder}Step`);
  const rows = useMemo(
    () => (own === undefined ? [] : historyRows(own, nowMs).filter(({ atMs }) => atMs >= fromMs && atMs <= nowMs)),
    [own, fromMs, nowMs],
  );
  const spans = useMemo(() => (steps === undefined ? NO_SPANS : stepSpans(steps, nowMs)), [steps, nowMs]);
  const highest = highestOf(rows, ahead);
  const limit = budgetOf(view, chart.resource)?.limit ?? null;
  const said = `${chart.title}: ${costText(chart.now(view), chart.unit)}`;
  return (
    <figure className="small-chart">
      <figcaption>
        <h3>{chart.title}</h3>
      </figcaption>
      <ResourceLegend
        {...{ chart, view, rows, spans, highest }}
        reachMs={REACH * bucketMs}
        foretold={ahead.length > 0}
      />
      <div className={rows.length === 0 ? 'small-frame empty' : 'small-frame'}>
        {rows.length === 0 && (
          <p className="quiet">{series === null ? 'Reading the history.' : 'The line begins within a minute.'}</p>
        )}
        {rows.length > 0 && width > 0 && (
          <ResourcePlot
            {...{ rows, limit, highest, spans, ahead, width, fromMs, nowMs, toMs }}
            label={limit === null ? said : `${said}, of a budget of ${limitText(limit)} ${chart.unit}`}
            unit={chart.unit}
            least={chart.least}
          />
        )}
      </div>
    </figure>
  );
}
