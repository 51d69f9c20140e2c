// Trust over the last 30 minutes, live. In: the thinned history. Out: the line, changes of state marked.
import { memo, useMemo } from 'react';
import { changePins, placedPins } from '../chart-pins.ts';
import { newestMs } from '../dashboard.ts';
import { clockTimeSeconds } from '../format.ts';
import { bucketMs, stateChanges, WINDOW_MS } from '../history.ts';
import { useDashboard } from '../state.ts';
import { axisEndMs, timeAxis } from '../time-axis.ts';
import { chartSummary } from '../words.ts';
import { Chart } from './chart/chart.tsx';
import { TrustPlot } from './chart/trust-plot.tsx';

const MARK_APART_MS = 60_000;

function Plot({ endMs }: { readonly endMs: number }) {
  const history = useDashboard((known) => known.history);
  const pins = useMemo(() => placedPins(changePins(stateChanges(history)), MARK_APART_MS), [history]);
  const axis = useMemo(() => timeAxis(endMs - WINDOW_MS, endMs), [endMs]);
  return (
    <TrustPlot
      label="Trust over the last 30 minutes"
      points={history}
      axis={axis}
      pins={pins}
      timeText={clockTimeSeconds}
    />
  );
}

/** Drawn anew for a new point or a moved axis, not for every snapshot that the page around it shows. */
export const TrustChart = memo(function TrustChart() {
  const historyTrouble = useDashboard((known) => known.historyTrouble);
  const summary = useDashboard((known) => chartSummary(known.history));
  const endMs = useDashboard((known) => {
    const newest = newestMs(known);
    return newest === null ? null : axisEndMs(newest, bucketMs(WINDOW_MS));
  });
  return (
    <Chart
      title="Trust from 0 to 100, last 30 minutes"
      summary={summary}
      empty={historyTrouble ?? 'The line begins with the next score, within seconds of typing or moving the mouse.'}
    >
      {summary === null || endMs === null ? null : <Plot endMs={endMs} />}
    </Chart>
  );
});
