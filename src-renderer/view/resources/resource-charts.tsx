// Costs over time side by side under one cross-hair, which the pointer moves, and the arrow keys. Storage goes on into the future.
import { useMemo } from 'react';
import type { ResourceSeries, ResourceView } from '../../../src-preload/contract.ts';
import { clockTimeSeconds, dayAndTime } from '../../format.ts';
import { RANGES, rangeOf } from '../../period.ts';
import type { RangeName } from '../../period.ts';
import { RESOURCE_CHARTS, STORAGE_CHART } from '../../resource-charts.ts';
import { givenText } from '../../resource-history.ts';
import { outlook } from '../../storage-outlook.ts';
import { axisEndMs } from '../../time-axis.ts';
import { Choices } from '../choices.tsx';
import { moveByKeys, pointAt, useCrossHair } from '../host/cross-hair.ts';
import { useFirstWidth } from '../host/use-width.ts';
import { ResourceFigure } from './resource-figure.tsx';

const POINTS = 300;
/** How much of the future storage is shown for, beside the past that is looked at. */
const AHEAD_SHARE = 1 / 2;
const HOUR_MS = 60 * 60_000;
const CHOICES = RANGES.map(({ name, button }) => ({ value: name, button }));

interface MomentProps {
  readonly view: ResourceView;
  readonly series: readonly ResourceSeries[] | null;
  readonly lengthMs: number;
}

/** What the figures above the charts are of, and what was given up then. */
function Moment({ view, series, lengthMs }: MomentProps) {
  const atMs = useCrossHair((known) => known.atMs);
  const timeText = lengthMs > HOUR_MS ? dayAndTime : clockTimeSeconds;
  const given = atMs === null ? '' : givenText(view.governor.steps, series ?? [], atMs, view.atMs);
  return (
    <p className="quiet host-moment">
      {atMs === null ? 'Figures of now.' : `Means of ${timeText(atMs)}, with the least and the greatest.`} Local time.
      {given !== '' && <span className="moment-given"> {given}</span>}
    </p>
  );
}

interface ResourceChartsProps {
  readonly view: ResourceView;
  readonly series: readonly ResourceSeries[] | null;
  readonly range: RangeName;
  readonly choose: (range: RangeName) => void;
}

export function ResourceCharts({ view, series, range, choose }: ResourceChartsProps) {
  const { lengthMs, title } = rangeOf(range);
  const bucketMs = lengthMs / POINTS;
  const nowMs = axisEndMs(view.atMs, bucketMs);
  const fromMs = nowMs - lengthMs;
  const [grid, width] = useFirstWidth<HTMLDivElement>();
  const [wide, wideWidth] = useFirstWidth<HTMLDivElement>();
  const untilMs = nowMs + lengthMs * AHEAD_SHARE;
  const used = STORAGE_CHART.now(view);
  const { forecast } = view.storage;
  const ahead = useMemo(
    () => (used === null ? [] : outlook(used, nowMs, untilMs, forecast)),
    [used, nowMs, untilMs, forecast],
  );
  const frame = { fromMs, nowMs, bucketMs };
  return (
    <section className="panel resource-history" aria-labelledby="cost-history-title">
      <div className="host-head">
        <h2 id="cost-history-title">What it has cost, {title}</h2>
        <Choices label="How far back" className="host-ranges" choices={CHOICES} chosen={range} choose={choose} />
      </div>
      <div
        role="group"
        aria-label="Charts. The arrow keys move the cross-hair."
        tabIndex={0}
        onKeyDown={moveByKeys(fromMs, nowMs, bucketMs)}
        onBlur={() => pointAt(null)}
      >
        <div ref={grid} className="small-charts">
          {RESOURCE_CHARTS.map((chart) => (
            <ResourceFigure key={chart.series} {...{ chart, view, series }} frame={{ ...frame, toMs: nowMs, width }} />
          ))}
        </div>
        <div ref={wide} className="small-charts wide">
          <ResourceFigure
            {...{ chart: STORAGE_CHART, view, series, ahead }}
            frame={{ ...frame, toMs: ahead.length > 0 ? untilMs : nowMs, width: wideWidth }}
          />
        </div>
        <p className="forecast">{forecast.sentence}</p>
      </div>
      <Moment view={view} series={series} lengthMs={lengthMs} />
    </section>
  );
}
