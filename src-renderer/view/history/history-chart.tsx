// Trust over the chosen stretch, with everything that happened pinned to it. A click chooses a moment.
import { memo, useMemo } from 'react';
import { LANES, placedPins, timelinePins } from '../../chart-pins.ts';
import { clockTimeSeconds, dayAndTime } from '../../format.ts';
import { timeAxis } from '../../time-axis.ts';
import { chartSummary } from '../../words.ts';
import { Chart } from '../chart/chart.tsx';
import { TrustPlot } from '../chart/trust-plot.tsx';
import { goTo } from '../use-route.ts';
import type { Past } from './use-past.ts';

/** Marks are twelve pixels wide: on a narrow chart some 25 of them stand side by side. */
const MARK_SHARE = 1 / 25;
const HOUR_MS = 60 * 60_000;

const choose = (atMs: number): void => goTo({ page: 'history', atMs });

interface HistoryChartProps {
  readonly past: Past;
  readonly title: string;
  readonly chosenMs: number | null;
}

function emptyText({ known, trouble, timeline }: Past): string {
  if (trouble !== null) return trouble;
  if (!known) return 'Reading the history.';
  return timeline.length === 0
    ? 'Nothing was recorded in this time. The line begins with the first score after learning.'
    : 'No score in this time; what happened is listed below.';
}

export const HistoryChart = memo(function HistoryChart({ past, title, chosenMs }: HistoryChartProps) {
  const { points, timeline, fromMs, toMs } = past;
  const timeText = toMs - fromMs > HOUR_MS ? dayAndTime : clockTimeSeconds;
  const axis = useMemo(() => timeAxis(fromMs, toMs), [fromMs, toMs]);
  const pins = useMemo(
    () => placedPins(timelinePins(timeline, timeText), (toMs - fromMs) * MARK_SHARE),
    [timeline, timeText, fromMs, toMs],
  );
  const summary = chartSummary(points, toMs - fromMs > HOUR_MS ? dayAndTime : undefined);
  return (
    <Chart title={`Trust from 0 to 100, ${title}`} summary={summary} empty={emptyText(past)}>
      {summary === null ? null : (
        <TrustPlot
          label={`Trust, ${title}`}
          points={points}
          axis={axis}
          pins={pins}
          lanes={LANES}
          timeText={timeText}
          chosenMs={chosenMs}
          onPick={choose}
        />
      )}
    </Chart>
  );
});
