// Trust, the log and the machine around an incident on one time axis, ten minutes to either side: what happened together is seen together.
import { memo, useMemo } from 'react';
import type { Incident } from '../../../src-preload/contract.ts';
import { LANES, placedPins, timelinePins } from '../../chart-pins.ts';
import { clockTimeSeconds, counted, dayAndTime } from '../../format.ts';
import { timeAxis } from '../../time-axis.ts';
import type { Timeline } from '../../timeline.ts';
import { chartSummary } from '../../words.ts';
import { Chart } from '../chart/chart.tsx';
import { TrustPlot } from '../chart/trust-plot.tsx';
import { usePast } from '../history/use-past.ts';
import type { Past } from '../history/use-past.ts';

const MINUTE_MS = 60_000;
const AROUND_MS = 10 * MINUTE_MS;
const MARK_SHARE = 1 / 25;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The same in words, for who cannot see the chart, and a line of trust or not. */
function summaryOf({ points, timeline }: Past): string {
  const trust = chartSummary(points) ?? 'No trust score in this time.';
  const [log, host] = [count(timeline, 'log'), count(timeline, 'host')];
  return `${trust} ${counted(log, 'log alert')}, ${counted(host, 'host anomaly', 'host anomalies')}.`;
}

const count = (timeline: Timeline, kind: Timeline[number]['kind']): number =>
  timeline.filter((entry) => entry.kind === kind).length;

export const Around = memo(function Around({ incident }: { readonly incident: Incident }) {
  const { firstMs, lastMs } = incident;
  // In whole minutes, so that an attack under way does not move the axis with every line.
  const toMs = Math.ceil((lastMs + AROUND_MS) / MINUTE_MS) * MINUTE_MS;
  const fromMs = Math.floor((firstMs - AROUND_MS) / MINUTE_MS) * MINUTE_MS;
  const past = usePast({ lengthMs: toMs - fromMs, toMs });
  const timeText = toMs - fromMs > DAY_MS / 2 ? dayAndTime : clockTimeSeconds;
  const { points, timeline, known, trouble } = past;
  const axis = useMemo(() => timeAxis(fromMs, toMs), [fromMs, toMs]);
  const pins = useMemo(
    () => placedPins(timelinePins(timeline, timeText), (toMs - fromMs) * MARK_SHARE),
    [timeline, timeText, fromMs, toMs],
  );
  return (
    <Chart
      title="Trust, log and machine around it"
      summary={known ? summaryOf(past) : null}
      empty={trouble ?? 'Reading the history.'}
    >
      {known ? (
        <TrustPlot
          label="Trust, log and machine around the incident"
          points={points}
          axis={axis}
          pins={pins}
          lanes={LANES}
          timeText={timeText}
        />
      ) : null}
    </Chart>
  );
});
