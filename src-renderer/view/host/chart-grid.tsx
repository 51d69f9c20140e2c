// The charts side by side under one cross-hair, which the pointer moves, and the arrow keys.
import { useMemo } from 'react';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import { clockTimeSeconds } from '../../format.ts';
import type { HostChart } from '../../host-charts.ts';
import { shareMs } from '../../host-series.ts';
import type { SeriesMap } from '../../host-series.ts';
import { axisEndMs } from '../../time-axis.ts';
import { moveByKeys, pointAt, useCrossHair } from './cross-hair.ts';
import { HostChartFigure } from './host-chart.tsx';
import { useFirstWidth } from './use-width.ts';

interface ChartGridProps {
  readonly charts: readonly HostChart[];
  readonly series: SeriesMap;
  readonly rangeMs: number;
  readonly intervalMs: number;
  /** Of the newest reading; null before the first. */
  readonly newestMs: number | null;
  readonly anomalies: readonly HostAnomaly[];
  readonly chosen: number | null;
}

const US_PER_MS = 1000;
const NO_ANOMALIES: readonly HostAnomaly[] = [];

/** What the figures above the charts are of. */
function Moment({ bucketMs }: { readonly bucketMs: number }) {
  const atMs = useCrossHair((known) => known.atMs);
  const each = bucketMs > US_PER_MS ? ` Each point is the mean of ${bucketMs / US_PER_MS} s.` : '';
  return (
    <p className="quiet host-moment">
      {atMs === null ? 'Figures of now.' : `Figures of ${clockTimeSeconds(atMs)}.`}
      {each} Local time.
    </p>
  );
}

export function ChartGrid(props: ChartGridProps) {
  const { charts, newestMs } = props;
  if (charts.length === 0 || newestMs === null)
    return <p className="quiet host-waiting">The first readings come within a second or two.</p>;
  return <Charts {...props} newestMs={newestMs} />;
}

function Charts(props: ChartGridProps & { readonly newestMs: number }) {
  const { charts, series, rangeMs, intervalMs, newestMs, anomalies, chosen } = props;
  const bucketMs = shareMs(rangeMs);
  const toMs = axisEndMs(newestMs, bucketMs);
  const fromMs = toMs - rangeMs;
  const onKeyDown = moveByKeys(fromMs, toMs, bucketMs);
  const [grid, width] = useFirstWidth<HTMLDivElement>();
  const marked = useMemo(
    () => new Map(charts.map(({ id, names }) => [id, anomalies.filter(({ metric }) => names.includes(metric))])),
    [charts, anomalies],
  );
  return (
    <>
      <div
        ref={grid}
        className="small-charts"
        role="group"
        aria-label="Charts. The arrow keys move the cross-hair."
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => pointAt(null)}
      >
        {charts.map((chart) => (
          <HostChartFigure
            key={chart.id}
            {...{ chart, series, fromMs, toMs, intervalMs, width, chosen }}
            anomalies={marked.get(chart.id) ?? NO_ANOMALIES}
          />
        ))}
      </div>
      <Moment bucketMs={bucketMs} />
    </>
  );
}
